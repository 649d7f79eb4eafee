// The social structure in a plan: what explain says of it, and that nobody pays for what is not there.
import { expect, test } from 'vitest';
import { bit, integerField } from '../../src/model/index.ts';
import { explainPlan } from '../../src/plan/explain.ts';
import { toy } from '../engine/toys.ts';
import { planOf } from './support.ts';

const model = toy(
  { name: 'clerks', fields: { side: bit(), bond: integerField({ max: 5 }) }, rules: ['copy', 'note'] },
  {
    copy: 'import package::agent::{neighbor, set_side, side};\nfn copy(me: u32) {\n  set_side(side(neighbor(me, 0u)));\n}',
    note: 'import package::agent::{group, relation, role, set_bond};\nfn note(me: u32) {\n  set_bond(relation(group(me), 0u) + role(me));\n}',
  },
);
const groups = { aid: { size: 16, roles: { leader: 2, member: 'rest' } }, firm: 48 };
const relations = { aid: { firm: { kind: 'competitive', strength: 0.5 } }, firm: { firm: 'cooperative' } };

test('explain tells groups, relations and roles', async () => {
  const lines = explainPlan(await planOf(model, { groups, relations })).split('\n');
  const at = lines.indexOf('groups      aid 16, firm 48');
  expect(lines.slice(at + 1, at + 5)).toEqual([
    '            aid to firm: competitive, strength 0.5',
    '            firm to aid: competitive, strength 0.5',
    '            firm to firm: cooperative',
    'roles       leader 2, member 62',
  ]);
  expect(explainPlan(await planOf(model))).not.toMatch(/^(groups|roles)/m);
});

test('kernels that ask for neither are the same with roles and relations as without', async () => {
  const [plain, full] = [
    await planOf(model, { groups: { aid: 16, firm: 48 } }, { fuse: false }),
    await planOf(model, { groups, relations }, { fuse: false }),
  ];
  const text = ({ kernels }: typeof plain, label: string): string =>
    // where the rows of the worlds begin is the one thing that may differ
    kernels.find(kernel => kernel.label === label)!.serial.replace(/const ROW_AT = \d+;/, '');
  expect(text(full, 'copy')).toBe(text(plain, 'copy'));
  expect(text(full, 'note')).not.toBe(text(plain, 'note'));
});
