// What a benchmark found, as an aligned table and as JSON.
import { arch, cpus, platform, release, totalmem } from 'node:os';
import { type BenchResult, type ContenderTimes, formatCount, type WorkloadResult } from '../../index.ts';
import { textTable } from '../table.ts';
import { version } from '../version.ts';
import type { MemoryRates } from './memory.ts';

/** A benchmark with where it was run. */
export interface BenchReport extends BenchResult {
  machine: Machine;
  /** By number of threads. */
  memory: MemoryRates[];
}

interface Machine {
  groundswell: string;
  node: string;
  platform: string;
  cpu: string;
  cores: number;
  memoryBytes: number;
}

/** This machine. */
export function describeMachine(): Machine {
  const cores = cpus();
  return {
    groundswell: version,
    node: process.version,
    platform: `${platform()} ${release()} ${arch()}`,
    cpu: cores[0]?.model.trim() ?? arch(),
    cores: cores.length,
    memoryBytes: totalmem(),
  };
}

/** A row per workload and contender; a workload that failed says why. */
export function benchText({ machine, memory, size, rounds, workloads, leftOut }: BenchReport): string {
  const onGpu = workloads.some(({ contenders }) => contenders.some(({ engine }) => engine === 'webgpu'));
  const heads = [
    'workload',
    'contender',
    'M updates/s',
    'least to most',
    'ns/update',
    'bytes/update',
    'GB/s',
    'of memory',
    ...(onGpu ? ['GPU ms', 'of wall'] : []),
  ];
  const rows = workloads.flatMap(workload => rowsOf(workload, memory, onGpu));
  return [
    `groundswell ${machine.groundswell}, Node.js ${machine.node}, ${machine.cpu}, ${machine.cores} cores; ${size} size, median of ${rounds} rounds`,
    '',
    textTable([heads, ...rows]),
    '',
    ...failures(workloads),
    ...leftOut.map(({ label, reason }) => `left out: ${label}: ${reason}`),
    ...memory.map(
      ({ threads, streamed, gathered }) =>
        `memory, ${threads} ${threads === 1 ? 'thread' : 'threads'}: triad ${giga(streamed)} GB/s, random words ${giga(gathered)} GB/s`,
    ),
    'bytes/update: a stated model, the same for every engine (docs/benchmarking.md); of memory: its share of the triad with as many threads.',
  ].join('\n');
}

function rowsOf(
  { name, updates, bytes, contenders }: WorkloadResult,
  memory: readonly MemoryRates[],
  onGpu: boolean,
): string[][] {
  return contenders.map((contender, k) => {
    const { label, updatesPerSecond: rate, nanosecondsPerUpdate, bytesPerSecond } = contender;
    const share = shareOfMemory(contender, memory);
    return [
      k === 0 ? `${name} (${formatCount(updates)} updates)` : '',
      label,
      mega(rate.median),
      `${mega(rate.least)} to ${mega(rate.most)}`,
      nanosecondsPerUpdate.median.toPrecision(3),
      String(bytes.streamed + bytes.gathered),
      giga(bytesPerSecond),
      share === undefined ? '' : `${Math.round(100 * share)} %`,
      ...(onGpu ? gpuCells(contender, updates) : []),
    ];
  });
}

/** How long a GPU was at work in the median round, and the share of the wall time that this is. */
function gpuCells({ gpuMs, updatesPerSecond }: ContenderTimes, updates: number): [string, string] {
  if (gpuMs === null) return ['', ''];
  const share = (gpuMs.median / 1000) * (updatesPerSecond.median / updates);
  return [String(Number(gpuMs.median.toPrecision(3))), `${Math.round(100 * share)} %`];
}

function failures(workloads: readonly WorkloadResult[]): string[] {
  const failed = workloads.filter(({ failure }) => failure !== undefined);
  return failed.map(({ name, failure }) => `FAILED: ${name}: ${failure}; its times are not told`);
}

/** Modelled bytes per second over those of the triad with as many threads; undefined for other engines, whose memory was not measured. */
export function shareOfMemory(contender: ContenderTimes, memory: readonly MemoryRates[]): number | undefined {
  const rates = memory.find(({ threads }) => threads === contender.threads);
  return rates && contender.bytesPerSecond / rates.streamed;
}

const mega = (value: number): string => (value / 1e6).toPrecision(3);
const giga = (value: number): string => (value / 1e9).toPrecision(3);
