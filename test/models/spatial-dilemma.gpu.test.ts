// Nowak & May's automaton on the CPU and on WebGPU for 1,000 generations: chaotic, so that one differing bit would change everything soon after. The same with 256 × 256 agents:
// scripts/nightly.mjs.
import { expect, test } from 'vitest';
import { openCpu } from '../../src/engine/cpu/engine.ts';
import { differences, openGpuForTest } from '../engine/support.ts';
import { load } from '../support/runs.ts';

const SPEC = {
  model: 'spatial-dilemma',
  topology: { kind: 'lattice', width: 64, height: 64, neighbourhood: 'moore' },
  params: { preset: 'nowak-may', temptation: 1.9 },
  init: { strategy: 0.1 },
  steps: 1000,
  seed: 'long',
};

test.for(['synchronous', 'sublattice'])('%s: the same digest every 100 generations', async (update, context) => {
  const gpu = await openGpuForTest();
  if (!gpu) return context.skip('no WebGPU device');
  const cpu = await openCpu({ threads: 1 });
  const spec = { ...SPEC, update, steps: update === 'synchronous' ? 1000 : 200 };
  const [here, there] = [await load(gpu, spec), await load(cpu, spec)];
  const seen = new Set<string>();
  for (let step = 0; step < spec.steps; step += spec.steps / 10) {
    await Promise.all([here, there].map(({ population }) => population.step(spec.steps / 10, { every: 0 })));
    expect(await differences(here.population, there.population), `after step ${step + spec.steps / 10}`).toEqual([]);
    seen.add(String((await there.population.digests())[0]));
  }
  // it has not come to rest
  if (update === 'synchronous') expect(seen.size).toBe(10);
  await gpu.dispose();
});
