// Which engine to use, and why: a small population is faster on the CPU, and an emulated GPU is never faster.
import { GroundswellError } from '../errors.ts';
import { type CpuOptions, openCpu } from './cpu/engine.ts';
import type { Engine } from './engine.ts';
import { openWebGpu } from './webgpu/engine.ts';

/** The engines that can be asked for; `auto` takes a real GPU for large populations, otherwise the CPU. */
export const ENGINE_NAMES = ['auto', 'webgpu', 'cpu'] as const;
/** The name of an engine, or `auto`. */
export type EngineName = (typeof ENGINE_NAMES)[number];

/** Agents over all worlds below which launching kernels costs more than computing. */
const GPU_FROM = 20_000;

/** An opened engine. */
export interface ChosenEngine {
  engine: Engine;
  /** Why this one, as a clause. */
  reason: string;
}

/** Opens the engine asked for; `auto` takes a real GPU for large populations and the CPU otherwise. */
export async function chooseEngine(
  name: EngineName,
  { agents, ...cpu }: { agents: number } & CpuOptions,
): Promise<ChosenEngine> {
  if (!ENGINE_NAMES.includes(name)) {
    throw new GroundswellError({
      what: 'unknown engine',
      where: '--engine',
      expected: ENGINE_NAMES.join(', '),
      got: `"${name}"`,
    });
  }
  if (name === 'webgpu') return { engine: await openWebGpu(), reason: 'asked for' };
  if (name === 'cpu') return { engine: await openCpu(cpu), reason: 'asked for' };
  const onCpu = async (reason: string): Promise<ChosenEngine> => ({ engine: await openCpu(cpu), reason });
  if (agents < GPU_FROM) return onCpu(`${agents} agents in all are fewer than the ${GPU_FROM} from which a GPU pays`);
  let engine: Engine;
  try {
    engine = await openWebGpu();
  } catch (error) {
    if (!(error instanceof GroundswellError)) throw error;
    return onCpu(error.got ?? error.what);
  }
  if (!engine.info.software) return { engine, reason: `${agents} agents in all, and a GPU is there` };
  await engine.dispose();
  return onCpu(`the only WebGPU device is emulated in software (${engine.info.device})`);
}
