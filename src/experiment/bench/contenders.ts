// Who takes part in a benchmark: the CPU engine with one thread and with all, and a WebGPU device where there is one.
import type { EngineName } from '../../engine/choose.ts';
import { openCpu } from '../../engine/cpu/engine.ts';
import type { EngineInfo } from '../../engine/engine.ts';
import { openWebGpu } from '../../engine/webgpu/engine.ts';
import { GroundswellError } from '../../errors.ts';
import { start, type World } from '../open.ts';
import type { Prepared } from '../prepare.ts';
import type { BenchResult, ContenderFacts } from './result.ts';

/** One who computes workloads. */
export interface Contender extends ContenderFacts {
  /** Opens a prepared run at its initial state. */
  start(prepared: Prepared): Promise<TimedWorld>;
}

/** A run that is timed. */
export interface TimedWorld extends Pick<World, 'step' | 'stateDigests' | 'dispose'> {
  /** Milliseconds that a GPU was at work since the last call; null where it has no timestamps. Absent where there is no GPU. */
  takeGpuMs?(): Promise<number | null>;
}

/** Which contenders are wanted. */
export interface ContenderOptions {
  size: BenchResult['size'];
  /** Default `auto`: all that are there. */
  engine?: EngineName;
  /** The largest number of threads of the CPU engine. Default: as many as there are cores. */
  threads?: number;
}

/** The contenders of this machine, and who was left out. Throws where the engine asked for by name is not there. */
export async function findContenders({
  size,
  engine = 'auto',
  threads,
}: ContenderOptions): Promise<Pick<BenchResult, 'leftOut'> & { contenders: Contender[] }> {
  // biome-ignore format: one thought
  const contenders: Contender[] = engine === 'webgpu' ? [] : await onCpu(threads);
  const leftOut: BenchResult['leftOut'] = [];
  if (engine === 'cpu') return { contenders, leftOut };
  const info = await webGpuInfo(engine === 'webgpu');
  if ('absent' in info) leftOut.push({ label: 'webgpu', reason: info.absent });
  else if (info.software && size === 'full') {
    const [what, got] = ['a device in software at full size', `${info.device}, in software`];
    if (engine === 'webgpu')
      throw new GroundswellError({ what, where: '--engine', expected: 'a GPU', got, hint: 'use --quick' });
    leftOut.push({ label: 'webgpu', reason: `${got}: only at the quick size` });
  } else {
    const { name, device, software } = info;
    const label = software ? 'webgpu (in software)' : 'webgpu';
    contenders.push({ label, engine: name, device, software, start: startTimed });
  }
  return { contenders, leftOut };
}

async function startTimed(prepared: Prepared): Promise<TimedWorld> {
  const engine = await openWebGpu({ timed: true });
  const world = await start(prepared, { openEngine: async () => engine });
  return {
    step: (count, options) => world.step(count, options),
    stateDigests: () => world.stateDigests(),
    takeGpuMs: () => engine.takeGpuMs(),
    dispose: () => world.dispose(),
  };
}

async function onCpu(threads?: number): Promise<Contender[]> {
  const { name, device, software, details } = (await openCpu({ threads })).info;
  const most = Number(details.threads);
  return [...new Set([1, most])].map(count => ({
    ...{ label: `cpu, ${count} ${count === 1 ? 'thread' : 'threads'}`, engine: name, device, software, threads: count },
    start: prepared => start(prepared, { engine: name, threads: count }),
  }));
}

async function webGpuInfo(needed: boolean): Promise<EngineInfo | { absent: string }> {
  try {
    const engine = await openWebGpu();
    await engine.dispose();
    return engine.info;
  } catch (error) {
    if (!(error instanceof GroundswellError) || needed) throw error;
    return { absent: error.got ?? error.what };
  }
}
