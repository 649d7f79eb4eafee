// What the planner reads off a rule's text: what it writes, what it reads at others, and what it must not do.
import { describe, expect, test } from 'vitest';
import { bit, integerField, type Model } from '../../src/model/index.ts';
import { toy } from '../engine/toys.ts';
import { planOf } from './support.ts';

/** A model whose only rule is given as text; it writes and reads `mood`. */
const moody = (text: string, parts: Partial<Model> = {}): Model =>
  toy({ name: 'moody', fields: { mood: bit(), other: bit() }, rules: ['feel'], ...parts }, { feel: text });

const IMPORTS = 'import package::agent::{degree, mood, neighbor, population, set_mood};\n';

/** Whether `mood` is read at others. */
async function exchanges(body: string): Promise<boolean> {
  const { layout } = await planOf(moody(IMPORTS + body));
  return layout.fields[0].slots === 2;
}

describe('reads of others', () => {
  test.each([
    ['its own agent', 'fn feel(me: u32) { set_mood(1u - mood(me)); }'],
    [
      'itself, handed on through two functions',
      'fn deep(who: u32) -> u32 { return mood(who); }\nfn look(i: u32) -> u32 { return deep(i); }\nfn feel(me: u32) { set_mood(1u - look(me)); }',
    ],
    [
      'itself as the second parameter',
      'fn look(k: u32, i: u32) -> u32 { return mood(i) + k; }\nfn feel(me: u32) { set_mood(look(3u, me)); }',
    ],
  ])('none: %s', async (_, body) => expect(await exchanges(body)).toBe(false));

  test.each([
    ['a neighbour', 'fn feel(me: u32) { set_mood(mood(neighbor(me, 0u))); }'],
    ['an agent by number', 'fn feel(me: u32) { set_mood(mood(0u)); }'],
    ['an expression of itself', 'fn feel(me: u32) { set_mood(mood((me + 1u) % population())); }'],
    ['a variable', 'fn feel(me: u32) { let who = neighbor(me, 1u); set_mood(mood(who)); }'],
    [
      'a function that is called with itself and with another',
      'fn look(i: u32) -> u32 { return mood(i); }\nfn feel(me: u32) { set_mood(look(me) & look(neighbor(me, 0u))); }',
    ],
    [
      'a function that hands on another',
      'fn deep(who: u32) -> u32 { return mood(who); }\nfn look(i: u32) -> u32 { return deep(neighbor(i, 0u)); }\nfn feel(me: u32) { set_mood(look(me)); }',
    ],
    [
      'a variable that hides the parameter',
      'fn feel(me: u32) { if (degree(me) > 0u) { let me = neighbor(me, 0u); set_mood(mood(me)); } }',
    ],
    [
      'parameters that change places',
      'fn look(a: u32, b: u32) -> u32 { return mood(b); }\nfn feel(me: u32) { set_mood(look(me, neighbor(me, 0u))); }',
    ],
  ])('found: %s', async (_, body) => expect(await exchanges(body)).toBe(true));

  test('the sum over neighbours and active links count as reads of others, except as a total', async () => {
    const sum = moody(
      'import package::agent::{neighbor_sum_mood, set_mood};\nfn feel(me: u32) { set_mood(u32(neighbor_sum_mood(me) > 1)); }',
    );
    expect((await planOf(sum)).layout.fields[0].slots).toBe(2);
    expect((await planOf(sum, { topology: 'complete' })).layout.fields[0].slots).toBe(1);
  });
});

