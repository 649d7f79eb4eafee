// What varies between the points of a run, and who shows it: the panels of a figure (facets) or the lines in a panel (series).
import type { Point } from '../spec/spec.ts';
import { formatNumber } from './numbers.ts';

/** A point as far as it differs from others. */
type Varied = Pick<Point, 'varied'>;

/** Something that takes more than one value over the points. */
export interface Axis {
  /** The spec's path, e.g. `params.noise`. */
  path: string;
  /** What a reader calls it, e.g. `noise`. */
  label: string;
  numeric: boolean;
  /** Distinct values as texts: numbers ascending, words in order of appearance. */
  values: readonly string[];
  /** The value of a point, as text. */
  of(point: number): string;
  /** The value of a point as a number; NaN if it is none. */
  numberOf(point: number): number;
}

/** How the points are shared out. Points that agree in facet and series differ in `rest`. */
export interface Arrangement {
  facet?: Axis;
  series?: Axis;
  rest: readonly Axis[];
}

/** As many lines as can be told apart by colour and marker. */
export const MOST_SERIES = 8;
/** As many panels as a page shows. */
export const MOST_FACETS = 24;

/** The axes of a run, in the order in which the points name them. */
export function axesOf(points: readonly Varied[]): Axis[] {
  const paths = [...new Set(points.flatMap(point => Object.keys(point.varied)))];
  return paths.map(path => axisOf(points, path)).filter(axis => axis.values.length > 1);
}

function axisOf(points: readonly Varied[], path: string): Axis {
  const raw = points.map(point => point.varied[path]);
  const numeric = raw.every(value => typeof value === 'number' || value === undefined);
  const distinct = [...new Set(raw)];
  if (numeric) distinct.sort((a, b) => Number(a ?? Number.NEGATIVE_INFINITY) - Number(b ?? Number.NEGATIVE_INFINITY));
  return {
    path,
    label: labelOf(path),
    numeric,
    values: distinct.map(textOf),
    of: point => textOf(raw[point]),
    numberOf: point => Number(raw[point] ?? Number.NaN),
  };
}

/** One axis of which every point is a value: the only one there is, or one labelled by all that varies. */
export function wholePoints(points: readonly Varied[], axes: readonly Axis[]): Axis {
  if (axes.length === 1 && axes[0].values.length === points.length) return axes[0];
  const name = (point: number): string =>
    axes.length === 1 ? axes[0].of(point) : axes.map(axis => axis.of(point)).join(' · ');
  const names = points.map((_, i) => (axes.length > 0 ? name(i) : `point ${i}`));
  const unique = names.map((text, i) => (names.indexOf(text) === i ? text : `${text} (point ${i})`));
  return {
    path: 'point',
    label: axes.map(axis => axis.label).join(' · ') || 'point',
    numeric: false,
    values: unique,
    of: point => unique[point],
    numberOf: point => point,
  };
}

/**
 * Few points are lines of one panel. Many get a panel for each value of the first axis that has few enough, and lines by the next;
 * what is left is drawn as further lines of the same look.
 */
export function arrange(points: readonly Point[], axes: readonly Axis[] = axesOf(points)): Arrangement {
  if (points.length === 1) return { rest: [] };
  if (points.length <= MOST_SERIES) return { series: wholePoints(points, axes), rest: [] };
  const facet = axes.find(axis => axis.values.length <= MOST_FACETS);
  const series = axes.find(axis => axis !== facet && axis.values.length <= MOST_SERIES);
  return { facet, series, rest: axes.filter(axis => axis !== facet && axis !== series) };
}

/** `params.noise` is noise; `init.opinion` is initial opinion; everything else keeps its last name. */
export function labelOf(path: string): string {
  const [root, ...rest] = path.split('.');
  const name = (rest.join('.') || root).replaceAll('_', ' ');
  return root === 'init' ? `initial ${name}` : name;
}

function textOf(value: number | string | undefined): string {
  if (value === undefined) return '–';
  return typeof value === 'number' ? formatNumber(value, 6) : value;
}
