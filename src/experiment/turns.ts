// Runs that take turns: some at a time on one processor, each with its share of the threads, so that it is busy while one of them is prepared or its rows are read.
import { THREADS_FROM } from '../engine/cpu/engine.ts';
import type { EngineInfo } from '../engine/engine.ts';
import type { OpenOptions } from './open.ts';

/** Runs that the CPU engine computes at the same time. */
const AT_ONCE = 2;

/** How runs take turns, and what each gets of the engine. */
export interface Turns {
  atOnce: number;
  share: OpenOptions;
}

/** How runs of so many agents over all worlds take turns on an engine. Those on a GPU, and those that have to share already, come one after the other. */
export function turnsOn({ name, details }: EngineInfo, agents: number, options: OpenOptions): Turns {
  const threads = Number(details.threads);
  if (name !== 'cpu' || options.openEngine || options.inBackground || threads < AT_ONCE || agents < THREADS_FROM) {
    return { atOnce: 1, share: {} };
  }
  return { atOnce: AT_ONCE, share: { engine: 'cpu', threads: Math.floor(threads / AT_ONCE), inBackground: true } };
}

/** Does `run` for the numbers from `first` to `count` − 1, so many at once. When one fails, those that run are told by the signal, no other begins, and its error is thrown. */
export async function takeTurns(
  { first = 0, count, atOnce }: { first?: number; count: number; atOnce: number },
  run: (number: number, signal: AbortSignal) => Promise<void>,
): Promise<void> {
  const failure = new AbortController();
  let next = first;
  const lane = async (): Promise<void> => {
    while (next < count && !failure.signal.aborted) {
      try {
        await run(next++, failure.signal);
      } catch (error) {
        failure.abort(error);
      }
    }
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
  failure.signal.throwIfAborted();
}
