// Several measures of one run as lines of one panel, a panel per point: the alignments beside each other, or the measures of concentration.
import type { Axis } from '../axes.ts';
import type { Course } from '../courses.ts';
import type { Figure } from '../figure.ts';
import type { ReportInput } from '../input.ts';
import { overTimeFigure } from '../over-time.ts';
import { shownPoints } from '../shown-points.ts';
import { alignmentsOf } from './measures.ts';

const MOST_PANELS = 12;

interface NamedLine {
  label: string;
  values: Float64Array;
}

/** All alignments over time: means of the agents and the replicas, with the range of the replicas. */
export function alignmentsOverTimeFigure(input: ReportInput, courses: readonly Course[]): Figure | undefined {
  const lines = alignmentsOf(input).map(({ role, mean }) => ({ label: role, values: mean }));
  return linesFigure('Alignments', 'alignment', lines, input, courses);
}

/** How unequally influence is shared out, over time: 0 is equally, 1 one agent alone. */
export function concentrationFigure(input: ReportInput, courses: readonly Course[]): Figure | undefined {
  const { gini, top, herfindahl } = input.spec.model.alignments?.concentration ?? {};
  const named = { Gini: gini, 'share of the top': top, Herfindahl: herfindahl };
  const lines = Object.entries(named).flatMap(([label, name]) => {
    const values = name === undefined ? undefined : input.rows.measures[name];
    return values ? [{ label, values }] : [];
  });
  const figure = linesFigure('Concentration of influence', 'measure', lines, input, courses);
  return figure && { ...figure, caption: `${figure.caption} ${CONCENTRATION}` };
}

const CONCENTRATION =
  'All are 1 if one agent has all influence. Equally shared, Gini is 0, the share of the top is its share of the agents, and Herfindahl one part in their number.';

function linesFigure(
  title: string,
  label: string,
  named: readonly NamedLine[],
  input: ReportInput,
  courses: readonly Course[],
): Figure | undefined {
  if (named.length === 0) return undefined;
  const { axis: facet, courses: shown, left } = shownPoints(input, courses, MOST_PANELS);
  const values = named.map(line => line.label);
  const series: Axis = { path: label, label, numeric: false, values, of: i => values[i], numberOf: i => i };
  const lines = shown.flatMap(course =>
    named.map(line => ({
      // both kinds are drawn like shares: from 0, and up to 1 unless they are small
      column: { name: line.label, measure: line.label, kind: 'share' as const },
      values: line.values,
      course,
      facet: facet?.of(course.point),
      series: line.label,
    })),
  );
  const figure = overTimeFigure({ title, lines, replicas: input.spec.replicas, facet, series, rest: [] });
  return figure && { ...figure, caption: `${figure.caption}${left}` };
}
