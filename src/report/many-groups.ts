// Measures by more groups than lines can be told apart: a heat map over time, and at the end a row per group. Few groups are lines and panels (figures.ts).

import { meanInterval } from '../experiment/interval.ts';
import type { Point } from '../spec/spec.ts';
import { type Axis, axesOf, MOST_SERIES, wholePoints } from './axes.ts';
import { bandsOf, type Course, known, rangeOf, spread } from './courses.ts';
import type { Figure } from './figure.ts';
import type { Column, ReportInput } from './input.ts';
import { formatNumber } from './numbers.ts';
import { facetHeading, measureDomain, seriesEncoding } from './scales.ts';

/** Up to so many groups are lines of a figure. */
const FEW_GROUPS = 12;
const MOST_PANELS = 6;
const MOST_CELLS = 6000;

/** A measure by many groups: a column per group. */
export interface ManyGroups {
  measure: string;
  columns: readonly Column[];
}

/** The measures by many groups among some columns, where the points are few enough to stand beside each other; and all other columns. */
export function manyGroupsOf(
  columns: readonly Column[],
  points: readonly Point[],
): { many: ManyGroups[]; rest: Column[] } {
  const byGroup = columns.filter(({ group, kind }) => group !== undefined && kind !== 'histogram');
  const measures = [...new Set(byGroup.map(({ measure }) => measure))];
  const many = measures
    .map(measure => ({ measure, columns: byGroup.filter(column => column.measure === measure) }))
    .filter(({ columns: own }) => own.length > FEW_GROUPS && points.length <= MOST_SERIES);
  const taken = new Set(many.flatMap(({ columns: own }) => own));
  return { many, rest: columns.filter(column => !taken.has(column)) };
}

/** The means over the replicas by group and step, a panel per point; undefined for a run of fewer than three measured steps. */
export function groupsOverTimeFigure(
  { measure, columns }: ManyGroups,
  { rows, spec }: ReportInput,
  courses: readonly Course[],
): Figure | undefined {
  const points = wholePoints(spec.points, axesOf(spec.points));
  const shown = spread(courses.length, MOST_PANELS).map(i => courses[i]);
  const most = Math.max(3, Math.min(80, Math.floor(MOST_CELLS / (shown.length * columns.length))));
  if (shown.every(({ steps }) => steps.length < 3)) return undefined;
  const data = shown.flatMap(course =>
    columns.flatMap(({ name, group }) => {
      const bands = bandsOf(course, rows.measures[name], most);
      return bands.flatMap(({ step, mean }, k) => {
        const until = bands[k + 1]?.step;
        if (mean === undefined || until === undefined) return [];
        return [{ point: facetHeading(points, points.of(course.point)), group, step, until, mean }];
      });
    }),
  );
  if (data.length === 0) return undefined;
  const last = Math.max(...data.map(({ until }) => until));
  const domain = measureDomain(columns[0], data.map(({ mean }) => mean)); // biome-ignore format: one thought
  const panel = {
    mark: { type: 'rect' as const, stroke: null },
    encoding: {
      x: { field: 'step', type: 'quantitative' as const, title: 'step', scale: { domain: [0, last], nice: false } },
      x2: { field: 'until' },
      y: groupRows(columns),
      color: {
        field: 'mean',
        type: 'quantitative' as const,
        title: measure,
        scale: { scheme: 'cividis' as const, domain },
        legend: { gradientLength: 160, gradientThickness: 8 },
      },
    },
  };
  const single = shown.length === 1;
  const size = { height: { step: 13 } };
  return {
    title: `${measure} over time`,
    caption: `A row per group; mean of the replicas.${shown.length < courses.length ? ` ${shown.length} of ${courses.length} points are shown, evenly chosen.` : ''}`,
    description: `Heat map of ${measure} by ${columns.length} groups from step 0 to ${last}.`,
    wide: !single,
    crisp: true,
    spec: single
      ? { data: { values: data }, width: 330, ...size, layer: [panel] }
      : {
          data: { values: data },
          facet: { field: 'point', type: 'nominal', sort: courses.map(({ point }) => facetHeading(points, points.of(point))), header: { title: null } }, // biome-ignore format: one thought
          columns: 3,
          spacing: 22,
          spec: { width: 230, ...size, layer: [panel] },
        },
  };
}

/** The values of the replicas at the end, a row per group, and a bar at their mean; points differ in colour. */
export function groupsAtEndFigure(
  many: ManyGroups,
  { rows, spec }: ReportInput,
  courses: readonly Course[],
): Figure | undefined {
  const { measure, columns } = many;
  const points: Axis | undefined = spec.points.length > 1 ? wholePoints(spec.points, axesOf(spec.points)) : undefined;
  const data = columns.flatMap(({ name, group }) =>
    courses.flatMap(({ point, final }) => {
      const values = known(final, rows.measures[name]);
      if (values.length === 0) return [];
      const common = { group, series: points?.of(point) };
      const marks = values.map(value => ({ ...common, role: 'replica', value }));
      return [...marks, { ...common, role: 'mean', value: meanInterval(values).mean }];
    }),
  );
  if (data.length === 0) return undefined;
  const drawn = data.map(({ value }) => value);
  const x = {
    field: 'value',
    type: 'quantitative' as const,
    title: null,
    scale: { domain: measureDomain(columns[0], drawn), nice: false, zero: false },
    axis: { grid: true, tickCount: 5 },
  };
  const y = groupRows(columns);
  const { color, shape } = seriesEncoding(points, true);
  const role = (name: string) => [{ filter: `datum.role === '${name}'` }];
  const [low, high] = rangeOf(drawn).map(value => formatNumber(value, 3));
  const bar = spec.replicas > 1 ? 'A mark per replica at its last step; upright bar: mean.' : 'At the last step.';
  return {
    title: `${measure} at the end`,
    caption: `A row per group. ${bar}${points ? ` Colour by ${points.label}.` : ''}`,
    description: `Final values of ${measure} in ${columns.length} groups, from ${low} to ${high}.`,
    wide: false,
    spec: {
      data: { values: data },
      width: 330,
      height: { step: 13 },
      layer: [
        {
          transform: role('replica'),
          mark: { type: 'point', filled: true, size: 24, opacity: 0.45 },
          encoding: { x, y, color, shape },
        },
        {
          transform: role('mean'),
          mark: { type: 'tick', orient: 'vertical', thickness: 2, size: 10, opacity: 1 },
          encoding: { x, y, color },
        },
      ],
    },
  };
}

/** Rows in the order of the groups. */
function groupRows(columns: readonly Column[]) {
  return {
    field: 'group',
    type: 'nominal' as const,
    title: null,
    sort: columns.map(({ group }) => group ?? ''),
    axis: { grid: false, ticks: false },
  };
}
