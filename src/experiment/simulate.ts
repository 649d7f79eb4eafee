// A whole run in one call: the steps, measures and final state that a spec asks for.
import { concatRows, type Rows, rowCount } from '../plan/rows.ts';
import { type OpenOptions, open, type SpecLike, type World } from './open.ts';
import { type TheoryCourse, theoryCourses } from './theory.ts';

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
  /** Called after every stretch, about twice a second. */
  onProgress?: (progress: Progress) => void;
  /** Ends the run after the stretch in hand. */
  signal?: AbortSignal;
  /** Ends it after this step, if that is before the spec's last. */
  until?: number;
}

/** What comes out of a run. */
export interface Result {
  /** Typed-array columns: `point`, `replica`, `step` and one per measure, one value per world and measured step. */
  series: Record<string, Float64Array | Uint32Array>;
  /** The same as `Rows`. */
  rows: Rows;
  /** A field's final values, world-major. */
  final(field: string): Int32Array | Uint32Array | Float64Array;
  /** Equal on every engine for equal specs and versions. */
  digest: string;
  /** Predicted courses of the model, where its theory applies. */
  theory: readonly TheoryCourse[];
  /** Writes that had to be clamped to a field's range. */
  saturations: number;
  /** What it was computed on, and why there. */
  engine: World['engine'];
}

/** Runs a spec to its end. `result.final` knows the fields that the spec records, or all when it names none. */
export async function simulate(spec: SpecLike, options: OpenOptions & RunOptions = {}): Promise<Result> {
  await using world = await open(spec, options);
  const rows = await runToEnd(world, options);
  const parsed = world.prepared.spec;
  const names = parsed.record.length > 0 ? parsed.record : Object.keys(parsed.model.fields);
  const finals = new Map<string, Int32Array | Uint32Array | Float64Array>();
  for (const name of names) finals.set(name, await world.read(name));
  return {
    series: { point: rows.point, replica: rows.replica, step: rows.step, ...rows.measures },
    rows,
    final: field => finals.get(field)!,
    digest: world.digest(),
    theory: theoryCourses(world.prepared, rows),
    saturations: await world.saturations(),
    engine: world.engine,
  };
}

/** Seconds between two reports of progress, roughly; also the time that an interrupt may take. */
const STRETCH_SECONDS = 0.5;

/**
 * Takes an open run through the spec's steps, in stretches between which rows are handed on. Returns all rows. A stretch may end between two measured steps, so
 * that an interrupt never waits for the next of them; what is measured, and the digest, do not depend on the stretches.
 */
export async function runToEnd(world: World, { onRows, onProgress, signal, until }: RunOptions = {}): Promise<Rows> {
  const { measure } = world.prepared.spec;
  const steps = Math.min(world.prepared.spec.steps, until ?? Number.POSITIVE_INFINITY);
  const parts: Rows[] = [];
  const handOn = async (): Promise<void> => {
    const rows = await world.rows();
    parts.push(rows);
    if (rowCount(rows) > 0) await onRows?.(rows, world);
  };
  const take = async (count: number, every: number): Promise<void> => {
    try {
      await world.step(count, { every });
    } catch (error) {
      // a fault in checked mode: what was measured before it is sound
      if (world.plan.instrument) await handOn();
      throw error;
    }
    await handOn();
    onProgress?.({ step: world.stepCount, steps });
  };
  if (world.stepCount === 0 && !signal?.aborted) await take(0, measure.every);
  let stretch = 1;
  while (world.stepCount < steps && !signal?.aborted) {
    const begun = performance.now();
    const at = world.stepCount;
    const end = endOfStretch(at, Math.min(steps, at + stretch), steps, measure.every);
    await take(end - at, end % measure.every === 0 || end === steps ? measure.every : 0);
    const seconds = (performance.now() - begun) / 1000;
    stretch = Math.max(1, Math.min(4 * stretch, Math.floor(((end - at) * STRETCH_SECONDS) / Math.max(seconds, 1e-3))));
  }
  return concatRows(parts);
}

/** The last step to be measured up to `limit`, or `limit` itself when there is none. */
function endOfStretch(at: number, limit: number, steps: number, every: number): number {
  if (limit === steps) return steps;
  const measured = Math.floor(limit / every) * every;
  return measured > at ? measured : limit;
}
