// The figure of a measure's values at the end, one mark per replica: over the values of one parameter where it takes many, else
// in one row per value.

import type { Point } from '../spec/spec.ts';
import { type Arrangement, type Axis, arrange, axesOf, MOST_FACETS, MOST_SERIES, wholePoints } from './axes.ts';
import { rangeOf } from './courses.ts';
import type { Figure, Layer } from './figure.ts';
import type { Column } from './input.ts';
import { meanInterval } from './interval.ts';
import { formatNumber } from './numbers.ts';
import { facetHeading, isLogarithmic, measureDomain, seriesEncoding } from './scales.ts';

/** The end of a measure: `values[p]` are the replicas' final values at point p. */
export interface FinalValues {
  title: string;
  column: Column;
  points: readonly Point[];
  values: readonly (readonly number[])[];
}

interface Datum {
  role: 'replica' | 'mean';
  value: number;
  point: number;
  row?: string;
  x?: number;
  facet?: string;
  series?: string;
}

/** Marks in a figure; of more replicas, evenly chosen ones are drawn. */
const MOST_MARKS = 3000;

/** The figure, or undefined where it would be a single mark or none. */
export function finalValuesFigure(request: FinalValues): Figure | undefined {
  const marks = request.values.flat().length;
  if (marks < 2) return undefined;
  const axes = axesOf(request.points);
  const along = axes.find(axis => axis.numeric && axis.values.length > MOST_SERIES) ?? onlyNumeric(axes);
  return along ? response(request, along, axes) : strips(request, axes);
}

function onlyNumeric(axes: readonly Axis[]): Axis | undefined {
  return axes.length === 1 && axes[0].numeric && axes[0].values.length >= 4 ? axes[0] : undefined;
}

/** Final values over a parameter: a mark per replica and a line through the means. */
function response(request: FinalValues, along: Axis, axes: readonly Axis[]): Figure {
  const others = axes.filter(axis => axis !== along);
  const series = others.find(axis => axis.values.length <= MOST_SERIES);
  const facet = others.find(axis => axis !== series && axis.values.length <= MOST_FACETS);
  const rest = others.filter(axis => axis !== series && axis !== facet);
  const data = dataOf(request, { series, facet, rest }, point => ({ x: along.numberOf(point) }));
  const numbers = request.points.map((_, i) => along.numberOf(i)).filter(Number.isFinite);
  const scale = isLogarithmic(numbers) ? { type: 'log' as const, nice: false } : { zero: false, nice: true };
  const x = { field: 'x', type: 'quantitative' as const, title: along.label, scale };
  const domain = measureDomain(request.column, request.values.flat());
  const y = { field: 'value', type: 'quantitative' as const, title: null, scale: { domain, nice: false } };
  const { color, shape } = seriesEncoding(series, true);
  const layer: Layer[] = [
    {
      transform: [{ filter: `datum.role === 'mean'` }],
      mark: { type: 'line', strokeWidth: 1.6 },
      encoding: { x, y, color, ...(rest.length > 0 ? { detail: { field: 'rest' } } : {}) },
    },
    {
      transform: [{ filter: `datum.role === 'replica'` }],
      mark: { type: 'point', filled: true, size: 26, opacity: 0.55 },
      encoding: { x, y, color, shape },
    },
  ];
  const size = { width: facet ? 270 : 400, height: facet ? 150 : 220 };
  const caption = `A mark per replica at its last step, over ${along.label}; line: means.`;
  return {
    ...words(request, caption),
    wide: facet !== undefined,
    spec: facet
      ? {
          data: { values: data },
          facet: {
            field: 'facet',
            type: 'nominal',
            sort: facet.values.map(value => facetHeading(facet, value)),
            header: { title: null },
          },
          columns: 3,
          spacing: 22,
          spec: { ...size, layer },
        }
      : { data: { values: data }, ...size, layer },
  };
}

/** Final values in rows: a mark per replica, a bar at each mean. */
function strips(request: FinalValues, axes: readonly Axis[]): Figure {
  const { points, column, values } = request;
  const few = points.length <= MOST_SERIES;
  const { facet, series, rest } = arrange(points, axes);
  const rows = few ? wholePoints(points, axes) : facet;
  const split = few ? rows : series;
  const data = dataOf(request, { series: split, rest }, point => ({ row: points.length > 1 ? rows?.of(point) : '' }));
  const x = {
    field: 'value',
    type: 'quantitative' as const,
    title: null,
    scale: { domain: measureDomain(column, values.flat()), nice: false, zero: false },
    axis: { grid: true, tickCount: 5 },
  };
  const y = {
    field: 'row',
    type: 'nominal' as const,
    title: null,
    sort: rows ? [...rows.values] : null,
    axis: { grid: false },
  };
  const { color, shape } = seriesEncoding(points.length > 1 ? split : undefined, !few);
  const yOffset =
    split && !few ? { yOffset: { field: 'series', type: 'nominal' as const, sort: [...split.values] } } : {};
  const layer: Layer[] = [
    {
      transform: [{ filter: `datum.role === 'replica'` }],
      mark: { type: 'point', filled: true, size: 36, opacity: 0.45 },
      encoding: { x, y, color, shape, ...yOffset },
    },
    {
      transform: [{ filter: `datum.role === 'mean'` }],
      mark: { type: 'tick', orient: 'vertical', thickness: 2, size: few ? 16 : 11, opacity: 1 },
      encoding: { x, y, color, ...yOffset },
    },
  ];
  const rowWords = rows && points.length > 1 ? `A row per ${rows.label}. ` : '';
  const pooled =
    rest.length > 0 ? ` Marks of one look differ in ${rest.map(axis => axis.label).join(' and ')} too.` : '';
  return {
    ...words(
      request,
      `${rowWords}A mark per replica at its last step; upright bar: ${rest.length > 0 ? 'mean of a point' : 'mean'}.${pooled}`,
    ),
    wide: false,
    spec: { data: { values: data }, width: 300, height: few ? Math.max(48, 24 * points.length) : { step: 13 }, layer },
  };
}

function dataOf(
  { points, values }: FinalValues,
  { series, facet, rest }: Arrangement,
  place: (point: number) => Partial<Datum>,
): (Datum & { rest: string })[] {
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
    return [...replicas, { ...common, role: 'mean' as const, value: meanInterval(list).mean }];
  });
}

function words({ title, points, values }: FinalValues, caption: string) {
  const axis = wholePoints(points, axesOf(points));
  const told = points.slice(0, 8).map((_, point) => {
    const list = values[point] ?? [];
    const name = points.length > 1 ? `${axis.of(point)}: ` : '';
    if (list.length === 0) return `${name}no value`;
    const [low, high] = rangeOf(list).map(value => formatNumber(value, 3));
    return `${name}mean ${formatNumber(meanInterval(list).mean, 3)}, from ${low} to ${high}`;
  });
  const more = points.length > told.length ? `; and ${points.length - told.length} more points` : '';
  return { title, caption, description: `Final values of ${title} in every replica. ${told.join('; ')}${more}.` };
}
