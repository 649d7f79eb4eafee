// What the page of the browser test may call: the library without the parts that write files.
import { openCpu } from '../../src/engine/cpu/engine.ts';
import { openWebGpu } from '../../src/engine/webgpu/engine.ts';
import { prepare } from '../../src/experiment/prepare.ts';

/** State digests of a spec after its steps, on one of the engines. */
async function digests(spec: unknown, engineName: 'cpu' | 'webgpu'): Promise<string[]> {
  const engine = engineName === 'cpu' ? await openCpu({ threads: 1 }) : await openWebGpu();
  const { plan, spec: parsed } = await prepare({ value: spec });
  const population = await engine.load(plan);
  await population.step(parsed.steps, { every: 0 });
  const result = Array.from(await population.digests(), digest => digest.toString(16));
  await population.dispose();
  await engine.dispose();
  return result;
}

Object.assign(globalThis, { digests });
