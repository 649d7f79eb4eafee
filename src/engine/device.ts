// What a kind of device must offer so that src/engine/population.ts can run a plan on it: six buffers and a list of dispatches. It knows neither fields nor
// measures nor time.
import type { BufferName } from '../plan/plan.ts';

/**
 * Dispatches in order; each takes five words: kernel, step, ring slot, elementary updates to do, and part of the step. The plan's resident kernel has the number
 * behind those of its kernels; it takes so many steps as it is to do updates, and its part says after how many each to measure, 0 for none.
 */
export type Commands = Uint32Array;
export const COMMAND_WORDS = 5;

export interface Device {
  /** Whether it has the plan's resident kernel, and is to be given it. */
  readonly resident?: boolean;
  /** Carries out the commands, after all earlier ones. Resolves when they are done. */
  run(commands: Commands): Promise<void>;
  /** A copy of `words` words of a buffer, after all earlier commands. */
  read(buffer: BufferName, at: number, words: number): Promise<Uint32Array>;
  /** Replaces words of a buffer, after all earlier commands. */
  write(buffer: BufferName, at: number, data: Uint32Array): Promise<void>;
  dispose(): Promise<void>;
}