describe('refusals', () => {
  const complete = { topology: 'complete' };

  test('a loop over all neighbours of a complete graph, with its place', async () => {
    const text = `${IMPORTS}fn feel(me: u32) {
  var sum = 0u;
  for (var k = 0u; k < degree(me); k++) {
    sum += mood(neighbor(me, k));
  }
  set_mood(u32(sum > 2u));
}`;
    await expect(planOf(moody(text), complete)).rejects.toThrow(
      /^toys\/feel\.wgsl:5:17: a loop over all neighbours on topology "complete".*\. Use neighbor_sum_<field>\(me\)/,
    );
    await planOf(moody(text));
  });

  test('drawing a few neighbours of a complete graph is no such loop', async () => {
    const text = `${IMPORTS}import package::random::below_at;
fn feel(me: u32) {
  for (var k = 0u; k < 3u; k++) {
    set_mood(mood(neighbor(me, below_at(k, degree(me)))));
  }
}`;
    await planOf(moody(text), complete);
  });

  test('a sum that may not fit', async () => {
    const fields = { mood: integerField({ max: 2 ** 30 }) };
    const text =
      'import package::agent::{neighbor_sum_mood, set_mood};\nfn feel(me: u32) { set_mood(u32(neighbor_sum_mood(me)) / 2u); }';
    await expect(planOf(moody(text, { fields }), { topology: { kind: 'ring', reach: 2 } })).rejects.toThrow(
      'model moody: neighbor_sum_mood may not fit a signed 32-bit word: expected a sum below 2³¹, got up to 4294967296 (4 agents)',
    );
    await expect(planOf(moody(text, { fields }), complete)).rejects.toThrow(/may not fit a signed 32-bit word/);
    const smaller = { mood: integerField({ max: 2 ** 28 }) };
    await planOf(moody(text, { fields: smaller }), { topology: { kind: 'ring', reach: 2 } });
    await expect(planOf(moody(text, { fields: smaller }), complete)).rejects.toThrow(
      /neighbor_sum_mood may not fit.* \(63 agents\)/,
    );
    const aggregates = { mood_total: { kind: 'total', field: 'mood', before: 'feel' } } as const;
    const total = 'import package::agent::{mood_total, set_mood};\nfn feel(me: u32) { set_mood(u32(mood_total())); }';
    await expect(planOf(moody(total, { fields: smaller, aggregates }))).rejects.toThrow(
      'mood_total may not fit a signed 32-bit word: expected a sum below 2³¹, got up to 17179869184 (64 agents)',
    );
  });

  test('a setup rule that reads others', async () => {
    const model = moody(`${IMPORTS}fn feel(me: u32) { set_mood(1u - mood(me)); }`, { setup: ['peek'] });
    const shaders = {
      ...model.shaders,
      peek: {
        path: 'toys/peek.wgsl',
        text: 'import package::agent::{mood, neighbor, set_mood};\nfn peek(me: u32) { set_mood(mood(neighbor(me, 0u))); }',
      },
    };
    await expect(planOf({ ...model, shaders })).rejects.toThrow(
      'model moody: setup rule "peek" reads "mood" at other agents. A setup rule sees only its own agent',
    );
  });

  test('an unknown rule, with a suggestion', async () => {
    await expect(planOf(moody('', { rules: ['copy_contacts'] }))).rejects.toThrow(
      'model moody: no rule "copy_contacts". Did you mean "copy_contact"?',
    );
  });

  test('a rule that does not compile, with its place', async () => {
    const text = `${IMPORTS}fn feel(me: u32) {\n  set_mood(degree(me) + 1i);\n}`;
    await expect(planOf(moody(text))).rejects.toThrow(/^toys\/feel\.wgsl:3:\d+: /);
  });
});

describe('taken names', () => {
  const BODY = 'fn feel(me: u32) { set_mood(1u - mood(me)); }';

  test('a helper named like an accessor', async () => {
    const text = `import package::agent::{mood, set_mood};\n${BODY}\nfn degree(i: u32) -> u32 { return i; }`;
    await expect(planOf(moody(text))).rejects.toThrow(
      'toys/feel.wgsl:3:4: the function name "degree" is taken by the agent module. Rename it',
    );
  });

  test.each(['row', 'saturated', 'mix', 'partner_word', 'key_at', 'scale', 'gather', 'clamp', 'sum', 'set_mood'])(
    'a field named %s',
    async name => {
      const model = moody(IMPORTS + BODY, { fields: { mood: bit(), [name]: bit() } });
      await expect(planOf(model)).rejects.toThrow(`the name "${name}" is taken`);
    },
  );

  test('an aggregate or a rule named like a field', async () => {
    const aggregates = { mood: { kind: 'count', field: 'other', before: 'feel' } } as const;
    await expect(planOf(moody(IMPORTS + BODY, { aggregates }))).rejects.toThrow(
      'model moody, aggregate mood: the name "mood" is taken: got a function of that name from field mood. Rename the aggregate',
    );
    const model = toy(
      { name: 'moody', fields: { feel: bit() }, rules: ['feel'] },
      { feel: 'import package::agent::set_feel;\nfn feel(me: u32) { set_feel(1u); }' },
    );
    await expect(planOf(model)).rejects.toThrow('model moody, rule feel: the name "feel" is taken');
  });

  test('a rule twice', async () => {
    const model = moody(IMPORTS + BODY, { rules: ['feel', 'feel'] });
    await expect(planOf(model)).rejects.toThrow('"feel" and "feel" draw the same numbers');
  });
});
