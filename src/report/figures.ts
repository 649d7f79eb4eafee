// Which figures a report has, in order, by section. How each is drawn is told in its own file.

import type { TheoryCourse } from '../experiment/predictions.ts';
import { alignmentFigures } from './alignment/section.ts';
import { type Arrangement, type Axis, arrange, axesOf, MOST_SERIES, wholePoints } from './axes.ts';
import { type Course, coursesOf, known, lastStep, spread } from './courses.ts';
import type { Figure } from './figure.ts';
import { finalAgainstInitialFigure, startsVary } from './final-initial.ts';
import { finalValuesFigure } from './final-values.ts';
import { heatMapFigure } from './heat-map.ts';
import { heatMapsOf, histogramsOf } from './histogram-columns.ts';
import { lastHistogramFigure } from './histograms.ts';
import type { Column, ReportInput } from './input.ts';
import { groupsAtEndFigure, groupsOverTimeFigure, manyGroupsOf } from './many-groups.ts';
import { marksOf, withMarks } from './marks.ts';
import { overTimeFigure } from './over-time.ts';
import { returnMapFigure } from './return-map.ts';
import { movesInTime } from './still.ts';

/** Figures under one heading. */
export interface FigureSection {
  heading: string;
  figures: Figure[];
}

/** All figures of a report; sections without figures are left out. */
export function figureSections(input: ReportInput): FigureSection[] {
  const courses = coursesOf(input.rows);
  const scalar = input.columns.filter(column => column.kind !== 'histogram');
  const { many, rest: plain } = manyGroupsOf(scalar, input.spec.points);
  const moving = plain.filter(column => movesInTime(input.rows, column));
  const shares = plain.filter(column => column.kind === 'share');
  const histograms = histogramsOf(input, courses);
  const maps = heatMapsOf(histograms, input);
  const marks = marksOf(input.spec);
  const marked = (figure: Figure | undefined): Figure | undefined => withMarks(figure, marks, lastStep(courses));
  const sections: FigureSection[] = [
    { heading: 'Alignment', figures: present(alignmentFigures(input, courses, maps)) },
    {
      heading: 'Final against initial state',
      figures: startsVary(input.spec.points)
        ? present(shares.map(column => finalAgainstInitial(input, courses, column)))
        : [],
    },
    {
      heading: 'Over time',
      figures: present([
        ...overTime(input, courses, moving.length > 0 ? moving : plain).map(marked),
        ...many.map(groups => marked(groupsOverTimeFigure(groups, input, courses))),
        ...maps.filter(map => !map.stances).map(map => marked(heatMapFigure(map))),
        ...plain.map(column => returnMap(input, courses, column)),
      ]),
    },
    {
      heading: 'At the end',
      figures: present([
        ...histograms.map(lastHistogramFigure),
        ...plain.map(column => finalValues(input, courses, column)),
        ...many.map(groups => groupsAtEndFigure(groups, input, courses)),
      ]),
    },
    { heading: 'Further figures', figures: (input.figures ?? []).map(figure => ({ ...figure, wide: true })) },
  ];
  return sections.filter(section => section.figures.length > 0);
}

/** One figure per measure; per group too, where the points leave no room for groups. */
function overTime(input: ReportInput, courses: readonly Course[], columns: readonly Column[]): (Figure | undefined)[] {
  const arrangement = arrange(input.spec.points);
  const measures = [...new Set(columns.map(column => column.measure))];
  return measures.flatMap(measure => {
    const own = columns.filter(column => column.measure === measure);
    if (own.length > 1 && !arrangement.facet) return [byGroup(input, courses, measure, own, arrangement.series)];
    return own.map(column => byPoint(input, courses, column, arrangement));
  });
}

