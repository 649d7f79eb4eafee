// The figure of a measure over time: mean line and range over the replicas, and the theory where there is one.
import type { TopLevelSpec } from 'vega-lite';
import type { TheoryCourse } from '../experiment/predictions.ts';
import type { Arrangement, Axis } from './axes.ts';
import { type Band, bandsOf, type Course, spread } from './courses.ts';
import type { Figure, Layer } from './figure.ts';
import type { Column } from './input.ts';
import { placeLabels } from './labels.ts';
import { formatNumber } from './numbers.ts';
import { type Domain, facetHeading, measureDomain, seriesEncoding } from './scales.ts';
import { DASH, FAINT } from './theme.ts';
import { citations } from './theory-words.ts';

/** One line of the figure: a column at a point. */
export interface Line {
  column: Column;
  values: Float64Array;
  course: Course;
  facet?: string;
  series?: string;
  theory?: TheoryCourse;
}

/** What is drawn and how it is shared out. `facet` and `series` of the lines are values of these axes. */
export interface OverTime extends Pick<Arrangement, 'facet' | 'series' | 'rest'> {
  title: string;
  lines: readonly Line[];
  replicas: number;
}

type Datum = Partial<Band> & {
  role: string;
  line: number;
  facet?: string;
  series?: string;
  label?: string;
  at?: number;
};

/** Vertices in a figure: enough for the eye, few enough for a small page. */
const MOST_VERTICES = 4000;
const MARKERS = 5;

/** The figure, or undefined if no line has a value. */
export function overTimeFigure(request: OverTime): Figure | undefined {
  const { lines, facet, series } = request;
  const most = Math.max(24, Math.min(160, Math.floor(MOST_VERTICES / lines.length)));
  const bands = lines.map(line => bandsOf(line.course, line.values, most));
  if (!bands.some(band => band.some(({ mean }) => mean !== undefined))) return undefined;
  const domain = measureDomain(lines[0].column, drawnValues(lines, bands));
  const last = Math.max(...lines.flatMap(line => line.course.steps.at(-1) ?? 0));
  const size = panelSize(request);
  const direct = !facet && series !== undefined;
  const data = lines.flatMap((line, i) => lineData(line, i, bands[i]));
  if (direct) data.push(...labelData(data, series, domain, size.height));
  const layer = layers(series, domain, [0, last], { legend: !direct, direct });
  return {
    title: request.title,
    caption: caption(request),
    description: describeLines(request, bands),
    wide: facet !== undefined,
    spec: facet ? facetSpec(data, facet, layer, size) : { data: { values: data }, ...size, layer },
  };
}

function lineData(line: Line, index: number, bands: readonly Band[]): Datum[] {
  const common = {
    line: index,
    facet: line.facet,
    series: line.series,
  };
  const marked = new Set(spread(bands.length, MARKERS));
  const measured = bands.map((band, k) => ({ ...common, ...band, role: marked.has(k) ? 'marked' : 'measured' }));
  const { theory } = line;
  if (!theory) return measured;
  const kept = spread(theory.steps.length, bands.length);
  return [
    ...measured,
    ...kept.map(k => ({ ...common, role: 'theory', step: theory.steps[k], mean: theory.values[k] })),
  ];
}

function labelData(data: readonly Datum[], series: Axis, domain: Domain, height: number): Datum[] {
  const ends = new Map<number, Datum>();
  for (const datum of data) if (datum.role !== 'theory' && datum.mean !== undefined) ends.set(datum.line, datum);
  const list = [...ends.values()];
  const at = placeLabels(
    list.map(datum => datum.mean!),
    domain,
    height,
  );
  const label = (text: string): string => (series.numeric ? `${series.label} = ${text}` : text);
  return list.map((datum, i) => ({ ...datum, role: 'label', at: at[i], label: label(datum.series ?? '') }));
}

