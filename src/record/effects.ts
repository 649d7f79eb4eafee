// effects.parquet, the effects of runs on the same draws, and the folder of a comparison. What the effects are is told in src/experiment.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { type ColumnHead, writeParquet } from './columns.ts';
import { RUN_FILES, type RunFolder } from './folder.ts';
import { withChecksums } from './manifest.ts';

/** One row of effects.parquet. Numbers that are not defined are NaN. */
export interface EffectRow {
  /** What side b has and side a has not. */
  change: string;
  point: number;
  measure: string;
  /** `final`, or `last-quarter`: the mean over the last quarter of the run. */
  value: string;
  /** Means over replicas, and half-widths of their 95 % intervals. */
  a: number;
  a_half_width: number;
  b: number;
  b_half_width: number;
  /** The paired effect, divided by `span`. */
  effect: number;
  half_width: number;
  /** 1, or the difference of the parameter that a difference quotient is over. */
  span: number;
  replicas: number;
  effect_size: number;
  variance_removed: number;
  /** Steps, as in reports. */
  differs_from: number;
  first_step: number;
  lasting_from: number;
}

const TEXTS = ['change', 'measure', 'value'];
const COUNTS = ['point', 'replicas'];
const COLUMNS: readonly (keyof EffectRow)[] = [
  ...(['change', 'point', 'measure', 'value', 'a', 'a_half_width', 'b', 'b_half_width'] as const),
  ...(['effect', 'half_width', 'span', 'replicas', 'effect_size', 'variance_removed'] as const),
  ...(['differs_from', 'first_step', 'lasting_from'] as const),
];

/** The rows as Parquet. */
export function writeEffects(rows: readonly EffectRow[]): Uint8Array {
  const heads = COLUMNS.map((name): ColumnHead => {
    if (TEXTS.includes(name)) return { name, type: 'STRING' };
    return { name, type: COUNTS.includes(name) ? 'INT32' : 'DOUBLE' };
  });
  const data = COLUMNS.map(name =>
    TEXTS.includes(name)
      ? rows.map(row => String(row[name]))
      : COUNTS.includes(name)
        ? Int32Array.from(rows, row => Number(row[name]))
        : Float64Array.from(rows, row => Number(row[name])),
  );
  return writeParquet(heads, data);
}

/** Writes files and, last, a manifest that lists them, with checksums. What was written is taken away again when something cannot be. */
export function writeComparison(
  folder: RunFolder,
  manifest: Readonly<Record<string, unknown>>,
  files: Readonly<Record<string, Uint8Array | string>>,
): void {
  const names = Object.keys(files);
  const sealed = withChecksums({ format: 1, ...manifest, files: names });
  const texts = [...Object.entries(files), [RUN_FILES.manifest, `${JSON.stringify(sealed, null, 2)}\n`] as const];
  const written: string[] = [];
  folder.start();
  try {
    for (const [name, data] of texts) {
      folder.write(name, data);
      written.push(name);
    }
  } catch (error) {
    for (const name of written) rmSync(join(folder.path, name), { force: true });
    throw error;
  }
}
