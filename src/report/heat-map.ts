// Distributions over time: a cell for each bin and measured step, brighter where more agents are; a panel for each point, and for each element of an array field.
import { bandsOf } from './courses.ts';
import type { Figure, Layer } from './figure.ts';
import { ends, type Histogram } from './histograms.ts';
import { formatNumber } from './numbers.ts';
import { facetHeading } from './scales.ts';
import { fewPoints } from './shown-points.ts';

const MOST_CELLS = 8000;
const MOST_STEPS = 100;
const MOST_PANELS = 12;
const MOST_POINTS = 6;

/** Histograms that belong into one figure: a single one, or those of the elements of an array field. */
export interface HeatMap {
  title: string;
  /** Whether the model declares them to be stances: they stand among the figures of alignments. */
  stances: boolean;
  histograms: readonly Histogram[];
  /** What the elements are called, e.g. `value question`. */
  element: string;
}

interface Cell {
  panel: string;
  from: number;
  to: number;
  step: number;
  start: number;
  end: number;
  share: number;
}

/** The figure, or undefined where fewer than three steps are measured. */
export function heatMapFigure({ title, histograms, element }: HeatMap): Figure | undefined {
  const shownElements = histograms.slice(0, MOST_PANELS);
  const [{ courses, points, columns }] = shownElements;
  const mostPoints = Math.max(1, Math.min(MOST_POINTS, Math.floor(MOST_PANELS / shownElements.length)));
  const { axis, courses: shown, left } = fewPoints(points, courses, mostPoints);
  const panelCount = shown.length * shownElements.length;
  const most = Math.min(MOST_STEPS, Math.floor(MOST_CELLS / (panelCount * columns.length)));
  if (most < 3 || shown.every(({ steps }) => steps.length < 3)) return undefined;
  const data = shownElements.flatMap(histogram =>
    shown.flatMap(course => {
      const parts = [
        histograms.length > 1 ? `${element} ${histogram.element}` : '',
        axis ? facetHeading(axis, axis.of(course.point)) : '',
      ];
      return cellsOf(histogram, course, most, parts.filter(Boolean).join(' · '));
    }),
  );
  if (data.length === 0) return undefined;
  const last = Math.max(...data.map(({ end }) => end));
  const fewer = shownElements.length < histograms.length ? ` The first ${shownElements.length} of ${histograms.length} elements are shown.` : ''; // biome-ignore format: one thought
  const peak = data.filter(({ end }) => end === last).reduce((best, cell) => (cell.share > best.share ? cell : best)); // biome-ignore format: one thought
  const panels = [...new Set(data.map(({ panel }) => panel))];
  return {
    title,
    caption: `Share of agents per bin (upwards) and step, mean of the replicas: the brighter, the more. Shades follow the square root of the share, so that small shares are seen.${fewer}${left}`,
    description:
      `Heat map of ${title}: the share of agents in each of ${columns.length} bins from step 0 to ${last}${panelCount > 1 ? `, in ${panelCount} panels` : ''}. ` +
      `At the end the fullest bin is ${formatNumber(peak.from)} to ${formatNumber(peak.to)}${peak.panel ? ` at ${peak.panel}` : ''}, with a share of ${formatNumber(peak.share, 3)}.`,
    wide: panels.length > 1,
    crisp: true,
    spec: panelsOf(panels, data, axis && histograms.length > 1 ? shown.length : 3, cells(ends(columns), last)),
  };
}

function panelsOf(panels: readonly string[], values: Cell[], columns: number, layer: Layer): Figure['spec'] {
  if (panels.length === 1) return { data: { values }, width: 400, height: 220, layer: [layer] };
  return {
    data: { values },
    facet: { field: 'panel', type: 'nominal', sort: [...panels], header: { title: null } },
    columns,
    spacing: 22,
    spec: { width: 260, height: 130, layer: [layer] },
  };
}

function cells(domain: [number, number], last: number): Layer {
  const scale = { nice: false, zero: false };
  return {
    mark: { type: 'rect', stroke: null },
    encoding: {
      x: {
        field: 'start',
        type: 'quantitative',
        title: 'step',
        scale: { domain: [0, last], ...scale },
        axis: { tickCount: 5 },
      },
      x2: { field: 'end' },
      y: { field: 'from', type: 'quantitative', title: null, scale: { domain, ...scale }, axis: { tickCount: 5 } },
      y2: { field: 'to' },
      color: {
        field: 'share',
        type: 'quantitative',
        title: 'share of agents',
        scale: { scheme: 'cividis', type: 'sqrt', domainMin: 0 },
        legend: { gradientLength: 200, gradientThickness: 10, tickCount: 4 },
      },
    },
  };
}

/** Cells reach half-way to the steps before and after. One for each step is the ground of those that no agent is in. */
function cellsOf(
  { columns, rows }: Histogram,
  course: Histogram['courses'][number],
  most: number,
  panel: string,
): Cell[] {
  const ground = new Map<number, Cell>();
  const [low, high] = ends(columns);
  const filled = columns.flatMap(({ name, bin }) => {
    if (!bin) return [];
    const bands = bandsOf(course, rows.measures[name], most);
    const between = (k: number): number => (bands[k - 1].step + bands[k].step) / 2;
    return bands.flatMap(({ step, mean }, k) => {
      if (mean === undefined) return [];
      const start = k === 0 ? step : between(k);
      const end = k === bands.length - 1 ? step : between(k + 1);
      const place = { panel, step, start, end };
      ground.set(step, { ...place, from: low, to: high, share: 0 });
      return mean === 0 ? [] : [{ ...place, from: bin.from, to: bin.to, share: mean }];
    });
  });
  return [...ground.values(), ...filled];
}
