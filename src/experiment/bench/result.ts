// What a benchmark finds, as plain data.
import type { EngineInfo } from '../../engine/engine.ts';
import type { Workload, WorkloadSize } from '../../models/workloads.ts';

/** Who computes: an engine, and on the CPU with how many threads. */
export interface ContenderFacts {
  /** E.g. `cpu, 2 threads`. */
  label: string;
  engine: EngineInfo['name'];
  device: string;
  /** True for a WebGPU device that is emulated in software: its times say nothing of a GPU. */
  software: boolean;
  /** Of the CPU engine. */
  threads?: number;
}

/** A median with the smallest and the largest value. */
export interface Spread {
  median: number;
  least: number;
  most: number;
}

/** What one contender took for a workload. */
export interface ContenderTimes extends ContenderFacts {
  /** Wall time of the timed steps, by round. */
  seconds: number[];
  /** Milliseconds of a round that a GPU was at work, from timestamps; null without a GPU, or where it has none. */
  gpuMs: Spread | null;
  updatesPerSecond: Spread;
  nanosecondsPerUpdate: Spread;
  /** Modelled bytes per second of the median round. */
  bytesPerSecond: number;
}

/** One workload: its declaration, and times only if every contender gave the same, right answer. */
export interface WorkloadResult extends Pick<Workload, 'name' | 'about' | 'update' | 'bytes'>, WorkloadSize {
  /** Updates of agents in a round: agents × worlds × steps. */
  updates: number;
  /** Digest of the states after the timed steps, the same for all. */
  digest?: string;
  /** Why there are no times. */
  failure?: string;
  /** None where the workload failed. */
  contenders: ContenderTimes[];
}

/** A whole benchmark. */
export interface BenchResult {
  size: 'full' | 'quick';
  rounds: number;
  contenders: ContenderFacts[];
  /** Engines that took no part in some or all of it, and why. */
  leftOut: { label: string; reason: string }[];
  workloads: WorkloadResult[];
}

/** Median, least and most; the median of an even number of values is the mean of the middle two. */
export function spreadOf(values: readonly number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  return {
    median: (sorted[Math.floor(middle)] + sorted[Math.ceil(middle)]) / 2,
    least: sorted[0],
    most: sorted[sorted.length - 1],
  };
}
