// What a step of a small population costs on WebGPU, by dispatches and resident (docs/decisions/0014-resident-steps.md): medians of rounds in turn, states compared first.
// `node bench/resident.mjs [--sizes 64,256,1024,4096] [--replicas 1,100] [--steps 1000] [--rounds 5] [--every 0] [--only majority]` after `npm run build`.
import { parseArgs } from 'node:util';
import { open } from '../dist/index.js';

const { values: options } = parseArgs({
  options: {
    sizes: { type: 'string', default: '64,256,1024,4096' },
    replicas: { type: 'string', default: '1,100' },
    steps: { type: 'string', default: '1000' },
    rounds: { type: 'string', default: '5' },
    every: { type: 'string', default: '0' },
    only: { type: 'string' },
  },
});
const list = (/** @type {string} */ text) => text.split(',').map(Number);
const steps = Number(options.steps);

/** One dispatch a step, on a graph and without; a matching before it; an aggregate, which is two more. */
const MODELS = {
  majority: { model: 'majority-vote', topology: { kind: 'random-regular', degree: 8 }, params: { noise: 0.1 } },
  'q-voter': { model: 'noisy-q-voter', topology: 'complete', params: { q: 4, independence: 0.3 } },
  naming: { model: 'naming-game', topology: 'complete', params: { committed: 0.1 } },
  opinions: { model: 'friedkin-johnsen', topology: 'complete' },
};

/** @param {Record<string, unknown>} spec @param {boolean} resident */
async function time(spec, resident) {
  const world = await open(spec, { engine: 'webgpu', resident });
  await world.step(200, { every: 0 });
  const begun = performance.now();
  await world.step(steps, { every: Number(options.every) });
  const microseconds = (1000 * (performance.now() - begun)) / steps;
  const found = { microseconds, digest: (await world.stateDigests()).join(), device: world.engine.device };
  await world.dispose();
  return found;
}

const median = (/** @type {number[]} */ values) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)];

for (const [name, model] of Object.entries(MODELS)) {
  if (options.only && options.only !== name) continue;
  for (const population of list(options.sizes)) {
    for (const replicas of list(options.replicas)) {
      const spec = { ...model, population, replicas, steps, seed: 'resident' };
      /** @type {[number[], number[]]} */
      const times = [[], []];
      const digests = new Set();
      let device = '';
      for (let round = 0; round < Number(options.rounds); round++) {
        for (const [k, resident] of [false, true].entries()) {
          const found = await time(spec, resident);
          times[k].push(found.microseconds);
          digests.add(found.digest);
          device = found.device;
        }
      }
      const [byDispatch, resident] = times.map(values => median(values).toFixed(1));
      const told =
        digests.size === 1 ? `${byDispatch} µs a step by dispatches, ${resident} resident` : 'DIFFERENT STATES';
      console.log(`${device}: ${name}, ${population} agents × ${replicas}: ${told}`);
    }
  }
}
