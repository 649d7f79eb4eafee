// Under `sublattice` a rule may look at its own agent and at those that this agent looks at; derived rules at anyone, but they must not draw.
import { describe, expect, test } from 'vitest';
import { bit, type Model } from '../../src/model/index.ts';
import { catalogue } from '../../src/models/index.ts';
import { refusal } from '../engine/support.ts';
import { toy } from '../engine/toys.ts';
import { planOf } from './support.ts';

const IMPORTS =
  'import package::agent::{degree, mood, neighbor, neighbor_sum_mood, population, set_mood, set_other};\nimport package::contact::contact;\nimport package::random::{below, below_at};\n';

const moody = (text: string, parts: Partial<Model> = {}): Model =>
  toy({ name: 'moody', fields: { mood: bit(), other: bit() }, rules: ['feel'], ...parts }, { feel: IMPORTS + text });

const SUBLATTICE = { update: 'sublattice' };
const GRAPH = { ...SUBLATTICE, topology: { kind: 'erdos-renyi', mean_degree: 2 } };

describe('reads under sublattice', () => {
  test.each([
    ['its own agent', 'fn feel(me: u32) { set_mood(1u - mood(me)); }'],
    ['a neighbour', 'fn feel(me: u32) { set_mood(mood(neighbor(me, 0u))); }'],
    [
      'a neighbour by a variable',
      'fn feel(me: u32) { let who = neighbor(me, below(degree(me))); set_mood(mood(who)); }',
    ],
    [
      'a variable that changes',
      'fn feel(me: u32) { var who = me; if (mood(who) == 1u) { who = neighbor(me, 1u); } set_mood(mood(who)); }',
    ],
    ['one of two', 'fn feel(me: u32) { set_mood(mood(select(me, (neighbor(me, 1u)), mood(me) == 1u))); }'],
    ['the agent met', 'fn feel(me: u32) { set_mood(mood(contact(me))); }'],
    ['the sum over neighbours', 'fn feel(me: u32) { set_mood(u32(neighbor_sum_mood(me) > 1)); }'],
    [
      'in a loop',
      'fn feel(me: u32) {\n  var sum = 0u;\n  for (var k = 0u; k < degree(me); k++) { sum += mood(neighbor(me, k)); }\n  set_mood(sum & 1u);\n}',
    ],
    [
      'through functions',
      'fn pick(who: u32, k: u32) -> u32 { return neighbor(who, below_at(k, degree(who))); }\nfn look(i: u32) -> u32 { return mood(i); }\nfn feel(me: u32) { set_mood(look(pick(me, 3u)) & look(me)); }',
    ],
  ])('allowed: %s', async (_, body) => {
    for (const spec of [SUBLATTICE, GRAPH]) {
      const { layout } = await planOf(moody(body), spec);
      expect(layout.fields.map(({ slots }) => slots)).toEqual([1, 1]);
    }
  });

  test.each([
    ['an agent by number', 'fn feel(me: u32) { set_mood(mood(0u)); }'],
    ['an expression of itself', 'fn feel(me: u32) { set_mood(mood((me + 1u) % population())); }'],
    ['a neighbour of a neighbour', 'fn feel(me: u32) { set_mood(mood(neighbor(neighbor(me, 0u), 1u))); }'],
    ['the same by a variable', 'fn feel(me: u32) { let who = neighbor(me, 0u); set_mood(mood(neighbor(who, 1u))); }'],
    ['a variable counted on', 'fn feel(me: u32) { var who = neighbor(me, 0u); who++; set_mood(mood(who)); }'],
    [
      'a variable that becomes another',
      'fn feel(me: u32) { var who = me; who = below(population()); set_mood(mood(who)); }',
    ],
    ['one of two, the other far', 'fn feel(me: u32) { set_mood(mood(select(me, 3u, mood(me) == 1u))); }'],
    ['the neighbours of a neighbour', 'fn feel(me: u32) { set_mood(u32(neighbor_sum_mood(neighbor(me, 0u)) > 1)); }'],
    ['one met by a neighbour', 'fn feel(me: u32) { set_mood(mood(contact(neighbor(me, 1u)))); }'],
    [
      'a function called with itself and with another',
      'fn look(i: u32) -> u32 { return mood(i); }\nfn feel(me: u32) { set_mood(look(me) & look(7u)); }',
    ],
    [
      'a function that may return another',
      'fn pick(i: u32) -> u32 { if (mood(i) == 1u) { return i; } return i / 2u; }\nfn feel(me: u32) { set_mood(mood(pick(me))); }',
    ],
    [
      'a variable that hides the parameter',
      'fn feel(me: u32) { if (degree(me) > 0u) { let me = below(9u); set_mood(mood(me)); } }',
    ],
    [
      'a variable changed through a pointer',
      'fn move_on(who: ptr<function, u32>) { *who = 5u; }\nfn feel(me: u32) { var who = me; move_on(&who); set_mood(mood(who)); }',
    ],
  ])('refused: %s', async (_, body) => {
    for (const spec of [SUBLATTICE, GRAPH]) {
      const error = await refusal(() => planOf(moody(body), spec));
      expect(error.message).toContain(
        '"mood" is read at an agent that may be no neighbour, under the update sublattice',
      );
    }
    await planOf(moody(body), { update: 'synchronous' });
  });

  test('the message has the place and the way out', async () => {
    const text = 'fn feel(me: u32) {\n  set_mood(mood(3u));\n}';
    await expect(planOf(moody(text), SUBLATTICE)).rejects.toThrow(
      /^toys\/feel\.wgsl:5:12: "mood" is read at an agent that may be no neighbour.*: expected the rule’s own agent, or neighbor\(me, …\).*, .*\. Agents of a class act at once/,
    );
  });

  test('the models of the catalogue that offer it', async () => {
    const offered = catalogue.filter(({ updates }) => updates.includes('sublattice'));
    expect(offered.length).toBeGreaterThan(0);
    for (const { name } of offered) await planOf(name, GRAPH);
  });
});

