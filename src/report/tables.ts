// The tables of a report: results by point, and provenance.
import type { ManifestBody } from '../record/index.ts';
import { axesOf } from './axes.ts';
import { coursesOf } from './courses.ts';
import { type Html, html } from './html.ts';
import type { ReportInput } from './input.ts';
import { meanInterval } from './interval.ts';
import { formatCount, formatInterval, formatNumber, formatSeconds, intervalDecimals } from './numbers.ts';

/** From this many rows on the table gets a scroll bar of its own. */
const TALL = 20;

/** Final mean and 95 % interval of every scalar measure, one row per point. */
export function resultsTable(input: ReportInput): Html {
  const { rows, spec } = input;
  const columns = input.columns.filter(column => column.kind !== 'histogram');
  const axes = axesOf(spec.points);
  const courses = coursesOf(rows);
  if (courses.length === 0 || columns.length === 0) return html`<p class="empty">No values were recorded.</p>`;
  const ends = courses.map(course => course.final);
  const cells = columns.map(({ name }) => {
    const intervals = ends.map(last => meanInterval(last.map(row => rows.measures[name][row])));
    const decimals = intervalDecimals(intervals);
    return intervals.map(interval => formatInterval(interval, decimals));
  });
  const body = courses.map((course, i) => {
    const names = axes.map(axis => html`<th scope="row">${axis.of(course.point)}</th>`);
    return html`<tr>${names}${cells.map(column => html`<td>${column[i]}</td>`)}</tr>`;
  });
  const head = [
    ...axes.map(axis => html`<th scope="col">${axis.label}</th>`),
    ...columns.map(column => html`<th scope="col" class="number">${column.name}</th>`),
  ];
  return html`<div class="scroll${courses.length > TALL ? ' tall' : ''}" tabindex="0" role="region" aria-label="Results by point">
<table class="results"><thead><tr>${head}</tr></thead>
<tbody>${body}</tbody></table></div>
<p class="legend">${resultsLegend(spec.replicas, courses.length)}</p>`;
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
