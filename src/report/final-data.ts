// What figures of final values share: the request, its marks, and its words.

import { meanInterval } from '../experiment/interval.ts';
import type { CriticalValue, SteadyCurve, SteadyState } from '../experiment/predictions.ts';
import type { Point } from '../spec/spec.ts';
import { type Arrangement, axesOf, wholePoints } from './axes.ts';
import { rangeOf } from './courses.ts';
import type { Column } from './input.ts';
import { formatNumber } from './numbers.ts';
import { facetHeading } from './scales.ts';

/** The end of a measure: `values[p]` are the replicas' final values at point p. Predictions are those of this measure. */
export interface FinalValues {
  title: string;
  column: Column;
  points: readonly Point[];
  values: readonly (readonly number[])[];
  steady: readonly SteadyState[];
  curves: readonly SteadyCurve[];
  /** Of all paths; a figure draws those of its horizontal axis. */
  thresholds: readonly CriticalValue[];
}

export interface Datum {
  role: 'replica' | 'mean' | 'theory';
  value: number;
  point: number;
  rest: string;
  row?: string;
  x?: number;
  facet?: string;
  series?: string;
}

/** Marks in a figure; of more replicas, evenly chosen ones are drawn. */
const MOST_MARKS = 3000;

/** A datum per replica, per mean and per stable stationary value. */
export function finalData(
  { points, values, steady }: FinalValues,
  { series, facet, rest }: Arrangement,
  place: (point: number) => Partial<Datum>,
): Datum[] {
  const most = Math.max(1, Math.floor(MOST_MARKS / points.length));
  return points.flatMap((_, point) => {
    const common = {
      point,
      series: series?.of(point),
      facet: facet && facetHeading(facet, facet.of(point)),
      rest: rest.map(axis => axis.of(point)).join(),
      ...place(point),
    };
    const list = values[point] ?? [];
    if (list.length === 0) return [];
    const stride = Math.ceil(list.length / most);
    const chosen = list.filter((_, i) => i % stride === 0);
    const replicas = chosen.map(value => ({ ...common, role: 'replica' as const, value }));
    const predicted = steady
      .filter(state => state.point === point)
      .flatMap(({ branches }) => branches.filter(({ stable }) => stable))
      .map(({ value }) => ({ ...common, role: 'theory' as const, value }));
    return [...replicas, { ...common, role: 'mean' as const, value: meanInterval(list).mean }, ...predicted];
  });
}

/** Title, caption and description of a figure of final values. */
export function finalWords({ title, points, values }: FinalValues, caption: readonly string[]) {
  const axis = wholePoints(points, axesOf(points));
  const told = points.slice(0, 8).map((_, point) => {
    const list = values[point] ?? [];
    const name = points.length > 1 ? `${axis.of(point)}: ` : '';
    if (list.length === 0) return `${name}no value`;
    const [low, high] = rangeOf(list).map(value => formatNumber(value, 3));
    return `${name}mean ${formatNumber(meanInterval(list).mean, 3)}, from ${low} to ${high}`;
  });
  const more = points.length > told.length ? `; and ${points.length - told.length} more points` : '';
  return {
    title,
    caption: caption.filter(Boolean).join(' '),
    description: `Final values of ${title} in every replica. ${told.join('; ')}${more}.`,
  };
}
