// tri-alignment in checked mode with every mechanism at work: no index is out of bounds, nothing is divided by zero or outside its field; and the history is the same.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openCpu } from '../../src/engine/cpu/engine.ts';
import type { Engine } from '../../src/engine/engine.ts';
import { load, type SpecObject } from '../support/runs.ts';
import { EVERYTHING, SOCIETY, UNMEASURED } from '../support/tri-alignment.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await openCpu({ threads: 1 });
});
afterAll(() => engine.dispose());

test.each([
  { topology: 'complete', update: 'pairing', params: { attention: 2 } },
  // some have no neighbours
  { topology: { kind: 'erdos-renyi', mean_degree: 2, directed: true }, update: 'synchronous', params: {} },
])('$update', async ({ topology, update, params }) => {
  const spec: SpecObject = {
    ...{ model: UNMEASURED.name, population: 65, topology, update, replicas: 2, steps: 12, seed: 'checked' },
    ...{ ...EVERYTHING, ...SOCIETY, params: { ...EVERYTHING.params, ...params } },
  };
  const digests = [true, false].map(async checked => {
    const { population } = await load(engine, spec, { models: [UNMEASURED], checked });
    await population.step(12, { every: 0 });
    expect(new Set(await population.saturations())).toEqual(new Set([0]));
    const found = [...(await population.digests())];
    await population.dispose();
    return found;
  });
  const [careful, plain] = await Promise.all(digests);
  expect(careful).toEqual(plain);
});
