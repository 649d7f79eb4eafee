// The CPU engine: always there, and the fastest for small populations.
import { GroundswellError } from '../../errors.ts';
import { planBytes } from '../../plan/memory.ts';
import type { Plan } from '../../plan/plan.ts';
import type { Engine, EngineInfo, Population } from '../engine.ts';
import { startPopulation } from '../population.ts';
import { InlineDevice, ThreadedDevice } from './device.ts';
import { allocate, type BackEnd, MOST_THREADS } from './memory.ts';

/** How the CPU engine is opened. */
export interface CpuOptions {
  /** Threads among which worlds, or the agents of a world, are shared out; at most 1,000. Changes no result. Default: as many as there are cores, but one for small runs. */
  threads?: number;
  /** How kernels are compiled: to WebAssembly, or to JavaScript, which a debugger can look into. Changes no result. Default `wasm` where a run fits into its 4 GiB. */
  backEnd?: BackEnd;
  /** Compute in worker threads even where one thread would do, so that this one is free. Default false. */
  inBackground?: boolean;
}

/** Agents over all worlds from which starting threads pays. */
export const THREADS_FROM = 50_000;
/** Share of the machine's memory that a run may take. */
const MEMORY_SHARE = 0.8;

/** Opens the CPU engine: compiled kernels, shared out among threads. It is there on every machine. */
export async function openCpu(options: CpuOptions = {}): Promise<Engine> {
  const machine = await describeMachine();
  const most = options.threads ?? machine.cores;
  const info: EngineInfo = {
    name: 'cpu',
    device: machine.model,
    software: false,
    details: { cores: machine.cores, threads: most },
  };
  return {
    info,
    async load(plan: Plan): Promise<Population> {
      refuseTooLarge(plan, machine.memory);
      const small = options.threads === undefined && plan.worlds.length * plan.population < THREADS_FROM;
      const threads = small ? 1 : Math.min(most, MOST_THREADS);
      const threaded = threads > 1 || (options.inBackground ?? false);
      const allocation = allocate(plan, options.backEnd ?? 'wasm', threaded);
      const device = threaded
        ? await ThreadedDevice.start(plan, allocation, threads)
        : new InlineDevice(plan, allocation);
      return startPopulation(plan, device);
    },
    async dispose() {},
  };
}

function refuseTooLarge(plan: Plan, memory: number): void {
  const bytes = planBytes(plan);
  if (bytes > MEMORY_SHARE * memory) {
    const gib = (x: number): string => `${(x / 2 ** 30).toFixed(1)} GiB`;
    throw new GroundswellError({
      what: 'the population does not fit in memory',
      where: 'population',
      expected: `at most ${gib(MEMORY_SHARE * memory)} (${MEMORY_SHARE * 100} % of this machine's memory)`,
      got: `${gib(bytes)} for ${plan.worlds.length} worlds of ${plan.population} agents`,
      hint: 'use fewer agents, points or replicas',
    });
  }
}

/** The processor; a browser tells less than Node. */
async function describeMachine(): Promise<{ model: string; cores: number; memory: number }> {
  if (typeof process === 'undefined' || !process.versions?.node) {
    return { model: 'browser', cores: 1, memory: 2 ** 32 };
  }
  const os = await import('node:os');
  return { model: os.cpus()[0]?.model.trim() ?? os.arch(), cores: os.availableParallelism(), memory: os.totalmem() };
}
