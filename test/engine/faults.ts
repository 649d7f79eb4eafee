// Planted faults: a rule that goes wrong for one agent, in one world and step, and what checked mode must say of it.
import { bit, category, fixed, integerField, type Model, mean, probability } from '../../src/model/index.ts';
import { toy } from './toys.ts';

export interface Fault {
  /** What goes wrong, in words. */
  name: string;
  /** Statements on line 15 of the rule. */
  statement: string;
  /** The column of the fault in the statement, from 1, and the text that is shown. */
  at: string;
  shown?: string;
  what: string;
  expected: string;
  got: string;
  update?: 'pairing';
}

/** The agent that goes wrong; there are `POPULATION`, each with 4 neighbours. */
export const AGENT = 7;
export const POPULATION = 20;

const agents = { what: 'no such agent', expected: '0 to 19' };
const zero = { what: 'division by zero', expected: 'another divisor', got: '0' };

/** `three` is 3 and `none` is 0, as far as a compiler knows any integer. */
export const FAULTS: readonly Fault[] = [
  {
    name: 'a field',
    statement: 'set_note(count(me + 13u));',
    at: 'me +',
    shown: 'count(me + 13u)',
    ...agents,
    got: '20',
  },
  {
    name: 'an agent far out',
    statement: 'set_note(count(none - 1u));',
    at: 'none',
    shown: 'count(none - 1u)',
    ...agents,
    got: '4294967295',
  },
  {
    name: 'an agent as a literal',
    statement: 'set_note(mark(20u));',
    at: '20u',
    shown: 'mark(20u)',
    ...agents,
    got: '20',
  },
  {
    name: 'a degree',
    statement: 'set_note(degree(me * 3u));',
    at: 'me',
    shown: 'degree(me * 3u)',
    ...agents,
    got: '21',
  },
  {
    name: 'a neighbour of nobody',
    statement: 'set_note(neighbor(25u, 0u));',
    at: '25u',
    shown: 'neighbor(25u, 0u)',
    ...agents,
    got: '25',
  },
  {
    name: 'a neighbour too many',
    statement: 'set_note(neighbor(me, three + 1u));',
    at: 'three',
    shown: 'neighbor(me, three + 1u)',
    what: 'no such neighbour',
    expected: '0 to 3',
    got: '4',
  },
  {
    name: 'a sum over neighbours',
    statement: 'set_tilt(neighbor_sum_tilt(me + 90u));',
    at: 'me',
    shown: 'neighbor_sum_tilt(me + 90u)',
    ...agents,
    got: '97',
  },
  {
    name: 'active links',
    statement: 'set_note(active_links_mark(30u));',
    at: '30u',
    shown: 'active_links_mark(30u)',
    ...agents,
    got: '30',
  },
  { name: 'a group', statement: 'set_note(group(31u));', at: '31u', shown: 'group(31u)', ...agents, got: '31' },
  { name: 'a rank', statement: 'set_note(rank(32u));', at: '32u', shown: 'rank(32u)', ...agents, got: '32' },
  { name: 'a contact', statement: 'set_note(contact(33u));', at: '33u', shown: 'contact(33u)', ...agents, got: '33' },
  {
    name: 'a shared coin',
    statement: 'set_mark(u32(chance_with(34u, param.half)));',
    at: '34u',
    shown: 'chance_with(34u, param.half)',
    ...agents,
    got: '34',
  },
  {
    name: 'a partner',
    statement: 'set_note(partner(35u));',
    at: '35u',
    shown: 'partner(35u)',
    ...agents,
    got: '35',
    update: 'pairing',
  },
  {
    name: 'the first of a pair',
    statement: 'set_mark(u32(first(36u)));',
    at: '36u',
    shown: 'first(36u)',
    ...agents,
    got: '36',
    update: 'pairing',
  },
  {
    name: 'reading an array',
    statement: 'set_note(values[three]);',
    at: 'three',
    shown: 'values[three]',
    what: 'the index is out of bounds',
    expected: '0 to 2',
    got: '3',
  },
  {
    name: 'writing an array',
    statement: 'values[three + 5u] = 1u;',
    at: 'three',
    shown: 'values[three + 5u]',
    what: 'the index is out of bounds',
    expected: '0 to 2',
    got: '8',
  },
  {
    name: 'a signed index',
    statement: 'values[i32(none) - 2] += 1u;',
    at: 'i32',
    shown: 'values[i32(none) - 2]',
    what: 'the index is out of bounds',
    expected: '0 to 2',
    got: '-2',
  },
  {
    name: 'a component',
    statement: 'set_note(vec2u(1u, 2u)[three - 1u]);',
    at: 'three',
    shown: 'vec2u(1u, 2u)[three - 1u]',
    what: 'the index is out of bounds',
    expected: '0 to 1',
    got: '2',
  },
  { name: 'dividing', statement: 'set_note(100u / none);', at: '100u', shown: '100u / none', ...zero },
  { name: 'a remainder', statement: 'set_note(100u % (none * 2u));', at: '100u', shown: '100u % (none * 2u)', ...zero },
  { name: 'dividing in place', statement: 'values[0] /= none;', at: 'values', shown: 'values[0] /= none', ...zero },
  { name: 'a remainder in place', statement: 'values[1] %= none;', at: 'values', shown: 'values[1] %= none', ...zero },
  { name: 'a signed division', statement: 'set_tilt(-5 / i32(none));', at: '-5', shown: '-5 / i32(none)', ...zero },
  {
    name: 'dividing a vector',
    statement: 'set_note((vec3u(8u) / vec3u(1u, none, 2u)).y);',
    at: 'vec3u(8u)',
    shown: 'vec3u(8u) / vec3u(1u, none, 2u)',
    ...zero,
  },
  {
    name: 'a division in the library',
    statement: 'set_note(fraction(1u, none, 16u));',
    at: 'fraction',
    shown: 'fraction(1u, none, 16u)',
    ...zero,
  },
  { name: 'a division in a helper', statement: 'set_note(halve(5u, none));', at: '', shown: 'a / b', ...zero },
  {
    name: 'a value too high',
    statement: 'set_note(1001u);',
    at: '1001u',
    shown: 'set_note(1001u)',
    what: 'the value is outside the range of "note"',
    expected: '0 to 1000',
    got: '1001',
  },
  {
    name: 'a value too low',
    statement: 'set_tilt(-1 - i32(three));',
    at: '-1',
    shown: 'set_tilt(-1 - i32(three))',
    what: 'the value is outside the range of "tilt"',
    expected: '-3 to 1000',
    got: '-4',
  },
  {
    name: 'a category that is none',
    statement: 'set_mood(three);',
    at: 'three',
    shown: 'set_mood(three)',
    what: 'the value is outside the range of "mood"',
    expected: 'one of calm, angry, gone',
    got: '3',
  },
  {
    name: 'fixed point',
    statement: 'set_strain(0x30000000 + i32(none));',
    at: '0x30',
    shown: 'set_strain(0x30000000 + i32(none))',
    what: 'the value is outside the range of "strain"',
    expected: '-1 to 1',
    got: '1.5',
  },
];

