// Checked mode on the CPU: planted faults of every kind, and nothing changed where there are none.
import { afterAll, describe, expect, test } from 'vitest';
import { openCpu } from '../../src/engine/cpu/engine.ts';
import { prepare } from '../../src/experiment/prepare.ts';
import { simulate } from '../../src/experiment/simulate.ts';
import { catalogue } from '../../src/models/index.ts';
import { load } from '../support/runs.ts';
import { expectFault, expectFaultAlone } from './checking.ts';
import { FAULTS, slipping } from './faults.ts';
import { refusal } from './support.ts';
import { toy, word } from './toys.ts';

describe.each([1, 2])('on %i threads', async threads => {
  const engine = await openCpu({ threads });
  afterAll(() => engine.dispose());
  test.each(FAULTS)('$name: $statement', fault => expectFault(engine, fault));
  test('one agent at a time', () => expectFaultAlone(engine));
});

const ONE = { population: 10, topology: 'ring', steps: 3 };

test('a setup rule: before the first step', async () => {
  const model = {
    ...slipping({ statement: '' }),
    setup: ['mark_some'],
    shaders: {
      ...slipping({ statement: '' }).shaders,
      mark_some: {
        path: 'mark_some.wgsl',
        text: 'import package::agent::{rank, set_mark};\nfn mark_some(me: u32) {\n  set_mark(u32(rank(me + u32(me == 9u)) < 3u));\n}',
      },
    },
  };
  const engine = await openCpu({ threads: 1 });
  const error = await refusal(() => load(engine, { model: 'slipping', ...ONE }, { models: [model], checked: true }));
  expect(error.where).toBe('mark_some.wgsl:3:21');
  expect(error.what).toContain('(rule "mark_some", agent 9, in the initial state, point 0, replica 0)');
});

test('of several faults the first step’s is told, then that of the first world', async () => {
  const model = toy(
    { name: 'late', fields: { age: word }, rules: ['grow'] },
    {
      grow: 'import package::agent::{age, set_age};\nfn grow(me: u32) {\n  set_age(age(me) + 1u);\n  if (age(me) > me) { set_age(8u / (age(me) - age(me))); }\n}',
    },
  );
  const engine = await openCpu({ threads: 1 });
  const spec = { model: 'late', ...ONE, replicas: 3 };
  const { population } = await load(engine, spec, { models: [model], checked: true });
  const ages = new Uint32Array(30);
  ages[14] = 3;
  ages[25] = 4;
  await population.write('age', ages);
  const error = await refusal(() => population.step(9, { every: 0 }));
  expect(error.what).toContain('(rule "grow", agent 0, in step 2, point 0, replica 0)');
});

test('names that checked mode uses are refused, and only there', async () => {
  const model = toy(
    { name: 'named', fields: { age: word }, rules: ['grow'] },
    {
      grow: 'import package::agent::{age, set_age};\nfn grow(me: u32) {\n  let check_age = age(me);\n  set_age(check_age);\n}',
    },
  );
  const value = { model: 'named', ...ONE };
  const error = await refusal(() => prepare({ value }, { models: [model], checked: true }));
  expect(error.message).toMatch(/^toys\/grow\.wgsl:3:7: names that begin with "check_" are taken in checked mode/);
  await prepare({ value }, { models: [model] });
});

const small = (model: (typeof catalogue)[number], update: string) => ({
  model: model.name,
  population: 60,
  replicas: 2,
  update: update === 'activation' ? { activation: 0.5 } : update,
  topology: update === 'pairing' ? 'complete' : (model.topologies?.[0] ?? { kind: 'ring', reach: 3 }),
  steps: 40,
});

describe.each(catalogue.flatMap(model => model.updates.map(update => [model, update] as const)))(
  '$0.name, $1',
  (model, update) => {
    test('the same digest and kernel hash, and the plain kernels beside the checked ones', async () => {
      const spec = small(model, update);
      const plain = await simulate(spec, { engine: 'cpu', threads: 1 });
      const checked = await simulate(spec, { engine: 'cpu', threads: 1, checked: true });
      expect(checked.digest).toBe(plain.digest);
      const one = await prepare({ value: spec });
      const other = await prepare({ value: spec }, { checked: true });
      expect(other.kernelHash).toBe(one.kernelHash);
      expect(other.plan.reproducible).toEqual(one.plan.reproducible);
      const texts = (kernel: (typeof one.plan.kernels)[number]) => [kernel.label, kernel.serial, kernel.parallel];
      expect(other.plan.kernels.map(kernel => texts(kernel.plain ?? kernel))).toEqual(one.plan.kernels.map(texts));
      expect(other.plan.kernels.some(({ plain: kept, serial }) => kept && kept.serial !== serial)).toBe(true);
      expect(one.plan.kernels.every(({ serial, parallel }) => !`${serial}${parallel}`.includes('check_'))).toBe(true);
    });
  },
);
