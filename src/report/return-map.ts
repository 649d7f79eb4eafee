// The return map of a measure: each measured value against the one a step before, with the map that the theory predicts.
import type { ReturnMap } from '../experiment/predictions.ts';
import type { Axis } from './axes.ts';
import { type Course, rangeOf, spread } from './courses.ts';
import type { Figure, Layer } from './figure.ts';
import type { Column } from './input.ts';
import { formatNumber } from './numbers.ts';
import { measureDomain, seriesEncoding } from './scales.ts';
import { FAINT, INK } from './theme.ts';
import { citations } from './theory-words.ts';

/** A measure at some points of a run that measured every step. */
export interface ReturnMapRequest {
  column: Column;
  values: Float64Array;
  replica: Uint32Array;
  courses: readonly Course[];
  maps: readonly ReturnMap[];
  series?: Axis;
}

/** Marks in a figure; of more pairs of values, evenly chosen ones are drawn. */
const MOST_MARKS = 1500;
/** The map tells something if the values move over this part of the figure, and if it leaves the diagonal by this part. */
const LEAST_SPAN = 0.1;
const LEAST_DISTANCE = 0.02;

/** The figure, or undefined where there is nothing to see: no pairs of steps, values that hardly move, or a map that is nearly the diagonal. */
export function returnMapFigure({
  column,
  values,
  replica,
  courses,
  maps,
  series,
}: ReturnMapRequest): Figure | undefined {
  const pairs = courses.flatMap(course =>
    pairsOf(course, values, replica).map(pair => ({ ...pair, series: series?.of(course.point) })),
  );
  const shown = maps.filter(({ point }) => courses.some(course => course.point === point));
  if (pairs.length === 0 || shown.length === 0) return undefined;
  const domain = measureDomain(
    column,
    pairs.flatMap(({ now, next }) => [now, next]),
  );
  const width = domain[1] - domain[0];
  const [low, high] = rangeOf(pairs.map(({ now }) => now));
  const distance = Math.max(...shown.flatMap(({ xs, ys }) => ys.map((y, k) => Math.abs(y - xs[k]))));
  if (high - low < LEAST_SPAN * width || distance < LEAST_DISTANCE * width) return undefined;
  const marks = spread(pairs.length, MOST_MARKS).map(i => pairs[i]);
  const curves = shown.flatMap(({ point, xs, ys }) =>
    xs.map((now, k) => ({ now, next: ys[k], point, series: series?.of(point) })),
  );
  const scale = { domain, nice: false, zero: false };
  const x = { field: 'now', type: 'quantitative' as const, title: 'now', scale, axis: { tickCount: 5 } };
  const y = { field: 'next', type: 'quantitative' as const, title: 'a step later', scale, axis: { tickCount: 5 } };
  const { color, shape } = seriesEncoding(series, true);
  const layer: Layer[] = [
    {
      data: { values: domain.map(end => ({ now: end, next: end })) },
      mark: { type: 'line', strokeWidth: 0.8, stroke: FAINT, opacity: 0.7 },
      encoding: { x, y },
    },
    {
      data: { values: curves },
      mark: { type: 'line', clip: true, strokeWidth: 1.2, ...(series ? {} : { stroke: INK }) },
      encoding: { x, y, detail: { field: 'point' }, ...(series ? { color } : {}) },
    },
    {
      data: { values: marks },
      mark: { type: 'point', filled: true, size: 22, opacity: 0.6 },
      encoding: { x, y, color, shape },
    },
  ];
  return {
    title: `${column.name}: return map`,
    caption: `A mark per replica and step: the value a step later against the value now; on the thin diagonal nothing changes. Curve: ${citations(shown)}.`,
    description: `Return map of ${column.name}: ${pairs.length} pairs of successive values, from ${formatNumber(low, 3)} to ${formatNumber(high, 3)}, with the predicted map.`,
    wide: false,
    spec: { width: 300, height: 300, layer },
  };
}

/** Values of successive steps, replica by replica. */
function pairsOf({ steps, rows }: Course, values: Float64Array, replica: Uint32Array): { now: number; next: number }[] {
  const pairs: { now: number; next: number }[] = [];
  for (let k = 1; k < steps.length; k++) {
    if (steps[k] !== steps[k - 1] + 1) continue;
    const before = new Map(rows[k - 1].map(row => [replica[row], values[row]]));
    for (const row of rows[k]) {
      const pair = { now: before.get(replica[row]) ?? Number.NaN, next: values[row] };
      if (Number.isFinite(pair.now) && Number.isFinite(pair.next)) pairs.push(pair);
    }
  }
  return pairs;
}
