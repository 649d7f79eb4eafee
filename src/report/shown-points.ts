// Of many points a few that a figure has room for.
import { type Axis, axesOf, wholePoints } from './axes.ts';
import { type Course, spread } from './courses.ts';
import type { ReportInput } from './input.ts';

/** Some points of a run with an axis of their names; no axis where the run has one point. */
export interface ShownPoints {
  axis?: Axis;
  courses: readonly Course[];
  /** A sentence for the caption if others are left out, with a space before it. */
  left: string;
}

/** At most `most` of the points, evenly chosen. */
export function shownPoints(
  { spec }: Pick<ReportInput, 'spec'>,
  courses: readonly Course[],
  most: number,
): ShownPoints {
  return fewPoints(wholePoints(spec.points, axesOf(spec.points)), courses, most);
}

/** The same for an axis of which every point is a value. */
export function fewPoints(all: Axis, courses: readonly Course[], most: number): ShownPoints {
  const shown = spread(courses.length, most).map(i => courses[i]);
  if (all.values.length === 1) return { courses: shown, left: '' };
  const axis = { ...all, values: shown.map(({ point }) => all.of(point)) };
  const left =
    shown.length < courses.length ? ` ${shown.length} of ${courses.length} points are shown, evenly chosen.` : '';
  return { axis, courses: shown, left };
}
