// The figure of a histogram measure at the end. How it came about is a heat map (heat-map.ts).
import type { Rows } from '../plan/rows.ts';
import type { Axis } from './axes.ts';
import { type Course, known, rangeOf, spread } from './courses.ts';
import type { Figure, Layer } from './figure.ts';
import type { Column } from './input.ts';
import { formatNumber } from './numbers.ts';
import { facetHeading } from './scales.ts';
import { colourOf, INK, PAPER } from './theme.ts';

/** A histogram measure at the points of a run. */
export interface Histogram {
  title: string;
  /** The measure of the columns; of an array field with its element, `<measure>.<k>`. */
  measure: string;
  group?: string;
  /** The element of an array field, from 0. */
  element?: number;
  /** One column per bin, ascending. */
  columns: readonly Column[];
  rows: Rows;
  courses: readonly Course[];
  /** The points' names. */
  points: Axis;
}

const MOST_PANELS = 12;

/** The shares of the bins at the last step, a panel per point. */
export function lastHistogramFigure({ title, columns, rows, courses, points }: Histogram): Figure | undefined {
  const shown = spread(courses.length, MOST_PANELS).map(i => courses[i]);
  const data = shown.flatMap(course => {
    const last = course.final;
    return columns.flatMap(({ name, bin }) => {
      const values = known(last, rows.measures[name]);
      if (values.length === 0 || !bin) return [];
      const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
      const [low, high] = rangeOf(values);
      const range = { low, high, middle: (bin.from + bin.to) / 2 };
      return [{ point: facetHeading(points, points.of(course.point)), from: bin.from, to: bin.to, mean, ...range }];
    });
  });
  if (data.length === 0) return undefined;
  const several = courses.some(course => course.final.length > 1);
  const x = {
    field: 'from',
    type: 'quantitative' as const,
    title: null,
    scale: { zero: false, nice: false, domain: ends(columns) },
  };
  const y = { field: 'mean', type: 'quantitative' as const, title: null, scale: { zero: true } };
  const layer: Layer[] = [
    {
      mark: { type: 'bar', orient: 'vertical', fill: colourOf(0), stroke: PAPER, strokeWidth: 0.6, binSpacing: 0 },
      encoding: { x, x2: { field: 'to' }, y, y2: { datum: 0 } },
    },
  ];
  if (several) {
    const whisker = { x: { ...x, field: 'middle' }, y: { ...y, field: 'low' }, y2: { field: 'high' } };
    layer.push({ mark: { type: 'rule', color: INK, strokeWidth: 1 }, encoding: whisker });
  }
  const peak = data.reduce((best, datum) => (datum.mean > best.mean ? datum : best));
  return {
    title: `${title} at the end`,
    caption: `Share of agents per bin at the last step${several ? '; bar: mean of the replicas, line: their range' : ''}.${fewer(shown.length, courses.length)}`,
    description:
      `Histogram of ${title} at the last step. The fullest bin is ${formatNumber(peak.from)} to ${formatNumber(peak.to)}` +
      `${courses.length > 1 ? ` at ${peak.point}` : ''}, with a share of ${formatNumber(peak.mean, 3)}.`,
    wide: shown.length > 1,
    spec: panels(data, shown.length, layer, points, { single: 220, many: 120 }),
  };
}

function panels(
  data: readonly object[],
  count: number,
  layer: Layer[],
  points: Axis,
  height: { single: number; many: number },
): Figure['spec'] {
  const values = data as Record<string, unknown>[];
  if (count === 1) return { data: { values }, width: 400, height: height.single, layer };
  const header = { title: null };
  return {
    data: { values },
    facet: { field: 'point', type: 'nominal', sort: points.values.map(value => facetHeading(points, value)), header },
    columns: 3,
    spacing: 22,
    spec: { width: 270, height: height.many, layer },
  };
}

/** The range of all bins. */
export function ends(columns: readonly Column[]): [number, number] {
  return [columns[0].bin?.from ?? 0, columns[columns.length - 1].bin?.to ?? 1];
}

function fewer(shown: number, all: number): string {
  return shown < all ? ` ${shown} of ${all} points are shown, evenly chosen.` : '';
}
