// Each alignment over time in a panel of its own: the mean, how the agents differ, how the replicas differ.
import { bandsOf, type Course } from '../courses.ts';
import type { Figure, Layer } from '../figure.ts';
import type { ReportInput } from '../input.ts';
import { formatNumber } from '../numbers.ts';
import { facetHeading } from '../scales.ts';
import { type ShownPoints, shownPoints } from '../shown-points.ts';
import { colourOf, DASH } from '../theme.ts';
import { type Alignment, alignmentsOf } from './measures.ts';

const MOST_POINTS = 3;
const MOST_STEPS = 120;

interface Datum {
  panel: string;
  role: string;
  step: number;
  mean: number;
  /** The range of the means over the replicas. */
  least: number;
  most: number;
  /** Mean ± standard deviation over the agents. */
  below?: number;
  above?: number;
  /** The 10 % quantile of the agents. */
  low?: number;
}

/** The figure, or undefined where neither a standard deviation nor a quantile is measured. */
export function spreadFigure(input: ReportInput, courses: readonly Course[]): Figure | undefined {
  const alignments = alignmentsOf(input);
  if (!alignments.some(({ spread, low }) => spread || low)) return undefined;
  const points = shownPoints(input, courses, MOST_POINTS);
  const data = alignments.flatMap(alignment => points.courses.flatMap(course => lineOf(alignment, course, points)));
  if (data.length === 0) return undefined;
  const { replicas } = input.spec;
  const columns = points.axis ? points.courses.length : Math.min(2, alignments.length);
  return {
    title: 'Alignments and how agents differ in them',
    caption: caption(alignments, replicas) + points.left,
    description: describe(data),
    wide: columns > 1,
    spec: {
      data: { values: data },
      facet: { field: 'panel', type: 'nominal', sort: [...new Set(data.map(({ panel }) => panel))], header: { title: null } }, // biome-ignore format: one thought
      columns,
      spacing: 22,
      spec: { width: columns === 3 ? 250 : 370, height: 150, layer: layers(alignments, replicas) },
    },
  };
}

function lineOf({ role, mean, spread, low }: Alignment, course: Course, { axis }: ShownPoints): Datum[] {
  const panel = axis ? `${role} · ${facetHeading(axis, axis.of(course.point))}` : role;
  const bands = (column: Float64Array | undefined) => (column ? bandsOf(course, column, MOST_STEPS) : []);
  const [means, spreads, lows] = [mean, spread, low].map(bands);
  return means.flatMap(({ step, mean: middle, low: least, high: most }, k) => {
    if (middle === undefined) return [];
    const deviation = spreads[k]?.mean;
    return [
      {
        ...{ panel, role, step, mean: middle, least: least!, most: most! },
        ...(deviation === undefined
          ? {}
          : { below: Math.max(0, middle - deviation), above: Math.min(1, middle + deviation) }),
        ...(lows[k]?.mean === undefined ? {} : { low: lows[k].mean }),
      },
    ];
  });
}

function layers(alignments: readonly Alignment[], replicas: number): Layer[] {
  const domain = alignments.map(({ role }) => role);
  const range = alignments.map(({ position }) => colourOf(position));
  const color = { field: 'role', type: 'nominal' as const, scale: { domain, range }, legend: null };
  const x = { field: 'step', type: 'quantitative' as const, title: 'step', scale: { nice: false }, axis: { tickCount: 5 } }; // biome-ignore format: one thought
  const y = { type: 'quantitative' as const, title: null, scale: { domain: [0, 1] }, axis: { tickCount: 5 } };
  const line = (field: keyof Datum, mark: object): Layer => ({
    transform: [{ filter: `isValid(datum.${field})` }],
    mark: { type: 'line', strokeJoin: 'round', ...mark },
    encoding: { x, y: { ...y, field }, color },
  });
  return [
    {
      transform: [{ filter: 'isValid(datum.below)' }],
      mark: { type: 'area', opacity: 0.2, line: false },
      encoding: { x, y: { ...y, field: 'below' }, y2: { field: 'above' }, color },
    },
    ...(replicas > 1 ? (['least', 'most'] as const).map(field => line(field, { strokeWidth: 0.7 })) : []),
    line('low', { strokeWidth: 1.3, strokeDash: DASH }),
    line('mean', { strokeWidth: 2 }),
  ];
}

function caption(alignments: readonly Alignment[], replicas: number): string {
  const parts = [
    `Thick line: mean of the agents${replicas > 1 ? ` and of ${replicas} replicas; thin lines: smallest and largest mean of a replica` : ''}.`,
  ];
  if (alignments.some(({ spread }) => spread)) {
    parts.push('Band: mean ± standard deviation over the agents, cut at 0 and 1.');
  }
  if (alignments.some(({ low }) => low)) parts.push('Dashed: the worst-aligned tenth of the agents lies below it.');
  return parts.join(' ');
}

function describe(data: readonly Datum[]): string {
  const told = [...new Set(data.map(({ panel }) => panel))].slice(0, 8).map(panel => {
    const { step, mean, below, above, low } = data.filter(datum => datum.panel === panel).at(-1)!;
    const band =
      below === undefined ? '' : `, mean ± standard deviation ${formatNumber(below, 3)} to ${formatNumber(above!, 3)}`;
    const worst = low === undefined ? '' : `, worst tenth below ${formatNumber(low, 3)}`;
    return `${panel}: ${formatNumber(mean, 3)} at step ${step}${band}${worst}`;
  });
  return `Line charts of the alignments over time with their spread over the agents. ${told.join('; ')}.`;
}
