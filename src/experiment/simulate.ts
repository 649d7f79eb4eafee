// A whole run in one call: the steps, measures and final state that a spec asks for.
import { concatRows, type Rows } from '../plan/rows.ts';
import { type OpenOptions, open, type SpecLike, type World } from './open.ts';
import { type TheoryCourse, theoryCourses } from './theory.ts';

/** How far a run is. */
export interface Progress {
  step: number;
  steps: number;
}

export interface RunOptions {
  /** Called with the rows of every stretch of the run, as soon as they are there. */
  onRows?(rows: Rows, world: World): void | Promise<void>;
  onProgress?(progress: Progress): void;
  /** Ends the run after the stretch in hand. */
  signal?: AbortSignal;
}

/** What comes out of a run. */
export interface Result {
  /** Typed-array columns: `point`, `replica`, `step` and one per measure, one value per world and measured step. */
  series: Record<string, Float64Array | Uint32Array>;
  rows: Rows;
  /** A field's final values, world-major. */
  final(field: string): Int32Array | Uint32Array | Float64Array;
  /** Equal on every engine for equal specs and versions. */
  digest: string;
  theory: readonly TheoryCourse[];
  /** Writes that had to be clamped to a field's range. */
  saturations: number;
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
    theory: theoryCourses(parsed, world.prepared.topology, world.plan.population, rows),
    saturations: await world.saturations(),
    engine: world.engine,
  };
}

/** Seconds between two reports of progress, roughly; also the time that an interrupt may take. */
const STRETCH_SECONDS = 0.5;

/** Takes an open run through the spec's steps, in stretches between which rows are handed on. Returns all rows. */
export async function runToEnd(world: World, { onRows, onProgress, signal }: RunOptions = {}): Promise<Rows> {
  const { steps, measure } = world.prepared.spec;
  const parts: Rows[] = [];
  let stretch = 1;
  for (let at = world.stepCount; at < steps && !signal?.aborted; ) {
    const begun = performance.now();
    const end = Math.min(steps, Math.ceil((at + stretch) / measure.every) * measure.every);
    await world.step(end - at, { every: measure.every });
    const rows = await world.rows();
    parts.push(rows);
    await onRows?.(rows, world);
    at = end;
    onProgress?.({ step: at, steps });
    const seconds = (performance.now() - begun) / 1000;
    stretch = Math.max(1, Math.min(4 * stretch, Math.floor((stretch * STRETCH_SECONDS) / Math.max(seconds, 1e-3))));
  }
  return concatRows(parts);
}
