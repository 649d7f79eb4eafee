// What theory says of a run, beside its results: stationary and critical values by point for the table of results, and a table of every prediction with how far
// to believe it.
import type { CriticalValue, Predictions, Told } from '../experiment/predictions.ts';
import { THEORY_STATUS } from '../model/index.ts';
import type { Point } from '../spec/spec.ts';
import { labelOf } from './axes.ts';
import { rangeOf } from './courses.ts';
import { type Html, html } from './html.ts';
import type { Column, ReportInput } from './input.ts';
import { formatNumber } from './numbers.ts';
import { isShare } from './scales.ts';

/** The stable stationary value of a measure at a point that is nearest to a measured one, with the others in brackets. */
export function steadyCell({ steady }: Predictions, column: Column, point: number, measured: number): string {
  const state = steady.find(({ measure, point: at }) => measure === column.name && at === point);
  const values = (state?.branches ?? []).filter(({ stable }) => stable).map(({ value }) => value);
  if (values.length === 0) return '–';
  // four decimals of a share: less is below what any run resolves
  const text = (value: number): string => formatNumber(isShare(column) ? Number(value.toFixed(4)) : value);
  const [nearest, ...others] = values.sort((a, b) => Math.abs(a - measured) - Math.abs(b - measured)).map(text);
  return others.length > 0 ? `${nearest} (or ${others.join(', ')})` : nearest;
}

/** A column of critical values: of what the run varies, where they are not the same at all points. */
export interface CriticalColumn {
  label: string;
  of(point: number): string;
}

/** The columns of critical values that the table of results gets. */
export function criticalColumns({ theory, spec }: ReportInput): CriticalColumn[] {
  return byPath(theory.thresholds)
    .filter(([path, list]) => spec.points.some(({ varied }) => path in varied) && differs(list, spec.points.length))
    .map(([path, list]) => {
      const values = new Map(list.map(({ point, value }) => [point, formatNumber(value)]));
      return { label: `critical ${labelOf(path)}`, of: point => values.get(point) ?? '–' };
    });
}

/** Every prediction of the run; undefined if there is none. */
export function theoryTable({ theory, spec }: ReportInput): Html | undefined {
  const rows: [string, Html | string, Told][] = [
    ...unique(theory.courses).map((told): [string, string, Told] => [`${told.measure} over time`, '', told]),
    ...unique(theory.steady).map((told): [string, string, Told] => [`${told.measure}, stationary`, '', told]),
    ...byPath(theory.thresholds).flatMap(([path, list]) =>
      unique(list).map((told): [string, string, Told] => [
        `critical ${labelOf(path)}`,
        `${criticalText(list, spec.points.length)}; this run: ${rangeText(spec.points.map(point => valueAt(point, path)))}`,
        told,
      ]),
    ),
  ];
  if (rows.length === 0) return undefined;
  const statuses = [...new Set(rows.map(([, , { status }]) => status))];
  return html`<h3>Theory</h3>
<table class="facts theory"><tbody>${rows.map(
    ([subject, value, { about, source, status }]) => html`<tr><th scope="row">${subject}</th>
<td>${value !== '' && html`<strong>${value}</strong>: `}${about} (${source})</td><td>${status}</td></tr>`,
  )}</tbody></table>
<p class="legend">${statuses.map(status => `${status}: ${THEORY_STATUS[status]}.`).join(' ')}</p>`;
}

function byPath(thresholds: readonly CriticalValue[]): [string, CriticalValue[]][] {
  const paths = [...new Set(thresholds.map(({ of }) => of))];
  return paths.map(path => [path, thresholds.filter(({ of }) => of === path)]);
}

/** Whether the critical value is another, or missing, at some of the points. */
function differs(list: readonly CriticalValue[], points: number): boolean {
  return list.length < points || new Set(list.map(({ value }) => formatNumber(value))).size > 1;
}

function criticalText(list: readonly CriticalValue[], points: number): string {
  const missing = points - list.length;
  const where = missing > 0 ? `, none at ${missing} of ${points} points` : '';
  return `${rangeText(list.map(({ value }) => value))}${where}`;
}

function rangeText(values: readonly number[]): string {
  const [low, high] = rangeOf(values.filter(Number.isFinite)).map(value => formatNumber(value, 3));
  return low === high ? low : `${low} to ${high}`;
}

/** A point's value of a path that may have a critical one. */
function valueAt({ params, init }: Point, path: string): number {
  const [root, name] = path.split('.');
  return root === 'params' ? params[name] : (init[name]?.[1] ?? Number.NaN);
}

function unique<Of extends Told>(list: readonly Of[]): Of[] {
  const seen = new Set<string>();
  return list.filter(({ about, ...rest }) => {
    const key = JSON.stringify([about, 'measure' in rest && rest.measure]);
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