/** Groups are the lines of a single point's panel, or the panels of a few points. */
function byGroup(
  input: ReportInput,
  courses: readonly Course[],
  measure: string,
  columns: readonly Column[],
  series: Axis | undefined,
): Figure | undefined {
  const groups = groupAxis(columns);
  const lines = courses.flatMap(course =>
    columns.map(column => {
      const group = column.group ?? column.name;
      const place = series ? { facet: group, series: series.of(course.point) } : { series: group };
      return {
        column,
        values: input.rows.measures[column.name],
        course,
        theory: theoryOf(input, column, course),
        ...place,
      };
    }),
  );
  const shape = series ? { facet: groups, series } : { series: groups };
  return overTimeFigure({ title: measure, lines, replicas: input.spec.replicas, rest: [], ...shape });
}

function byPoint(
  input: ReportInput,
  courses: readonly Course[],
  column: Column,
  { facet, series, rest }: Arrangement,
): Figure | undefined {
  // Without an axis for panels, as in a sweep over very many values, a few points stand for all.
  const crowded = !facet && !series && courses.length > 1;
  const shown = crowded ? spread(courses.length, MOST_SERIES).map(i => courses[i]) : courses;
  const lineAxis = crowded ? someOf(wholePoints(input.spec.points, axesOf(input.spec.points)), shown) : series;
  const lines = shown.map(course => ({
    column,
    values: input.rows.measures[column.name],
    course,
    facet: facet?.of(course.point),
    series: lineAxis?.of(course.point),
    theory: theoryOf(input, column, course),
  }));
  const { replicas } = input.spec;
  const left = crowded ? [] : rest;
  const figure = overTimeFigure({ title: column.name, lines, replicas, facet, series: lineAxis, rest: left });
  if (!figure || !crowded) return figure;
  return {
    ...figure,
    caption: `${figure.caption} ${shown.length} of ${courses.length} points are shown, evenly chosen.`,
  };
}

function theoryOf({ theory }: ReportInput, column: Column, { point }: Course): TheoryCourse | undefined {
  return theory.courses.find(curve => curve.measure === column.name && curve.point === point);
}

/** Of many points a few, evenly chosen. */
function returnMap(input: ReportInput, courses: readonly Course[], column: Column): Figure | undefined {
  const maps = input.theory.maps.filter(({ measure }) => measure === column.name);
  if (maps.length === 0) return undefined;
  const { rows, spec } = input;
  const shown = spread(courses.length, MOST_SERIES).map(i => courses[i]);
  const series = spec.points.length > 1 ? someOf(wholePoints(spec.points, axesOf(spec.points)), shown) : undefined;
  const values = rows.measures[column.name];
  return returnMapFigure({ column, values, replica: rows.replica, courses: shown, maps, series });
}

function someOf(axis: Axis, courses: readonly Course[]): Axis {
  return { ...axis, values: courses.map(course => axis.of(course.point)) };
}

function finalValues(input: ReportInput, courses: readonly Course[], column: Column): Figure | undefined {
  const values: number[][] = input.spec.points.map(() => []);
  for (const course of courses) {
    values[course.point] = known(course.final, input.rows.measures[column.name]);
  }
  const ofColumn = ({ measure }: { measure: string }): boolean => measure === column.name;
  return finalValuesFigure({
    title: `${column.name} at the end`,
    column,
    points: input.spec.points,
    values,
    steady: input.theory.steady.filter(ofColumn),
    curves: input.theory.curves.filter(ofColumn),
    thresholds: input.theory.thresholds,
  });
}

function finalAgainstInitial(input: ReportInput, courses: readonly Course[], column: Column): Figure | undefined {
  const { rows, spec } = input;
  const theory = input.theory.courses.filter(curve => curve.measure === column.name);
  const thresholds = input.theory.thresholds.filter(({ measure }) => measure === column.name);
  return finalAgainstInitialFigure({
    title: column.name,
    column,
    points: spec.points,
    rows,
    courses,
    theory,
    thresholds,
  });
}

function groupAxis(columns: readonly Column[]): Axis {
  const values = columns.map(column => column.group ?? column.name);
  return {
    path: 'group',
    label: columns[0].by ?? 'group',
    numeric: false,
    values,
    of: i => values[i],
    numberOf: i => i,
  };
}

function present(figures: readonly (Figure | undefined)[]): Figure[] {
  return figures.filter(figure => figure !== undefined);
}
