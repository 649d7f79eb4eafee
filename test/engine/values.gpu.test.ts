// Values per agent on a GPU and on the CPU: the same digests for models of the catalogue.
import { expect, test } from 'vitest';
import { openCpu } from '../../src/engine/cpu/engine.ts';
import { finalDigests } from '../support/runs.ts';
import { openGpuForTest } from './support.ts';

const odds = { distribution: 'beta', alpha: 2, beta: 5 };
const CASES = [
  {
    model: 'noisy-q-voter',
    topology: { kind: 'erdos-renyi', mean_degree: 4 },
    update: { activation: 0.5 },
    groups: { few: 0.2, many: 0.8 },
    params: {
      q: [2, { by: 'group', values: { few: 1, many: { distribution: 'choice', values: [2, 3] } } }],
      independence: odds,
    },
    init: { opinion: { by: 'group', values: { few: 0.5, many: { 0: 1 } } } },
  },
  { model: 'infectious-jailbreak', topology: 'complete', update: 'pairing', params: { infection: [odds, 0.5] } },
  { model: 'noisy-q-voter', topology: 'ring', update: 'sequential', params: { independence: odds } },
].map(spec => ({ population: 129, replicas: 2, steps: 20, seed: 'values', ...spec }));

test.each(CASES)('$model, $update: equal digests', async spec => {
  const gpu = await openGpuForTest();
  if (!gpu) return;
  const cpu = await openCpu({ threads: 2 });
  const plain = { ...spec, params: {}, init: {} };
  const [one, other, without] = [
    await finalDigests(gpu, spec),
    await finalDigests(cpu, spec),
    await finalDigests(cpu, plain),
  ];
  expect(one).toEqual(other);
  expect(one[0]).not.toBe(without[0]);
  await Promise.all([gpu.dispose(), cpu.dispose()]);
});
