// A whole run in one call: the steps, measures and final state that a spec asks for.
import { concatRows, type Rows, rowCount } from '../plan/rows.ts';
import type { AgentsPart } from '../record/index.ts';
import { measuredUpTo, nextMeasured, type Schedule } from '../spec/index.ts';
import { type OpenOptions, open, type SpecLike, type World } from './open.ts';
import type { Predictions } from './predictions.ts';
import { createRecorder } from './recording.ts';
import { type Stopped, watchStops } from './stop.ts';
import { predictionsOf } from './theory.ts';

/** How far a run is. */
export interface Progress {
  /** Steps taken. */
  step: number;
  /** Steps in all. */
  steps: number;
}

/** What happens while a run runs, and what ends it early. */
export interface RunOptions {
  /** Called with the rows of every stretch of the run, as soon as they are there. */
  onRows?(rows: Rows, world: World): void | Promise<void>;
  /** Called with what the spec records of the agents, for every recorded step, a part per recorded world. Without it nothing is recorded. */
  onAgents?(parts: readonly AgentsPart[]): void | Promise<void>;
  /** Called after every stretch, about twice a second. */
  onProgress?: (progress: Progress) => void;
  /** Called when a condition of the spec's `stop` ends the run; it stands at that step then. */
  onStop?(stopped: Stopped): void;
  /** Ends the run after the stretch in hand. */
  signal?: AbortSignal;
  /** Ends it after this step, if that is before the spec's last. */
  until?: number;
  /** Steps at which to wait for `onPause`, ascending. What is measured does not depend on them. */
  pauses?: readonly number[];
  /** Called at each of these steps, with the rows so far. */
  onPause?(rows: readonly Rows[]): void | Promise<void>;
}

/** What comes out of a run. */
export interface Result {
  /** Typed-array columns: `point`, `replica`, `step` and one per measure, one value per world and measured step. */
  series: Record<string, Float64Array | Uint32Array>;
  /** The same as `Rows`. */
  rows: Rows;
  /** A field's values at the end of the run, world-major, of all agents and worlds whatever `record` chooses. Knows the recorded fields, or all if there are none. */
  final(field: string): Int32Array | Uint32Array | Float64Array;
  /** What the spec records: for every recorded step and world, in this order, the agents and their values of the recorded fields. */
  recorded: readonly AgentsPart[];
  /** Equal on every engine for equal specs and versions. */
  digest: string;
  /** The step at which a condition of `stop` held, if one did: then the last of the run. */
  stoppedAt: number | undefined;
  /** What the model's theories predict of this run. */
  theory: Predictions;
  /** Writes that had to be clamped to a field's range. */
  saturations: number;
  /** What it was computed on, and why there. */
  engine: World['engine'];
}

/** Runs a spec to its end. Everything that it records is held in memory. */
export async function simulate(spec: SpecLike, options: OpenOptions & RunOptions = {}): Promise<Result> {
  await using world = await open(spec, options);
  let stoppedAt: number | undefined;
  const recorded: AgentsPart[] = [];
  const rows = await runToEnd(world, {
    ...options,
    async onAgents(parts) {
      for (const part of parts) recorded.push(part);
      await options.onAgents?.(parts);
    },
    onStop(stopped) {
      stoppedAt = stopped.step;
      options.onStop?.(stopped);
    },
  });
  const parsed = world.prepared.spec;
  const names = parsed.record?.fields ?? Object.keys(parsed.model.fields);
  const finals = new Map<string, Int32Array | Uint32Array | Float64Array>();
  for (const name of names) finals.set(name, await world.read(name));
  return {
    series: { point: rows.point, replica: rows.replica, step: rows.step, ...rows.measures },
    rows,
    final: field => finals.get(field)!,
    recorded,
    digest: world.digest(),
    stoppedAt,
    theory: predictionsOf(world.prepared, rows),
    saturations: await world.saturations(),
    engine: world.engine,
  };
}

/** Seconds between two reports of progress, roughly; also the time that an interrupt may take. */
const STRETCH_SECONDS = 0.5;

/**
 * Takes an open run through the spec's steps, in stretches between which rows are handed on. Returns all rows. A stretch may end between two measured steps, so
 * that an interrupt never waits for the next of them; what is measured, and the digest, do not depend on the stretches. With conditions that end the run, a stretch
 * goes no further than to the first measured step at which one could hold. That costs a round trip to the device for each measured step (fewer with `for`), which
 * is less than keeping copies of the state to go back to; one who wants it faster measures less often.
 */
export async function runToEnd(world: World, options: RunOptions = {}): Promise<Rows> {
  const { onRows, onAgents, onProgress, onStop, signal, until, pauses = [] } = options;
  const { spec } = world.prepared;
  const recorder = onAgents && createRecorder(world, onAgents);
  const steps = Math.min(spec.steps, until ?? Number.POSITIVE_INFINITY);
  const schedule = { ...spec.measure.schedule, last: steps };
  const watch = watchStops(spec.stop, world.plan.worlds.length);
  let stopped: Stopped | undefined;
  const parts: Rows[] = [];
  const handOn = async (): Promise<Rows> => {
    const rows = await world.rows();
    parts.push(rows);
    if (rowCount(rows) > 0) await onRows?.(rows, world);
    return rows;
  };
  const take = async (count: number): Promise<void> => {
    try {
      await world.step(count, { schedule });
    } catch (error) {
      // a fault in checked mode: what was measured before it is sound
      if (world.plan.instrument) await handOn();
      throw error;
    }
    const rows = await handOn();
    await recorder?.onTheWay();
    stopped = watch.see(rows);
    if (stopped) onStop?.(stopped);
    onProgress?.({ step: world.stepCount, steps });
  };
  if (world.stepCount === 0 && !signal?.aborted) await take(0);
  let stretch = 1;
  while (world.stepCount < steps && !stopped && !signal?.aborted) {
    const begun = performance.now();
    const at = world.stepCount;
    const pause = pauses.find(step => step > at) ?? Number.POSITIVE_INFINITY;
    const limit = Math.min(at + stretch, pause, recorder?.next() ?? Number.POSITIVE_INFINITY);
    const end = endOfStretch(schedule, at, limit, watch.margin());
    await take(end - at);
    if (world.stepCount === pause) await options.onPause?.(parts);
    const seconds = (performance.now() - begun) / 1000;
    stretch = Math.max(1, Math.min(4 * stretch, Math.floor(((end - at) * STRETCH_SECONDS) / Math.max(seconds, 1e-3))));
  }
  await recorder?.atEnd(stopped !== undefined || world.stepCount === steps);
  return concatRows(parts);
}

/** The last step to be measured up to `limit`, and no more than the `most`-th one after `at`; or `limit` itself when there is none. */
function endOfStretch(schedule: Schedule, at: number, limit: number, most: number): number {
  let measured = measuredUpTo(schedule, limit);
  if (most < Number.POSITIVE_INFINITY) {
    let step = at;
    for (let k = 0; k < most && step < measured; k++) step = nextMeasured(schedule, step);
    measured = Math.min(measured, step);
  }
  return measured > at ? measured : limit;
}
