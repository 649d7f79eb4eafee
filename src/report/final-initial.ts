// The figure of a measure's final value against its initial one, for runs that start from different states: it shows which
// states attract, and where they part.

import { meanInterval } from '../experiment/interval.ts';
import type { CriticalValue, TheoryCourse } from '../experiment/predictions.ts';
import type { Rows } from '../plan/rows.ts';
import type { Point } from '../spec/spec.ts';
import { type Axis, axesOf, MOST_FACETS, MOST_SERIES } from './axes.ts';
import { type Course, initialRows, known, rangeOf } from './courses.ts';
import type { Figure, Layer } from './figure.ts';
import type { Column } from './input.ts';
import { formatNumber } from './numbers.ts';
import { inPanels } from './panels.ts';
import { criticalRules, marksAlong } from './rules.ts';
import { type Domain, facetHeading, measureDomain, seriesEncoding } from './scales.ts';
import { DASH, FAINT, INK } from './theme.ts';
import { citations } from './theory-words.ts';

/** A measure of a run whose points start differently. */
export interface FinalAgainstInitial {
  title: string;
  column: Column;
  points: readonly Point[];
  rows: Rows;
  courses: readonly Course[];
  theory: readonly TheoryCourse[];
  /** Critical initial shares of this measure. */
  thresholds: readonly CriticalValue[];
}

/** Whether the points of a run start differently. */
export function startsVary(points: readonly Point[]): boolean {
  return axesOf(points).some(isInitial);
}

function isInitial(axis: Axis): boolean {
  return axis.path === 'init' || axis.path.startsWith('init.');
}

/** The figure, or undefined where the measure starts alike at all points. */
export function finalAgainstInitialFigure(request: FinalAgainstInitial): Figure | undefined {
  const { title, column, points, rows, courses, theory } = request;
  const others = axesOf(points).filter(axis => !isInitial(axis));
  const facet = others.find(axis => axis.values.length <= MOST_FACETS && others.length > 1);
  const series = others.find(axis => axis !== facet && axis.values.length <= MOST_SERIES);
  const rest = others.filter(axis => axis !== facet && axis !== series);
  const data = courses.flatMap(course => {
    const first = known(initialRows(course), rows.measures[column.name]);
    const last = known(course.final, rows.measures[column.name]);
    if (first.length === 0 || last.length === 0) return [];
    const { point } = course;
    const [low, high] = rangeOf(last);
    return [
      {
        facet: facet && facetHeading(facet, facet.of(point)),
        series: series?.of(point),
        rest: rest.map(axis => axis.of(point)).join(),
        initial: meanInterval(first).mean,
        final: meanInterval(last).mean,
        low,
        high,
        theory: theory.find(curve => curve.point === point)?.values.at(-1),
      },
    ];
  });
  if (new Set(data.map(datum => datum.initial)).size < 2) return undefined;
  const predicted = data.filter(datum => datum.theory !== undefined);
  const columns = facet ? columnsFor(facet.values.length) : 1;
  const width = facet ? Math.floor(860 / columns) - 26 : 300;
  const size = { width, height: facet ? Math.min(width, 200) : 300 };
  const x = measureDomain(
    column,
    data.map(({ initial }) => initial),
  );
  const y = measureDomain(
    column,
    data.flatMap(({ low, high }) => [low, high]),
  );
  const rules = criticalRules(request.thresholds, threshold => startOf(threshold, request), {
    ...{ x, y, height: size.height, facet, series },
    marks: marksAlong(
      data.map(({ initial, final, facet: panel, series: line, rest: other }) => ({
        ...{ x: initial, y: final, facet: panel },
        key: JSON.stringify([panel, line, other]),
      })),
      ({ key }) => key,
    ),
  });
  const layer = [...rules.layers, ...layers(series, x, y)];
  const values = [...data, ...rules.data];
  return {
    title: `${title}: final against initial`,
    caption: [
      'Mean of the replicas, with the range of their final values; thin diagonal: no change.',
      facet || series
        ? `${facet ? `A panel per ${facet.label}` : ''}${facet && series ? ', colour and marker' : series ? 'Colour and marker' : ''}${series ? ` by ${series.label}` : ''}.`
        : '',
      predicted.length > 0 ? `Dashed: ${citations(theory)}.` : '',
      rules.caption,
    ]
      .filter(Boolean)
      .join(' '),
    description: describe(title, data),
    wide: facet !== undefined,
    spec: inPanels(facet, { values, size, layer }, { columns, spacing: 24 }),
  };
}

