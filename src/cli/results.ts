// What a run prints at its end: final values by point, how it was computed, and where the files are.
import { join } from 'node:path';
import {
  formatCount,
  formatInterval,
  formatNumber,
  formatSeconds,
  type Interval,
  intervalDecimals,
  type Manifest,
  type Model,
  meanInterval,
  paramLabel,
  type Recorded,
  type Rows,
  scalarParams,
  type World,
} from '../index.ts';
import { textTable } from './table.ts';

/** Points that the text shows; all are in the report. */
const MOST_POINTS = 20;

/** A run in a few numbers. */
export interface Summary {
  manifest: Manifest;
  out: string;
  /** Names of the scalar measures. */
  measures: readonly string[];
  points: readonly {
    /** Numbers, and the words of choices; where values are per agent or a table, the words for them. */
    params: Readonly<Record<string, number | string>>;
    varied: Readonly<Record<string, number | string>>;
    /** Over the replicas, at the last recorded step, by measure. */
    finals: Readonly<Record<string, Interval>>;
  }[];
  /** Of the steps alone, and of everything since the spec was read. */
  seconds: { steps: number; total: number };
  updatesPerSecond: number;
}

export function summarize({ manifest, rows, seconds, stepsTaken }: Recorded, { plan }: World, out: string): Summary {
  const columns = plan.measures.columns.filter(({ kind }) => kind !== 'histogram').map(({ name }) => name);
  const finals = finalRows(rows, plan.spec.points.length);
  const points = plan.spec.points.map(({ params, agentParams, tables, varied }, point) => ({
    params: { ...labelled(plan.spec.model, params), ...labelsOf(agentParams), ...labelsOf(tables) },
    varied,
    finals: Object.fromEntries(
      columns.map(name => [name, meanInterval(finals[point].map(row => rows.measures[name][row]))]),
    ),
  }));
  const total = Object.values(manifest.timings).reduce((sum, part) => sum + part, 0);
  const updates = plan.population * plan.worlds.length * stepsTaken;
  return {
    manifest,
    out,
    measures: columns,
    points,
    seconds: { steps: seconds, total },
    updatesPerSecond: updates / Math.max(seconds, 1e-9),
  };
}

/** Parameters as they are written in a spec: a choice by its word. */
function labelled({ params }: Model, values: Readonly<Record<string, number>>): Record<string, number | string> {
  return Object.fromEntries(scalarParams(params).map(([name, param]) => [name, paramLabel(param, values[name])]));
}

function labelsOf(sources: Readonly<Record<string, { label: string }>> = {}): Record<string, string> {
  return Object.fromEntries(Object.entries(sources).map(([name, { label }]) => [name, label]));
}

/** Rows of the last recorded step, by point. */
function finalRows({ point, step }: Rows, points: number): number[][] {
  const rows: number[][] = Array.from({ length: points }, () => []);
  const last = step.at(-1);
  for (let row = step.length - 1; row >= 0 && step[row] === last; row--) rows[point[row]].push(row);
  return rows;
}

export function resultsJson({ manifest, out, points, seconds, updatesPerSecond }: Summary): object {
  const { status, digest, engine, steps, files, notes = [] } = manifest;
  return {
    status,
    digest,
    out,
    engine: engine.name,
    device: engine.adapter,
    reason: engine.reason,
    steps,
    points,
    seconds: seconds.total,
    stepSeconds: seconds.steps,
    updatesPerSecond,
    files: [...files, 'manifest.json'],
    notes,
  };
}

export function resultsText(summary: Summary): string {
  const { manifest, out, seconds, updatesPerSecond } = summary;
  const { status, engine, notes = [] } = manifest;
  const facts = [
    ['digest', manifest.digest],
    ['engine', `${engine.name} (${engine.adapter}), since ${engine.reason}`.replace('since asked for', 'as asked for')],
    [
      'time',
      `${formatSeconds(seconds.total)}, ${formatSeconds(seconds.steps)} of it steps: ${formatRate(updatesPerSecond)} agent updates per second`,
    ],
    ['files', `${join(out, 'manifest.json')}, ${manifest.files.join(', ')}`],
  ];
  return [
    heading(manifest),
    ...(status === 'interrupted'
      ? [`Interrupted: step ${formatCount(manifest.steps)} is the last that was recorded.`]
      : []),
    '',
    finalsTable(summary),
    '',
    textTable(facts),
    ...(notes.length > 0 ? ['', ...notes.map(note => `note: ${note}`)] : []),
  ].join('\n');
}

function heading({ model, points = 1, replicas = 1, population, steps }: Manifest): string {
  const many = (count: number, noun: string): string => `${formatCount(count)} ${noun}${count === 1 ? '' : 's'}`;
  return `${model.name}: ${many(points, 'point')} × ${many(replicas, 'replica')} of ${many(population, 'agent')}, ${many(steps, 'step')}`;
}

/** A row per point, or per measure when there is one point. */
function finalsTable({ points, measures, manifest }: Summary): string {
  if (points.every(({ finals }) => Object.values(finals).every(({ count }) => count === 0)))
    return 'No values were recorded.';
  const shown = points.slice(0, MOST_POINTS);
  const cells = measures.map(name => {
    const intervals = shown.map(({ finals }) => finals[name]);
    const decimals = intervalDecimals(intervals);
    return intervals.map(interval => formatInterval(interval, decimals));
  });
  const legend = (manifest.replicas ?? 1) > 1 ? 'mean over replicas ± 95 %' : 'one replica';
  if (points.length === 1) return textTable([['final', legend], ...measures.map((name, k) => [name, cells[k][0]])]);
  const paths = [...new Set(points.flatMap(({ varied }) => Object.keys(varied)))];
  const value = (entry: number | string | undefined): string =>
    typeof entry === 'number' ? formatNumber(entry) : (entry ?? '');
  const rows = shown.map(({ varied }, k) => [
    ...paths.map(path => value(varied[path])),
    ...cells.map(column => column[k]),
  ]);
  const more = points.length - shown.length;
  return [
    `final (${legend})`,
    textTable([[...paths, ...measures], ...rows]),
    ...(more > 0 ? [`… and ${formatCount(more)} more, see report.html`] : []),
  ].join('\n');
}

/** `12.3 M`. */
function formatRate(rate: number): string {
  for (const [size, unit] of [
    [1e9, 'G'],
    [1e6, 'M'],
    [1e3, 'k'],
  ] as const) {
    if (rate >= size) return `${Number((rate / size).toPrecision(3))} ${unit}`;
  }
  return formatNumber(rate, 3);
}
