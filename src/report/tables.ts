// The tables of a report: results by point, and provenance.

import { meanInterval } from '../experiment/interval.ts';
import type { ManifestBody } from '../record/index.ts';
import { axesOf, wholePoints } from './axes.ts';
import { type Course, coursesOf } from './courses.ts';
import { type Html, html } from './html.ts';
import type { ReportInput } from './input.ts';
import { type ManyGroups, manyGroupsOf } from './many-groups.ts';
import { formatCount, formatInterval, formatNumber, formatSeconds, intervalDecimals } from './numbers.ts';
import { facetHeading } from './scales.ts';
import { criticalColumns, steadyCell } from './theory-table.ts';

/** From this many rows on the table gets a scroll bar of its own. */
const TALL = 20;

/** Final mean and 95 % interval of every scalar measure, one row per point. */
export function resultsTable(input: ReportInput): Html {
  const { rows, spec } = input;
  const scalar = input.columns.filter(column => column.kind !== 'histogram');
  const { many, rest: columns } = manyGroupsOf(scalar, spec.points);
  const axes = axesOf(spec.points);
  const courses = coursesOf(rows);
  if (courses.length === 0 || scalar.length === 0) return html`<p class="empty">No values were recorded.</p>`;
  const ends = courses.map(course => course.final);
  const cells = columns.map(({ name }) => {
    const intervals = ends.map(last => meanInterval(last.map(row => rows.measures[name][row])));
    const decimals = intervalDecimals(intervals);
    return intervals.map(interval => ({ text: formatInterval(interval, decimals), mean: interval.mean }));
  });
  const foretold = new Set(input.theory.steady.map(({ measure }) => measure));
  const predicted = new Set(columns.map(({ name }) => name).filter(name => foretold.has(name)));
  const critical = criticalColumns(input);
  const body = courses.map((course, i) => {
    const names = axes.map(axis => html`<th scope="row">${axis.of(course.point)}</th>`);
    const values = columns.flatMap((column, c) => {
      const { text, mean } = cells[c][i];
      const theory =
        predicted.has(column.name) &&
        html`<td class="faint">${steadyCell(input.theory, column, course.point, mean)}</td>`;
      return [html`<td>${text}</td>`, theory];
    });
    return html`<tr>${names}${values}${critical.map(({ of }) => html`<td class="faint">${of(course.point)}</td>`)}</tr>`;
  });
  const head = [
    ...axes.map(axis => html`<th scope="col">${axis.label}</th>`),
    ...columns.flatMap(({ name }) => [
      html`<th scope="col" class="number">${name}</th>`,
      predicted.has(name) && html`<th scope="col" class="number faint">theory</th>`,
    ]),
    ...critical.map(({ label }) => html`<th scope="col" class="number faint">${label}</th>`),
  ];
  return html`<div class="scroll${courses.length > TALL ? ' tall' : ''}" tabindex="0" role="region" aria-label="Results by point">
<table class="results"><thead><tr>${head}</tr></thead>
<tbody>${body}</tbody></table></div>
${many.map(groups => groupsTable(groups, input, courses))}
<p class="legend">${resultsLegend(spec.replicas, courses.length)}${
    predicted.size > 0 &&
    ' Theory: the stable stationary value nearest to the mean; in brackets, other stable ones. A run may end before it is stationary.'
  }</p>`;
}

/** Final means of a measure by many groups: a row per group, a column per point. */
function groupsTable({ measure, columns }: ManyGroups, { rows, spec }: ReportInput, courses: readonly Course[]): Html {
  const points = wholePoints(spec.points, axesOf(spec.points));
  const intervals = courses.map(({ final }) => columns.map(({ name }) => meanInterval(final.map(row => rows.measures[name][row])))); // biome-ignore format: one thought
  const body = columns.map(({ group }, g) => {
    const values = intervals.map(list => html`<td>${formatInterval(list[g], intervalDecimals(list))}</td>`);
    return html`<tr><th scope="row">${group ?? ''}</th>${values}</tr>`;
  });
  const heads = courses.map(({ point }) => (spec.points.length > 1 ? facetHeading(points, points.of(point)) : measure));
  return html`<div class="scroll tall" tabindex="0" role="region" aria-label="${measure} by group">
<table class="results"><thead><tr><th scope="col">${spec.points.length > 1 ? `${measure} of group` : 'group'}</th>${heads.map(head => html`<th scope="col" class="number">${head}</th>`)}</tr></thead>
<tbody>${body}</tbody></table></div>`;
}

function resultsLegend(replicas: number, points: number): string {
  const each = points > 1 ? ' at each point' : '';
  if (replicas === 1) return `Values at the last recorded step${each}; one replica, so no intervals.`;
  return `Mean over ${formatCount(replicas)} replicas at the last recorded step${each}, ± half-width of the 95 % t-interval.`;
}

/** Where the numbers come from. */
export function provenanceTable(manifest: ManifestBody): Html {
  const { engine, timings, inputs } = manifest;
  const rows: [string, Html | string][] = [
    ['Groundswell', manifest.groundswell],
    ['Status', manifest.status],
    ['Model', `${manifest.model.name} (${manifest.model.source})`],
    ['Engine', [engine.name, engine.adapter, engine.architecture, engine.driver].filter(Boolean).join(', ')],
    ['Chosen because', engine.reason],
    ['Seed', html`<code>${manifest.seed}</code>`],
    ['Run digest', html`<code>${manifest.digest}</code>`],
    ['Kernel hash', html`<code>${manifest.kernelHash}</code>`],
    ['Reproducible', reproducibility(manifest)],
    ['Started', manifest.startedAt.replace('T', ' ').replace(/(?:\.\d+)?Z$/, ' UTC')],
    [
      'Time taken',
      Object.entries(timings)
        .map(([part, seconds]) => `${part} ${formatSeconds(seconds)}`)
        .join(', '),
    ],
    [
      'Topology',
      Object.entries(manifest.topology)
        .map(([name, value]) => `${words(name)}: ${show(value)}`)
        .join('; '),
    ],
    [
      'Input files',
      inputs
        .map(
          file => html`<div>${file.name}, ${formatCount(file.bytes)} bytes, SHA-256 <code>${file.sha256}</code></div>`,
        )
        .reduce(join, html``),
    ],
  ];
  const filled = rows.filter(([, value]) => (typeof value === 'string' ? value : value.html) !== '');
  return html`<table class="facts"><tbody>${filled.map(
    ([name, value]) => html`<tr><th scope="row">${name}</th><td>${value}</td></tr>`,
  )}</tbody></table>`;
}

function reproducibility({ reproducible, reasons }: ManifestBody): string {
  if (reproducible === 'bitwise') return 'bit for bit, on every engine';
  return `on the same device only${reasons?.length ? `: ${reasons.join('; ')}` : ''}`;
}

function join(left: Html, right: Html): Html {
  return html`${left}${right}`;
}

/** `meanDegree` and `mean_degree` as words. */
function words(name: string): string {
  return name
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .replaceAll('_', ' ')
    .toLowerCase();
}

function show(value: unknown): string {
  if (typeof value === 'number') return Number.isInteger(value) ? formatCount(value) : formatNumber(value);
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '–');
}
