// What a plan needs, in bytes, before anything is allocated.
import { BUFFERS, type BufferName } from './buffers.ts';
import type { Plan } from './plan.ts';

/** Bytes of a plan's buffer. */
export function bufferBytes(plan: Plan, name: BufferName): number {
  return 4 * plan.buffers[name].words;
}

/** Bytes of all buffers of a plan. */
export function planBytes(plan: Plan): number {
  return BUFFERS.reduce((sum, name) => sum + bufferBytes(plan, name), 0);
}
