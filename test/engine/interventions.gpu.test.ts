// Interventions on a GPU and on the CPU: the same digests for models of the catalogue.
import { expect, test } from 'vitest';
import { openCpu } from '../../src/engine/cpu/engine.ts';
import { finalDigests } from '../support/runs.ts';
import { openGpuForTest } from './support.ts';

const few = { group: 'few', fraction: 0.3, place: 'hubs' };
const CASES = [
  {
    model: 'noisy-q-voter',
    topology: { kind: 'barabasi-albert', links: 2 },
    update: { activation: 0.5 },
    params: { independence: [0.1, { distribution: 'beta', alpha: 2, beta: 5 }] },
    interventions: {
      loud: {
        at: 4,
        until: 11,
        target: few,
        do: { set: { independence: 0.9, q: { by: 'group', values: { few: 1, many: 4 } } } },
      },
      turn: { at: 6, every: 4, target: { fraction: 0.5, where: { opinion: 0 } }, do: { write: { opinion: 1 } } },
    },
  },
  {
    model: 'friedkin-johnsen',
    topology: 'complete',
    update: 'synchronous',
    interventions: {
      push: {
        at: 5,
        every: 1,
        until: 9,
        target: few,
        do: { write: { opinion: { distribution: 'uniform', min: 0, max: 1 } } },
      },
      keep: { at: 12, target: { where: { opinion: { above: 0.1 } } }, do: { write: { innate: { field: 'opinion' } } } },
    },
  },
  {
    model: 'noisy-q-voter',
    topology: 'ring',
    update: 'sequential',
    interventions: { all: { at: 5, until: 9, do: { set: { independence: 1 } } } },
  },
].map(spec => ({ population: 129, replicas: 2, steps: 20, seed: 'changed', groups: { few: 0.2, many: 0.8 }, ...spec }));

test.each(CASES)('$model, $update: equal digests', async spec => {
  const gpu = await openGpuForTest();
  if (!gpu) return;
  const cpu = await openCpu({ threads: 2 });
  const [one, other, without] = [
    await finalDigests(gpu, spec),
    await finalDigests(cpu, spec),
    await finalDigests(cpu, { ...spec, interventions: {} }),
  ];
  expect(one).toEqual(other);
  expect(one[0]).not.toBe(without[0]);
  await Promise.all([gpu.dispose(), cpu.dispose()]);
});
