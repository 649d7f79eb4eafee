// Rows of two runs on the same draws → effects by point and measure: at the end, over the last quarter, and at every step.
import { type Rows, rowCount } from '../plan/rows.ts';
import { type Onset, onsetOf, type PairedEffect, pairedEffect } from './paired.ts';

/** What the two sides differ by in one measure at one point. */
export interface MeasureEffect {
  measure: string;
  point: number;
  /** At the last measured step. */
  final: PairedEffect;
  /** Of the means over the measured steps in the last quarter of the run, per replica. */
  lastQuarter: PairedEffect;
  /** Those means by replica, of either side. */
  replicas: { a: readonly number[]; b: readonly number[] };
  onset: Onset;
  /** At every measured step. */
  course: { steps: readonly number[]; effects: readonly PairedEffect[] };
}

/** Where the values of replicas are: `rows[point][k][replica]` is the row at `steps[k]`. */
interface Places {
  steps: number[];
  rows: number[][][];
}

/** The effects of side b over side a, for the columns of both, point by point. Both have the same measured steps, points and replicas. */
export function measureEffects(a: Rows, b: Rows, measures: readonly string[]): MeasureEffect[] {
  const [inA, inB] = [placesOf(a), placesOf(b)];
  return inA.rows.flatMap((_, point) => measures.map(measure => effectOf(measure, point, [a, inA], [b, inB])));
}

type SideRows = readonly [Rows, Places];

function effectOf(measure: string, point: number, a: SideRows, b: SideRows): MeasureEffect {
  const { steps } = a[1];
  const values = [a, b].map(([rows, places]) =>
    places.rows[point].map(replicas => replicas.map(row => rows.measures[measure][row])),
  );
  const effects = steps.map((_, k) => pairedEffect(values[0][k], values[1][k]));
  const last = steps.at(-1)!;
  const quarter = steps.flatMap((step, k) => (step >= 0.75 * last ? [k] : []));
  const [overA, overB] = quarterMeans(values[0], values[1], quarter);
  return {
    measure,
    point,
    final: effects.at(-1)!,
    lastQuarter: pairedEffect(overA, overB),
    replicas: { a: overA, b: overB },
    onset: onsetOf(steps, effects),
    course: { steps, effects },
  };
}

/** Per replica, over the steps at which both sides have a value, so that means of a pair are over the same steps. */
function quarterMeans(a: readonly number[][], b: readonly number[][], steps: readonly number[]): [number[], number[]] {
  const replicas = a[0].map((_, replica) => {
    const both = steps.filter(k => !Number.isNaN(a[k][replica]) && !Number.isNaN(b[k][replica]));
    const mean = (side: readonly number[][]) => both.reduce((sum, k) => sum + side[k][replica], 0) / both.length;
    return [mean(a), mean(b)] as const;
  });
  return [replicas.map(([mean]) => mean), replicas.map(([, mean]) => mean)];
}

function placesOf(rows: Rows): Places {
  const steps = [...new Set(rows.step)].sort((x, y) => x - y);
  const position = new Map(steps.map((step, k) => [step, k]));
  const found: number[][][] = [];
  for (let row = 0; row < rowCount(rows); row++) {
    const point = rows.point[row];
    found[point] ??= steps.map(() => []);
    found[point][position.get(rows.step[row])!][rows.replica[row]] = row;
  }
  return { steps, rows: found };
}
