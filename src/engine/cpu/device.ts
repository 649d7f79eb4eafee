// The processor as a device: compiled kernels over buffers in memory, in this thread or shared out among worker threads.
import type { Worker } from 'node:worker_threads';
import { GroundswellError } from '../../errors.ts';
import { BUFFERS, type BufferName, type Plan } from '../../plan/plan.ts';
import { COMMAND_WORDS, type Commands, type Device } from '../device.ts';
import { javascriptKernels, wasmKernels } from './kernels.ts';
import { type Allocation, BINDINGS, type Buffers, frameAt, meetingAt, release } from './memory.ts';
import { createRunner, type Share, type Work } from './runner.js';

/** Longest time that this thread computes without giving others a turn, in milliseconds. */
const SLICE_MS = 40;
/** State that several bundles are computed together for: less than the second-level cache of a core. */
const CACHED_BYTES = 2 ** 19;

/** The worlds shared out among threads: bundles while there are enough of them, which never meet; else the agents of each, and then threads meet after every dispatch. */
function sharesOf({ layout, buffers }: Plan, threads: number, mayMeet: boolean): Share[] {
  const { bundles, population } = layout;
  const together = Math.max(1, Math.floor((CACHED_BYTES * bundles) / (4 * buffers.state.words)));
  if (mayMeet && bundles < threads) {
    const all = { begin: 0, end: bundles };
    return Array.from({ length: threads }, (_, part) => ({
      bundles: all,
      together: bundles,
      population,
      part,
      parts: threads,
    }));
  }
  const shares = Math.min(threads, bundles);
  const bound = (k: number): number => Math.floor((k * bundles) / shares);
  return Array.from({ length: shares }, (_, k) => {
    return { bundles: { begin: bound(k), end: bound(k + 1) }, together, population, part: 0, parts: 1 };
  });
}

/** What each of the threads is given to do. */
function worksOf(plan: Plan, { buffers, one }: Allocation, threads: number): Work[] {
  const shares = sharesOf(plan, threads, one !== undefined);
  const named = Object.fromEntries(BUFFERS.map(name => [BINDINGS[name], buffers[name].buffer]));
  if (!one) {
    const kernels = javascriptKernels(plan);
    return shares.map(share => ({ kernels, buffers: named, share }));
  }
  const kernels = wasmKernels(plan, one, shares.length, shares[0].parts > 1);
  const { memory } = one;
  return shares.map((share, thread) => {
    const place = { memory, frameAt: frameAt(thread), meetingAt };
    return { kernels: kernels[thread], buffers: {}, place, share };
  });
}

abstract class CpuDevice implements Device {
  readonly #buffers: Buffers;

  constructor({ buffers }: Allocation) {
    this.#buffers = buffers;
  }

  abstract run(commands: Commands): Promise<void>;
  abstract dispose(): Promise<void>;

  async read(buffer: BufferName, at: number, words: number): Promise<Uint32Array> {
    return Uint32Array.from(this.#buffers[buffer].subarray(at, at + words));
  }

  async write(buffer: BufferName, at: number, data: Uint32Array): Promise<void> {
    this.#buffers[buffer].set(data, at);
  }
}

/** Everything in this thread, in slices, so that timers, signals and progress are served. */
export class InlineDevice extends CpuDevice {
  readonly #runner: ReturnType<typeof createRunner>;
  readonly #allocation: Allocation;
  #disposed = false;

  constructor(plan: Plan, allocation: Allocation) {
    super(allocation);
    this.#allocation = allocation;
    this.#runner = createRunner(worksOf(plan, allocation, 1)[0]);
  }

  async run(commands: Commands): Promise<void> {
    let sliceEnd = performance.now() + SLICE_MS;
    for (const block of this.#runner.blocks) {
      for (let at = 0; at < commands.length; at += COMMAND_WORDS) {
        this.#runner.run(block, commands, at, at + COMMAND_WORDS);
        if (performance.now() > sliceEnd) {
          await new Promise(resolve => setTimeout(resolve, 0));
          sliceEnd = performance.now() + SLICE_MS;
        }
      }
    }
  }

  async dispose(): Promise<void> {
    if (!this.#disposed) release(this.#allocation);
    this.#disposed = true;
  }
}

/** Threads that nobody uses now. They are kept: what V8 has learned of the kernels serves the next run, and a thread that waits keeps no process alive. */
const idle: Worker[] = [];

async function takeThread(): Promise<Worker> {
  const { Worker: Thread } = await import('node:worker_threads');
  const worker = idle.pop() ?? new Thread(new URL('./thread.js', import.meta.url));
  worker.unref();
  return worker;
}

/** Shared out among worker threads. */
export class ThreadedDevice extends CpuDevice {
  readonly #workers: readonly Worker[];
  readonly #allocation: Allocation;
  #failure: GroundswellError | undefined;
  #running = 0;
  #disposed = false;

  private constructor(allocation: Allocation, workers: readonly Worker[]) {
    super(allocation);
    this.#allocation = allocation;
    this.#workers = workers;
  }

  static async start(plan: Plan, allocation: Allocation, threads: number): Promise<ThreadedDevice> {
    const workers: Worker[] = [];
    for (const work of worksOf(plan, allocation, threads)) {
      const worker = await takeThread();
      worker.postMessage(work);
      workers.push(worker);
    }
    return new ThreadedDevice(allocation, workers);
  }

  async run(commands: Commands): Promise<void> {
    if (this.#failure) throw this.#failure;
    await Promise.all(this.#workers.map(worker => this.#runOn(worker, commands)));
  }

  async dispose(): Promise<void> {
    if (this.#disposed) return;
    this.#disposed = true;
    if (this.#running > 0 || this.#failure) {
      await Promise.all(this.#workers.map(worker => worker.terminate()));
    } else {
      for (const worker of this.#workers) worker.postMessage('forget');
      idle.push(...this.#workers);
    }
    release(this.#allocation);
  }

  #runOn(worker: Worker, commands: Commands): Promise<void> {
    worker.ref();
    this.#running++;
    return new Promise<void>((resolve, reject) => {
      const settle = (finish: () => void): void => {
        worker.off('message', done).off('error', fail).off('exit', fail);
        worker.unref();
        this.#running--;
        finish();
      };
      const done = (): void => settle(resolve);
      const fail = (cause: unknown): void => {
        const what = this.#disposed ? 'the run was stopped' : 'a worker thread failed';
        const got = cause instanceof Error ? cause.message : `exit code ${cause}`;
        this.#failure = new GroundswellError({ what, kind: 'run', got, cause });
        settle(() => reject(this.#failure));
      };
      worker.on('message', done).on('error', fail).on('exit', fail);
      worker.postMessage(commands);
    });
  }
}