function layers(
  series: Axis | undefined,
  domain: Domain,
  steps: Domain,
  { legend, direct }: { legend: boolean; direct: boolean },
): Layer[] {
  const { color, shape } = seriesEncoding(series, legend);
  const x = {
    field: 'step',
    type: 'quantitative' as const,
    title: 'step',
    scale: { domain: steps, nice: false },
    axis: { tickCount: 5 },
  };
  const y = {
    field: 'mean',
    type: 'quantitative' as const,
    title: null,
    scale: { domain, nice: false, zero: false },
    axis: { tickCount: 5 },
  };
  const only = (test: string) => [{ filter: test }];
  const detail = { field: 'line' };
  const layer: Layer[] = [
    {
      transform: only(`datum.role === 'measured' || datum.role === 'marked'`),
      mark: { type: 'area', opacity: 0.2, line: false },
      encoding: { x, y: { ...y, field: 'low' }, y2: { field: 'high' }, color, detail },
    },
    {
      transform: only(`datum.role === 'measured' || datum.role === 'marked'`),
      mark: { type: 'line', strokeWidth: 1.6, strokeJoin: 'round' },
      encoding: { x, y, color, detail },
    },
    {
      transform: only(`datum.role === 'theory'`),
      mark: { type: 'line', clip: true, strokeWidth: 1.4, strokeDash: DASH, stroke: series ? undefined : FAINT },
      encoding: { x, y, detail, ...(series ? { color } : {}) },
    },
  ];
  if (series) {
    layer.push({
      transform: only(`datum.role === 'marked'`),
      mark: { type: 'point', filled: true, size: 34, opacity: 1 },
      encoding: { x, y, color, shape },
    });
  }
  if (direct) {
    layer.push({
      transform: only(`datum.role === 'label'`),
      mark: { type: 'text', align: 'left', baseline: 'middle', dx: 8, fontSize: 11.5, limit: 200 },
      encoding: { x, y: { ...y, field: 'at' }, text: { field: 'label', type: 'nominal' }, color },
    });
  }
  return layer;
}

function facetSpec(
  data: readonly Datum[],
  facet: Axis,
  layer: Layer[],
  size: { width: number; height: number },
): TopLevelSpec {
  const headings = facet.values.map(value => facetHeading(facet, value));
  return {
    data: { values: data.map(datum => ({ ...datum, facet: facetHeading(facet, datum.facet ?? '') })) },
    facet: { field: 'facet', type: 'nominal', sort: headings, header: { title: null } },
    columns: 3,
    spacing: 22,
    spec: { ...size, layer },
  };
}

function panelSize({ facet, series }: OverTime): { width: number; height: number } {
  if (facet) return { width: 270, height: facet.values.length > 9 ? 120 : 150 };
  return { width: series ? 330 : 400, height: 220 };
}

function* drawnValues(lines: readonly Line[], bands: readonly Band[][]): Generator<number> {
  for (const band of bands) for (const { low, high } of band) if (low !== undefined) yield* [low, high!];
  for (const line of lines) if (line.theory) yield* line.theory.values;
}

function caption({ lines, replicas, series, facet, rest }: OverTime): string {
  const parts = [
    replicas > 1 ? `Line: mean of ${replicas} replicas; band: their smallest to largest value.` : 'One replica.',
  ];
  if (facet) parts.push(`A panel per ${facet.label}${series ? `, colour and marker by ${series.label}` : ''}.`);
  if (rest.length > 0) parts.push(`Lines of one look differ in ${rest.map(axis => axis.label).join(' and ')}.`);
  const theories = citations(lines.flatMap(({ theory }) => theory ?? []));
  if (theories) parts.push(`Dashed: ${theories}.`);
  return parts.join(' ');
}

function describeLines({ title, lines, facet }: OverTime, bands: readonly Band[][]): string {
  const told = lines.slice(0, 8).map((line, i) => {
    const seen = bands[i].filter(({ mean }) => mean !== undefined);
    const name = [line.facet, line.series].filter(part => part !== undefined).join(', ') || 'the mean';
    if (seen.length === 0) return `${name} is undefined`;
    const [first, end] = [seen[0], seen[seen.length - 1]];
    return `${name} goes from ${formatNumber(first.mean!, 3)} at step ${first.step} to ${formatNumber(end.mean!, 3)} at step ${end.step}`;
  });
  const more = lines.length > told.length ? `; and ${lines.length - told.length} more lines` : '';
  return `Line chart of ${title} over time${facet ? `, one panel per ${facet.label}` : ''}: ${told.join('; ')}${more}.`;
}
