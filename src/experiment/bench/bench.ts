// The benchmark: declared workloads, contenders in turn, answers compared before times are told. Every round starts anew from the same prepared run, so that
// all do equal work from the same state, and no device idles beside a contender (a live one keeps a core busy).
import type { EngineName } from '../../engine/choose.ts';
import { GroundswellError } from '../../errors.ts';
import { workloads as declared, type Workload, type WorkloadSize } from '../../models/workloads.ts';
import { digestText } from '../../record/digest.ts';
import { type Prepared, prepare } from '../prepare.ts';
import { type Contender, findContenders } from './contenders.ts';
import { type BenchResult, type ContenderFacts, type ContenderTimes, spreadOf, type WorkloadResult } from './result.ts';

/** What to run, and on what. */
export interface BenchOptions {
  /** Sizes about 32 times smaller, for a look within half a minute. Default false. */
  quick?: boolean;
  /** Default `auto`: every engine that is there. */
  engine?: EngineName;
  /** The largest number of threads of the CPU engine. Default: as many as there are cores. */
  threads?: number;
  /** How often each contender is timed; a device in software once. Default 5, quick 3. */
  rounds?: number;
  /** Default: all that are declared. */
  workloads?: readonly Workload[];
  /** Instead of those that are found. */
  contenders?: readonly Contender[];
  /** Called before every timed run. */
  onProgress?: (workload: string, contender: string, round: number) => void;
}

/** Warm-up and timed steps of one contender. */
interface Round {
  seconds: number;
  gpuMs: number | null;
  digest: string;
}

/** Runs the benchmark. A workload whose answers differ, or are not those declared, has no times but a `failure`. */
export async function runBench(options: BenchOptions = {}): Promise<BenchResult> {
  const size = options.quick ? 'quick' : 'full';
  const rounds = options.rounds ?? (options.quick ? 3 : 5);
  const found = options.contenders
    ? { contenders: options.contenders, leftOut: [] }
    : await findContenders({ ...options, size });
  const leftOut = [...found.leftOut];
  const results: WorkloadResult[] = [];
  for (const workload of options.workloads ?? declared) {
    const able = found.contenders.filter(({ software }) => !(software && workload.needsHardware));
    for (const { label } of found.contenders.filter(contender => !able.includes(contender)))
      leftOut.push({ label, reason: `${workload.name}: takes a device in software too long to compile` });
    if (able.length > 0) results.push(await runWorkload(workload, size, able, { ...options, rounds }));
  }
  return { size, rounds, contenders: found.contenders.map(facts), leftOut, workloads: results };
}

/** What is told of a contender. */
function facts({ label, engine, device, software, threads }: ContenderFacts): ContenderFacts {
  return { label, engine, device, software, threads };
}

async function runWorkload(
  workload: Workload,
  size: BenchResult['size'],
  contenders: readonly Contender[],
  { rounds, onProgress }: BenchOptions & { rounds: number },
): Promise<WorkloadResult> {
  const { name, about, update, bytes, [size]: work } = workload;
  const { spec, warmUp, steps } = work;
  const prepared = await prepareWork(work);
  const updates = prepared.plan.population * prepared.plan.worlds.length * steps;
  const result = { name, about, update, bytes, spec, warmUp, steps, updates };
  try {
    if (size === 'full') await checkSmall(workload, contenders);
    const taken = contenders.map((): Round[] => []);
    for (let round = 0; round < rounds; round++) {
      for (const [k, contender] of contenders.entries()) {
        if (contender.software && round > 0) continue;
        onProgress?.(name, contender.label, round);
        taken[k].push(await runRound(contender, prepared, work));
      }
    }
    const expected = size === 'quick' ? workload.quick.digest : taken[0][0].digest;
    for (const [k, contender] of contenders.entries()) {
      for (const { digest } of taken[k])
        checkDigest(digest, expected, contender, size === 'quick' ? 'as declared' : `of ${contenders[0].label}`);
    }
    const times = contenders.map((contender, k) => timesOf(contender, taken[k], updates, bytes.streamed + bytes.gathered)); // biome-ignore format: one thought
    return { ...result, digest: expected, contenders: times };
  } catch (error) {
    if (!(error instanceof GroundswellError)) throw error;
    return { ...result, failure: error.message, contenders: [] };
  }
}

function prepareWork({ spec, warmUp, steps }: WorkloadSize): Promise<Prepared> {
  return prepare({ value: { ...spec, steps: warmUp + steps } });
}

/** The answers at the quick size are known, so that a contender alone is checked too. */
async function checkSmall({ quick }: Workload, contenders: readonly Contender[]): Promise<void> {
  const prepared = await prepareWork(quick);
  for (const contender of contenders) {
    const { digest } = await runRound(contender, prepared, quick);
    checkDigest(digest, quick.digest, contender, 'as declared, at the quick size');
  }
}

function checkDigest(got: string, expected: string, { label }: ContenderFacts, whose: string): void {
  if (got === expected) return;
  throw new GroundswellError({
    kind: 'run',
    what: 'wrong answer',
    where: label,
    expected: `digest ${expected} ${whose}`,
    got,
  });
}

async function runRound(contender: Contender, prepared: Prepared, { warmUp, steps }: WorkloadSize): Promise<Round> {
  const world = await contender.start(prepared);
  try {
    await world.step(warmUp, { every: 0 });
    await world.takeGpuMs?.();
    const begun = performance.now();
    await world.step(steps, { every: 0 });
    const seconds = (performance.now() - begun) / 1000;
    const gpuMs = (await world.takeGpuMs?.()) ?? null;
    return { seconds, gpuMs, digest: digestText((await world.stateDigests()).join('')) };
  } finally {
    await world.dispose();
  }
}

function timesOf(contender: Contender, rounds: readonly Round[], updates: number, bytes: number): ContenderTimes {
  const seconds = rounds.map(round => round.seconds);
  const gpuMs = rounds.flatMap(round => round.gpuMs ?? []);
  const updatesPerSecond = spreadOf(seconds.map(time => updates / time));
  return {
    ...facts(contender),
    seconds,
    gpuMs: gpuMs.length === rounds.length ? spreadOf(gpuMs) : null,
    updatesPerSecond,
    nanosecondsPerUpdate: spreadOf(seconds.map(time => (time / updates) * 1e9)),
    bytesPerSecond: updatesPerSecond.median * bytes,
  };
}
