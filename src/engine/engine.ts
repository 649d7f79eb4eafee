// The one seam between what is computed and where. An engine loads plans; a loaded plan is a population that steps. Both engines are tested by one
// conformance suite (test/engine).
import type { Plan } from '../plan/plan.ts';
import type { Rows } from '../plan/rows.ts';
import type { Schedule } from '../spec/schedule.ts';

/** Where an engine computes, for people and for the manifest. */
export interface EngineInfo {
  /** Which engine. */
  name: 'cpu' | 'webgpu';
  /** E.g. the adapter's description, or the processor's model and the number of threads. */
  device: string;
  /** True for a WebGPU device that is emulated in software. */
  software: boolean;
  /** What else is known of the device, e.g. `cores`, `vendor`, `maxBindingBytes`. */
  details: Readonly<Record<string, string | number>>;
}

/** A device that runs plans. Dispose of it, or the process may not end. */
export interface Engine {
  /** What it computes on. */
  readonly info: EngineInfo;
  /** Allocates a run's buffers and computes its initial state. Refuses with a `GroundswellError` what does not fit. */
  load(plan: Plan): Promise<Population>;
  /** Frees the device. The engine's populations must not be used afterwards. */
  dispose(): Promise<void>;
}

/** What was measured: rows, and for the digest of the run the state digests and integer terms behind them. */
export interface Measured {
  rows: Rows;
  /** Per row: the digest of the world's state. */
  stateDigests: BigUint64Array;
  /** Per row, `cellCount` cells of two words: the integer terms behind the measures. */
  cells: Uint32Array;
}

/** All state of a run at one step, as it can be restored on any engine with the same plan. */
export interface Snapshot {
  /** Steps taken. */
  step: number;
  /** Encoded values of each field, world-major. */
  fields: Readonly<Record<string, Int32Array | Uint32Array>>;
}

/** When a call of `step` measures. */
export interface StepOptions {
  /** After every step whose number is a multiple of this (0: never), and after the last of the call. Default 1. */
  every?: number;
  /** Instead of `every`: after the steps that this names, and no others. How steps are shared out among calls then changes nothing. */
  schedule?: Schedule;
}

/** The worlds of a plan on an engine. Calls are carried out in order; everything that comes back is a promise. */
export interface Population {
  readonly plan: Plan;
  /** Steps taken so far, counting queued ones. */
  readonly stepCount: number;
  /**
   * Takes `count` steps and measures as the options say; the initial state is measured before the first step. What is measured waits on the device, however
   * many steps there are between, and comes to the host when there is no more room for it. Resolves when they are done.
   */
  step(count: number, options?: StepOptions): Promise<void>;
  /** What was measured since the last call, step by step and within a step world by world. */
  measured(): Promise<Measured>;
  /** Encoded values of a field, world-major: agent i of world w is at w · population + i. */
  read(field: string): Promise<Int32Array | Uint32Array>;
  /** Replaces a field's values in all worlds; same shape as `read`. */
  write(field: string, words: Int32Array | Uint32Array): Promise<void>;
  /** Digest of every world's present state. */
  digests(): Promise<BigUint64Array>;
  /** Writes of rules that had to be clamped to a field's range, per world. */
  saturations(): Promise<Uint32Array>;
  /** What the kernels of a plan with an instrument left for it; no words without one. */
  instrumentWords(): Promise<Uint32Array>;
  /** The whole state, for `restore` here or on another engine. */
  snapshot(): Promise<Snapshot>;
  /** Goes back, or on, to a state of the same plan. What was measured stays measured. */
  restore(snapshot: Snapshot): Promise<void>;
  /** Frees its buffers. */
  dispose(): Promise<void>;
}