describe('derived rules', () => {
  const ACT = 'import package::agent::{mood, other, set_mood};\nfn feel(me: u32) { set_mood(other(me)); }';
  const withDerived = (text: string, parts: Partial<Model> = {}): Model =>
    toy(
      {
        name: 'moody',
        fields: { mood: bit(), other: bit() },
        updates: ['synchronous', 'activation', 'sublattice'],
        rules: ['see', 'feel'],
        derived: ['see'],
        ...parts,
      },
      { feel: ACT, see: text },
    );

  test('may look at anyone', async () => {
    const far = 'import package::agent::{mood, set_other};\nfn see(me: u32) { set_other(mood(3u)); }';
    const plan = await planOf(withDerived(far), SUBLATTICE);
    expect(plan.kernels.map(({ shape }) => shape.kind === 'items' && shape.items).slice(1, 3)).toEqual([64, 32]);
    expect(plan.passes.step.map(({ part }) => part)).toEqual([0, 0, 1, 1]);
  });

  test.each([
    [
      'draws',
      'import package::agent::set_other;\nimport package::random::below;\nfn coin() -> u32 { return below(2u); }\nfn see(me: u32) { set_other(coin()); }',
      /^toys\/see\.wgsl:4:29: the derived rule "see" draws \(coin\) in `coin\(\)`\. Let it recompute fields from others/,
    ],
    [
      'reads what it writes',
      'import package::agent::{other, set_other};\nfn see(me: u32) { set_other(1u - other(me)); }',
      /^toys\/see\.wgsl:2:34: the derived rule "see" reads "other", which it writes/,
    ],
    [
      'reads a total of what it writes',
      'import package::agent::{others, set_other};\nfn see(me: u32) { set_other(others() & 1u); }',
      /^model moody: the derived rule "see" reads a total of "other", which it writes/,
    ],
  ])('refused: one that %s', async (_, text, message) => {
    const aggregates = { others: { kind: 'count', field: 'other', before: 'see' } } as const;
    await expect(planOf(withDerived(text, { aggregates }))).rejects.toThrow(message);
  });
});
