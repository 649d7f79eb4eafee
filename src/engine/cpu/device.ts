// The processor as a device: kernels compiled to JavaScript over typed arrays, in this thread or with the worlds shared out among worker threads.
import type { Worker } from 'node:worker_threads';
import { GroundswellError } from '../../errors.ts';
import { bufferBytes } from '../../plan/memory.ts';
import { BUFFERS, type BufferName, type Plan } from '../../plan/plan.ts';
import { emitKernel, type Module } from '../../wgsl/index.ts';
import { COMMAND_WORDS, type Commands, type Device } from '../device.ts';
import { type CompiledKernel, createRunner, type WorldRange } from './runner.js';

/** Longest time that this thread computes without giving others a turn, in milliseconds. */
const SLICE_MS = 40;
/** State that several replicas are computed together for: less than the second-level cache of a core. */
const CACHED_BYTES = 2 ** 19;

export type Buffers = Record<BufferName, Uint32Array>;

/** Allocates a plan's buffers; shared between threads when there are several. */
export function allocate(plan: Plan, shared: boolean): Buffers {
  const buffers: Partial<Buffers> = {};
  for (const name of BUFFERS) {
    const bytes = bufferBytes(plan, name);
    try {
      buffers[name] = new Uint32Array(shared ? new SharedArrayBuffer(bytes) : new ArrayBuffer(bytes));
    } catch (cause) {
      const hint = 'use fewer agents, points or replicas';
      throw new GroundswellError({ what: `no memory for the ${name} buffer`, expected: `${bytes} bytes`, hint, cause });
    }
  }
  return buffers as Buffers;
}

/** Texts by module, which plans of runs that are compared share. */
const emitted = new WeakMap<Module, string>();

function emit(module: Module): string {
  const text = emitted.get(module) ?? emitKernel(module, 'main').text;
  emitted.set(module, text);
  return text;
}

/** The plan's kernels in JavaScript. */
export function compile(plan: Plan): CompiledKernel[] {
  return plan.kernels.map(kernel => ({
    text: emit(kernel.module),
    items: kernel.shape.kind === 'items' ? kernel.shape.items : 1,
  }));
}

/**
 * The worlds shared out among at most `threads` threads: replicas while there are enough of them, else the points of a sweep. The points of a replica share its
 * matchings, so that with pairing only replicas can be shared out.
 */
export function rangesOf(plan: Plan, threads: number): WorldRange[] {
  const { points, replicas, partnerBase } = plan.layout;
  const byReplica = replicas >= threads || partnerBase !== undefined || replicas >= points;
  const parts = Math.min(threads, byReplica ? replicas : points);
  const bound = (k: number, count: number): number => Math.floor((k * count) / parts);
  const together = Math.max(1, Math.floor((CACHED_BYTES * replicas) / bufferBytes(plan, 'state')));
  return Array.from(
    { length: parts },
    (_, k) =>
    byReplica
      ? { replicaBegin: bound(k, replicas), replicaEnd: bound(k + 1, replicas), pointBegin: 0, pointEnd: points, together }
      : { replicaBegin: 0, replicaEnd: replicas, pointBegin: bound(k, points), pointEnd: bound(k + 1, points), together }, // biome-ignore format: one thought
  );
}

/** Buffers under the names that shaders/agent/frame.wgsl gives them. */
function bindings(buffers: Buffers): Record<string, ArrayBufferLike> {
  const { state, setup, rows, columns, scratch, ring } = buffers;
  return {
    state_words: state.buffer,
    setup_words: setup.buffer,
    row_words: rows.buffer,
    column_words: columns.buffer,
    scratch_words: scratch.buffer,
    ring_words: ring.buffer,
  };
}

abstract class CpuDevice implements Device {
  readonly #buffers: Buffers;

  constructor(buffers: Buffers) {
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

  constructor(plan: Plan, buffers: Buffers) {
    super(buffers);
    this.#runner = createRunner(compile(plan), bindings(buffers), rangesOf(plan, 1)[0]);
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

  async dispose(): Promise<void> {}
}

/** Threads that nobody uses now. They are kept: what V8 has learned of the kernels serves the next run, and a thread that waits keeps no process alive. */
const idle: Worker[] = [];

async function takeThread(): Promise<Worker> {
  const { Worker: Thread } = await import('node:worker_threads');
  const worker = idle.pop() ?? new Thread(new URL('./thread.js', import.meta.url));
  worker.unref();
  return worker;
}

/** Worlds shared out among worker threads. */
export class ThreadedDevice extends CpuDevice {
  readonly #workers: readonly Worker[];
  #failure: GroundswellError | undefined;
  #running = 0;
  #disposed = false;

  private constructor(buffers: Buffers, workers: readonly Worker[]) {
    super(buffers);
    this.#workers = workers;
  }

  static async start(plan: Plan, buffers: Buffers, threads: number): Promise<ThreadedDevice> {
    const kernels = compile(plan);
    const workers: Worker[] = [];
    for (const range of rangesOf(plan, threads)) {
      const worker = await takeThread();
      worker.postMessage({ kernels, buffers: bindings(buffers), range });
      workers.push(worker);
    }
    return new ThreadedDevice(buffers, workers);
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
      return;
    }
    for (const worker of this.#workers) worker.postMessage('forget');
    idle.push(...this.#workers);
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
