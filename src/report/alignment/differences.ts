// Matrices of how much better one group is aligned than another at the end, for each alignment that is measured by group.

import { meanInterval } from '../../experiment/interval.ts';
import { type Course, known } from '../courses.ts';
import type { Figure, Layer } from '../figure.ts';
import type { ReportInput } from '../input.ts';
import { formatNumber } from '../numbers.ts';
import { facetHeading } from '../scales.ts';
import { type ShownPoints, shownPoints } from '../shown-points.ts';
import { type Alignment, alignmentsOf, groupNames } from './measures.ts';

const MOST_GROUPS = 30;
/** Up to so many groups the cells have room for numbers. */
const FEW_GROUPS = 8;
const MOST_POINTS = 3;

interface Cell {
  panel: string;
  row: string;
  column: string;
  difference: number;
  /** The difference; on the diagonal the group's own mean. */
  text: string;
  sign: string;
  own: boolean;
}

/** The matrices, or undefined where no alignment is measured by group, or there are too few or many groups. */
export function differencesFigure(input: ReportInput, courses: readonly Course[]): Figure | undefined {
  const groups = groupNames(input);
  const alignments = alignmentsOf(input).filter(({ byGroup }) => byGroup);
  if (alignments.length === 0 || groups.length > MOST_GROUPS) return undefined;
  const points = shownPoints(input, courses, MOST_POINTS);
  const data = points.courses.flatMap(course =>
    alignments.flatMap(alignment => cellsOf(alignment, course, groups, points)),
  );
  const largest = Math.max(...data.map(({ difference }) => Math.abs(difference)));
  if (!(largest > 0)) return undefined;
  const panels = [...new Set(data.map(({ panel }) => panel))];
  const few = groups.length <= FEW_GROUPS;
  const { replicas } = input.spec;
  return {
    title: 'Differences between groups at the end',
    caption: `The row’s mean alignment less the column’s${replicas > 1 ? `, mean of ${replicas} replicas` : ''}: orange where the row is aligned better, blue where worse, the darker the more.${few ? ' In outlined cells: the group’s own mean.' : ' The signs tell the same.'}${points.left}`,
    description: `Matrices of the differences between ${groups.length} groups. ${panels.slice(0, 8).map(panel => told(panel, data)).join('; ')}.`, // biome-ignore format: one thought
    wide: panels.length > 1,
    spec: {
      data: { values: data },
      facet: { field: 'panel', type: 'nominal', sort: panels, header: { title: null } },
      columns: alignments.length,
      spacing: 30,
      spec: { width: sizeOf(groups), height: sizeOf(groups), layer: layers(groups, largest, few) },
    },
  };
}

function cellsOf({ role, byGroup }: Alignment, course: Course, groups: readonly string[], points: ShownPoints): Cell[] {
  const means = byGroup!.map(column => meanInterval(known(course.final, column)).mean);
  const panel = points.axis ? `${role} · ${facetHeading(points.axis, points.axis.of(course.point))}` : role;
  return groups.flatMap((row, g) =>
    groups.flatMap((column, h) => {
      const difference = means[g] - means[h];
      if (Number.isNaN(difference)) return [];
      const own = g === h;
      const sign = difference > 0 ? '+' : '−';
      const text = own ? decimals(means[g]) : `${difference > 0 ? sign : ''}${decimals(difference)}`;
      return [{ panel, row, column, difference, sign, text, own }];
    }),
  );
}

function layers(groups: readonly string[], largest: number, few: boolean): Layer[] {
  const sort = [...groups];
  const axis = { grid: false, ticks: false, domain: false, title: null, labelLimit: 110 };
  const place = {
    x: { field: 'column', type: 'nominal' as const, sort, axis: { ...axis, labelAngle: -45, labelFlush: false } },
    y: { field: 'row', type: 'nominal' as const, sort, axis },
  };
  const cells: Layer = {
    mark: { type: 'rect' },
    encoding: {
      ...place,
      color: {
        field: 'difference',
        type: 'quantitative',
        title: 'difference',
        // dark ends differ in hue, light middle is nothing; numbers and their signs tell the rest in grey
        scale: { domain: [-largest, 0, largest], range: ['#2166ac', '#f7f5f0', '#d9730d'], interpolate: 'rgb' },
        legend: { gradientLength: 160, gradientThickness: 8, tickCount: 5 },
      },
    },
  };
  const outline: Layer = {
    transform: [{ filter: 'datum.own' }],
    mark: { type: 'rect', fill: null, stroke: '#8a877f', strokeWidth: 1 },
    encoding: place,
  };
  const texts: Layer = {
    // without room for numbers, the signs of what is not nearly nothing
    transform: few ? [] : [{ filter: `abs(datum.difference) > ${largest / 10}` }],
    mark: { type: 'text', fontSize: few ? 10.5 : 9 },
    encoding: {
      ...place,
      text: { field: few ? 'text' : 'sign', type: 'nominal' },
      // fixed colours, since the cells have the same on dark pages
      color: { condition: { test: `datum.difference < ${-0.6 * largest}`, value: '#ffffff' }, value: '#1b1b19' },
    },
  };
  return few ? [cells, outline, texts] : [cells, texts];
}

function sizeOf(groups: readonly string[]): number {
  return groups.length <= FEW_GROUPS ? Math.max(120, 44 * groups.length) : 14 * groups.length;
}

function decimals(value: number): string {
  return value
    .toFixed(2)
    .replace(/^-(?=0\.00$)/, '')
    .replace('-', '−');
}

function told(panel: string, data: readonly Cell[]): string {
  const own = data.filter(cell => cell.panel === panel);
  const best = own.reduce((most, cell) => (cell.difference > most.difference ? cell : most));
  return `${panel}: ${best.row} is aligned best, by ${formatNumber(best.difference, 3)} more than ${best.column}`;
}
