// The memory of a run on the processor: all buffers of a plan in one WebAssembly memory, or each in an array of its own where they do not fit into one.
import { GroundswellError } from '../../errors.ts';
import { bufferBytes } from '../../plan/memory.ts';
import { BUFFERS, type BufferName, type Plan } from '../../plan/plan.ts';
import { PAGES, type Region } from '../../wgsl/index.ts';

export type Buffers = Record<BufferName, Uint32Array>;

/** Names of the buffers in shaders/agent/frame.wgsl. */
export const BINDINGS: Readonly<Record<BufferName, string>> = {
  state: 'state_words',
  setup: 'setup_words',
  rows: 'row_words',
  columns: 'column_words',
  scratch: 'scratch_words',
  ring: 'ring_words',
};

/** Bytes of an address space of 32 bits. */
const ADDRESS_SPACE = 2 ** 32;
/** Bytes of a cache line: no two threads should write to one, so that everything begins at a multiple of it. */
export const LINE = 64;
/** Where buffers begin. Before them: nothing for a page, so that 0 is no address, then the frames of the threads and the words at which they meet. */
const FRAMES_AT = 2 ** 16;
const BUFFERS_AT = 2 ** 17;
const MEETING_AT = BUFFERS_AT - LINE;

/** How kernels are compiled: to WebAssembly, or to JavaScript, which is slower and easier to look into. */
export const BACK_ENDS = ['wasm', 'javascript'] as const;
/** One of `BACK_ENDS`. */
export type BackEnd = (typeof BACK_ENDS)[number];

/** One memory with all buffers. Pages that nothing touches take none of the machine's. */
export interface OneMemory {
  memory: WebAssembly.Memory;
  /** Where the buffers lie, by binding name. */
  regions: Record<string, Region>;
  /** Bytes in use. */
  end: number;
}

/** A run's buffers, and the memory they are in if they are in one. */
export interface Allocation {
  buffers: Buffers;
  one?: OneMemory;
}

/** Address of a thread's frame. */
export const frameAt = (thread: number): number => FRAMES_AT + LINE * thread;
/** Address of the words at which threads wait for each other. */
export const meetingAt = MEETING_AT;
/** Most threads: what there is room for. */
export const MOST_THREADS = (MEETING_AT - FRAMES_AT) / LINE;

/** Allocates a plan's buffers. Without WebAssembly they are shared between threads only if `shared`. */
export function allocate(plan: Plan, backEnd: BackEnd, shared: boolean): Allocation {
  const one = backEnd === 'wasm' ? oneMemory(plan) : undefined;
  const buffers: Partial<Buffers> = {};
  for (const name of BUFFERS) {
    const bytes = bufferBytes(plan, name);
    if (one) {
      buffers[name] = new Uint32Array(one.memory.buffer, one.regions[BINDINGS[name]].at, bytes / 4);
      continue;
    }
    try {
      buffers[name] = new Uint32Array(shared ? new SharedArrayBuffer(bytes) : new ArrayBuffer(bytes));
    } catch (cause) {
      const hint = 'use fewer agents, points or replicas';
      throw new GroundswellError({ what: `no memory for the ${name} buffer`, expected: `${bytes} bytes`, hint, cause });
    }
  }
  return { buffers: buffers as Buffers, ...(one && { one }) };
}

/** Buffers in this order, so that runs that differ in their constants only have the others at the same addresses. */
const ORDER: readonly BufferName[] = ['state', 'rows', 'columns', 'scratch', 'ring', 'setup'];

/** The buffers in one memory; undefined where they do not fit, or there is no such memory. */
function oneMemory(plan: Plan): OneMemory | undefined {
  let end = BUFFERS_AT;
  const regions: Record<string, Region> = {};
  for (const name of ORDER) {
    const bytes = bufferBytes(plan, name);
    regions[BINDINGS[name]] = { at: end, bytes };
    end += Math.ceil(bytes / LINE) * LINE;
  }
  // what is left is for the kernels' own arrays
  if (end > ADDRESS_SPACE - 2 ** 24) return undefined;
  const memory = takeMemory();
  return memory && { memory, regions, end };
}

/** Memories that are free again, all zero. They are kept, since the engine does not learn from their size when to collect them. */
const free: WebAssembly.Memory[] = [];

function takeMemory(): WebAssembly.Memory | undefined {
  const known = free.pop();
  if (known) return known;
  try {
    return new WebAssembly.Memory({ initial: PAGES, maximum: PAGES, shared: true });
  } catch {
    return undefined;
  }
}

/** Gives the memory to the next run. Nobody may use it any more. */
export function release({ one }: Allocation): void {
  if (!one) return;
  new Uint8Array(one.memory.buffer, 0, one.end).fill(0);
  free.push(one.memory);
}