/** The initial value of the measure that a critical share of its path leads to: between those of the points that start from other shares, or beyond them. */
function startOf(threshold: CriticalValue, { points, courses, rows, column }: FinalAgainstInitial): number | undefined {
  const starts = courses
    .map(course => ({
      share: Number(points[course.point].varied[threshold.of]),
      value: meanInterval(known(initialRows(course), rows.measures[column.name])).mean,
    }))
    .filter(({ share, value }) => Number.isFinite(share) && Number.isFinite(value))
    .sort((a, b) => a.share - b.share);
  const [first, last] = [starts[0], starts.at(-1)];
  if (!first || !last || first.share === last.share) return undefined;
  return first.value + ((threshold.value - first.share) * (last.value - first.value)) / (last.share - first.share);
}

function layers(series: Axis | undefined, xDomain: Domain, yDomain: Domain): Layer[] {
  const { color, shape } = seriesEncoding(series, true);
  const x = {
    field: 'initial',
    type: 'quantitative' as const,
    title: 'initial',
    scale: { domain: xDomain, nice: false, zero: false },
    axis: { tickCount: 5 },
  };
  const y = {
    field: 'final',
    type: 'quantitative' as const,
    title: 'final',
    scale: { domain: yDomain, nice: false, zero: false },
    axis: { tickCount: 5 },
  };
  const detail = { field: 'rest' };
  const diagonal = [Math.max(xDomain[0], yDomain[0]), Math.min(xDomain[1], yDomain[1])];
  return [
    {
      data: { values: diagonal.map(end => ({ end })) },
      mark: { type: 'line', strokeWidth: 0.8, stroke: FAINT, opacity: 0.7 },
      encoding: { x: { ...x, field: 'end' }, y: { ...y, field: 'end' } },
    },
    {
      mark: { type: 'line', clip: true, strokeWidth: 1.2, strokeDash: DASH, ...(series ? {} : { stroke: INK }) },
      encoding: { x, y: { ...y, field: 'theory' }, detail, ...(series ? { color } : {}) },
    },
    { mark: { type: 'line', strokeWidth: 1.2, opacity: 0.6 }, encoding: { x, y, detail, color } },
    {
      mark: { type: 'rule', strokeWidth: 1.2 },
      encoding: { x, y: { ...y, field: 'low' }, y2: { field: 'high' }, color },
    },
    { mark: { type: 'point', filled: true, size: 52, opacity: 1 }, encoding: { x, y, color, shape } },
  ];
}

/** The number of columns, of 4, 5 or 3, that leaves the fewest gaps in the last line of panels. */
function columnsFor(panels: number): number {
  const gaps = (columns: number): number => (columns - (panels % columns)) % columns;
  return [4, 5, 3].reduce((best, columns) => (gaps(columns) < gaps(best) ? columns : best));
}

function describe(
  title: string,
  data: readonly { facet?: string; series?: string; initial: number; final: number }[],
): string {
  const told = data.slice(0, 12).map(({ facet, series, initial, final }) => {
    const name = [facet, series].filter(part => part !== undefined).join(', ');
    return `${name ? `${name}: ` : ''}${formatNumber(initial, 3)} to ${formatNumber(final, 3)}`;
  });
  const more = data.length > told.length ? `; and ${data.length - told.length} more` : '';
  return `Final value of ${title} against its initial value. ${told.join('; ')}${more}.`;
}