const HELPERS = {
  agent: 'active_links_mark, count, degree, group, mark, neighbor, neighbor_sum_tilt, param, rank',
  setters: 'set_count, set_mark, set_mood, set_note, set_strain, set_tilt',
};

/** Two rules: `tick` counts the steps in which an agent acts, `slip` goes wrong for a marked agent in the third of them. */
export function slipping({ statement, update }: Pick<Fault, 'statement' | 'update'>, at = 3): Model {
  const paired = update ? 'import package::agent::{first, partner};' : '';
  return toy(
    {
      name: 'slipping',
      fields: {
        mark: bit(),
        count: integerField({ max: 1000 }),
        note: integerField({ max: 1000 }),
        tilt: integerField({ min: -3, max: 1000 }),
        mood: category(['calm', 'angry', 'gone']),
        strain: fixed({ min: -1, max: 1 }),
      },
      params: { half: probability({ default: 0.5, about: 'a coin' }) },
      rules: ['tick', 'slip'],
      measures: { mean_count: mean('count') },
    },
    {
      tick: 'import package::agent::{count, set_count};\nfn tick(me: u32) {\n  set_count(count(me) + 1u);\n}',
      slip: `${paired}
import package::agent::{${HELPERS.agent}};
import package::agent::{${HELPERS.setters}};
import package::contact::contact;
import package::fixed::fraction;
import package::random::{below, chance_with};

fn halve(a: u32, b: u32) -> u32 {
  return a / b;
}

fn slip(me: u32) {
  var values = array(5u, 6u, 7u);
  let three = 3u * mark(me); let none = me - me;
  if (mark(me) == 1u && count(me) == ${at}u) { ${statement} }
}`,
    },
  );
}

/** Where `statement` begins on line 15. */
const PREFIX = '  if (mark(me) == 1u && count(me) == 3u) { '.length;

/** `file:line:column` of a fault. */
export function placeOf({ statement, at }: Fault): string {
  if (at === '') return 'toys/slip.wgsl:9:10';
  return `toys/slip.wgsl:15:${PREFIX + statement.indexOf(at) + 1}`;
}
