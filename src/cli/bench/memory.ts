// How fast this machine's memory is for JavaScript, measured with as many threads as a contender has: what a number of modelled bytes is held against.
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

/** Rates of the whole machine with so many threads. */
export interface MemoryRates {
  threads: number;
  /** Bytes per second of a triad, 24 for each element: two numbers read and one written (McCalpin's STREAM). */
  streamed: number;
  /** Bytes per second of words gathered at random places, 4 for each word; a processor fetches a whole cache line for it. */
  gathered: number;
}

interface Part {
  begin: number;
  end: number;
  bytes: number;
}

/** Numbers of 8 bytes in each of a thread's three arrays: 64 MiB each, larger than a core's share of any cache. A power of two. */
const ELEMENTS = 2 ** 23;
/** Bytes of all arrays of all threads together that may be used. */
const MOST_BYTES = 2 ** 31;

/** Measures with threads that all work at the same time; about a second. */
export async function measureMemory(threads: number): Promise<MemoryRates> {
  // three arrays and the places of the words to gather
  let elements = ELEMENTS;
  while (threads * elements * 32 > MOST_BYTES) elements /= 2;
  const workers = Array.from(
    { length: threads },
    () => new Worker(new URL('./memory-thread.js', import.meta.url), { workerData: { elements } }),
  );
  try {
    await Promise.all(workers.map(worker => once(worker, 'message')));
    const rate = async (what: 'triad' | 'gather'): Promise<number> => {
      const answers = workers.map(worker => once(worker, 'message'));
      for (const worker of workers) worker.postMessage(what);
      const parts: Part[] = (await Promise.all(answers)).map(([part]) => part);
      const bytes = parts.reduce((sum, part) => sum + part.bytes, 0);
      const seconds = Math.max(...parts.map(({ end }) => end)) - Math.min(...parts.map(({ begin }) => begin));
      return bytes / (seconds / 1000);
    };
    return { threads, streamed: await rate('triad'), gathered: await rate('gather') };
  } finally {
    await Promise.all(workers.map(worker => worker.terminate()));
  }
}
