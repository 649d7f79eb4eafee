// Mistakes in a rule of one's own: each is told with file, line and column, and the text as its author wrote it.
import { expect, test } from 'vitest';
import { bit, probability } from '../../src/model/index.ts';
import { refusal } from '../engine/support.ts';
import { toy } from '../engine/toys.ts';
import { planOf } from './support.ts';

const messageOf = async (statement: string, inFront = ''): Promise<string> => {
  const model = toy(
    {
      name: 'mine',
      fields: { opinion: bit() },
      params: { noise: probability({ default: 0.1, about: 'a coin' }) },
      rules: ['slip'],
    },
    {
      slip: `import package::agent::{degree, neighbor, opinion, param, set_opinion};
import package::random::{below, below_at, chance};
${inFront}
fn slip(me: u32) {
  ${statement}
}
`,
    },
  );
  const { message } = await refusal(() => planOf(model));
  return message.replace('toys/slip.wgsl:', '');
};

test.each([
  ['set_opinion(1u, 2u);', '5:3: wrong number of arguments in `set_opinion(1u, 2u)`: expected 1, got 2'],
  ['let x = neighbor(me);', '5:11: wrong number of arguments in `neighbor(me)`: expected 2, got 1'],
  ['let x = chance();', '5:11: wrong number of arguments in `chance()`: expected 1, got 0'],
  ['let x = below(1u, 2u);', '5:11: wrong number of arguments in `below(1u, 2u)`: expected 1, got 2'],
  [
    'let x = chance(0.5);',
    '5:18: wrong type of argument "probability" in `0.5`: expected u32, got abstract-float. Convert it: u32(0.5)',
  ],
  ['set_opinion(-1);', '5:15: -1 does not fit into u32. A u32 holds 0 to 4294967295'],
  ['if (opinion(me)) { return; }', '5:7: the condition `opinion(me)` is no bool: got u32. Compare it, as in x != 0'],
  ['let x = param.nois;', '5:17: unknown name "nois". Did you mean "noise"?'],
  [
    'let x = opinion(neighbor(me, below(degree(me)))) + 1i;',
    '5:11: "+" does not apply in `opinion(neighbor(me, below(degree(me)))) + 1i`: got u32 and i32. Convert one operand, as in u32(x), so that both have one type',
  ],
  [
    'set_opinion(chance(param.noise));',
    '5:15: wrong type of argument "value" in `chance(param.noise)`: expected u32, got bool. Convert it: u32(chance(param.noise))',
  ],
  ['let x = 1u; x = 2u;', '5:15: "x" is read-only in `x = 2u`. Declare it with "var" instead'],
  ['opinion(me) = 2u;', '5:3: `opinion(me)` cannot be assigned to'],
  ['let x = me(2u);', '5:11: "me" is a variable, not a function'],
  ['let x = abss(me);', '5:11: unresolved identifier \'abss\' in `let x = abss(me);`. Did you mean "abs"?'],
  ['return 1u;', '5:10: this function returns nothing in `1u`. Add "-> type" to its head'],
  ['let x = param.noise.y;', '5:11: u32 has no members in `param.noise.y`'],
  ['let site = below(2u);', '5:7: "site" is taken in "slip", which draws random numbers. Choose another name'],
])('%s', async (statement, message) => {
  expect(await messageOf(statement)).toBe(message);
});

test('a helper that draws', async () => {
  const helper = 'fn toss(k: u32) -> bool { return below_at(k, 2u) == 0u; }';
  expect(await messageOf('let x = toss(1u, 2u);', helper)).toBe(
    '5:11: wrong number of arguments in `toss(1u, 2u)`: expected 1, got 2',
  );
  expect(await messageOf('set_opinion(half());', 'fn half() -> u32 { if (chance(3u)) { return 1u; } }')).toBe(
    '3:4: "half" does not return a value on every path. Add a "return" at its end',
  );
});
