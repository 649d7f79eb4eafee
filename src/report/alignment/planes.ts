// The figure of trade-offs: a panel for each plane of two alignments, with the ways of the points through it and the Pareto front of their ends.
import type { TopLevelSpec } from 'vega-lite';
import { type Axis, axesOf, MOST_SERIES, wholePoints } from '../axes.ts';
import { type Course, rangeOf } from '../courses.ts';
import type { Figure, Layer } from '../figure.ts';
import type { ReportInput } from '../input.ts';
import { formatNumber } from '../numbers.ts';
import { type Domain, facetHeading, roundEnds, seriesEncoding } from '../scales.ts';
import { DASH, INK, PAPER } from '../theme.ts';
import { type Alignment, alignmentsOf } from './measures.ts';
import { endsOf, frontLine, type PlaneDatum, pathsOf } from './plane-data.ts';

/** The planes, horizontal first. */
const PLANES = [
  ['human', 'preferential'],
  ['human', 'task'],
  ['human', 'outcome'],
  ['preferential', 'task'],
  ['preferential', 'outcome'],
] as const;

type View = Extract<TopLevelSpec, { concat: unknown[] }>['concat'][number];

/** How the points are told apart: as a few series, or by a parameter as a shade. */
interface Looks {
  series?: Axis;
  shade?: Axis;
}

interface Plane {
  x: Alignment;
  y: Alignment;
  marks: PlaneDatum[];
  front: PlaneDatum[];
}

/** The figure, or undefined where fewer than two alignments are measured or nothing but one place is to be seen. */
export function planesFigure(input: ReportInput, courses: readonly Course[]): Figure | undefined {
  const { points, replicas } = input.spec;
  const alignments = alignmentsOf(input);
  const few = points.length <= MOST_SERIES;
  const planes = PLANES.flatMap(([across, up]) => {
    const [x, y] = [across, up].map(role => alignments.find(alignment => alignment.role === role));
    return x && y ? [planeOf(x, y, courses, few ? input.rows.replica : undefined)] : [];
  }).filter(({ marks }) => marks.some(({ x, y }) => x !== marks[0].x || y !== marks[0].y));
  if (planes.length === 0) return undefined;
  const axes = axesOf(points);
  const looks = few
    ? { series: points.length > 1 ? wholePoints(points, axes) : undefined }
    : { shade: axes.find(axis => axis.numeric) };
  const joined = looks.shade && axes.length === 1 ? looks.shade : undefined;
  const domains = new Map(alignments.map(({ role }) => [role, domainOf(role, planes)]));
  const concat = planes.map(plane =>
    panel(plane, domains.get(plane.x.role)!, domains.get(plane.y.role)!, looks, joined),
  );
  return {
    title: 'Trade-offs between alignments',
    caption: caption(looks, { few, replicas, joined, several: points.length > 1 }),
    description: describe(planes, points.length > 1 ? wholePoints(points, axes) : undefined),
    wide: planes.length > 1,
    spec: { columns: 3, spacing: 26, concat },
  };
}

function planeOf(x: Alignment, y: Alignment, courses: readonly Course[], replica?: Uint32Array): Plane {
  const { ends, front } = endsOf(courses, x, y);
  return { x, y, marks: [...(replica ? pathsOf(courses, x, y, replica) : []), ...ends], front };
}

/** An alignment has one range in all planes, with some room, so that planes can be compared. */
function domainOf(role: string, planes: readonly Plane[]): Domain {
  const values = planes.flatMap(({ x, y, marks }) => [
    ...(x.role === role ? marks.map(mark => mark.x) : []),
    ...(y.role === role ? marks.map(mark => mark.y) : []),
  ]);
  const [low, high] = rangeOf(values);
  const room = (high - low) / 20;
  return roundEnds(low - room, high + room);
}

function panel({ x, y, marks, front }: Plane, across: Domain, up: Domain, looks: Looks, joined?: Axis): View {
  const data = [...frontLine(front, across[0], up[0]), ...marks, ...front].map(datum => ({
    ...datum,
    series: datum.point === undefined ? undefined : looks.series?.of(datum.point),
    shade: datum.point === undefined ? undefined : looks.shade?.numberOf(datum.point),
  }));
  const position = (field: 'x' | 'y', { role }: Alignment, domain: Domain) => ({
    field,
    type: 'quantitative' as const,
    title: role,
    scale: { domain, nice: false, zero: false },
    axis: { tickCount: 5, grid: true },
  });
  const size = looks.series || !looks.shade ? 240 : 250;
  return {
    data: { values: data },
    width: size,
    height: size,
    layer: layers({ x: position('x', x, across), y: position('y', y, up) }, looks, joined),
  };
}

function layers(place: Record<'x' | 'y', object>, { series, shade }: Looks, joined?: Axis): Layer[] {
  const shown = seriesEncoding(series, true);
  const shaded = {
    color: {
      field: 'shade',
      type: 'quantitative' as const,
      title: shade?.label,
      scale: { scheme: 'cividis' as const },
      legend: { gradientLength: 160, gradientThickness: 8 },
    },
    shape: shown.shape,
  };
  const { color, shape } = shade ? shaded : shown;
  const of = (role: PlaneDatum['role']) => [{ filter: `datum.role === '${role}'` }];
  const line = { detail: { field: 'line' }, order: { field: 'order' } };
  const path = (role: PlaneDatum['role'], mark: object): Layer => ({
    transform: of(role),
    mark: { type: 'line', ...mark },
    encoding: { ...place, ...line, color },
  });
  const mark = (role: PlaneDatum['role'], look: object, more: object = { color, shape }): Layer => ({
    transform: of(role),
    mark: { type: 'point', filled: true, opacity: 1, ...look },
    encoding: { ...place, ...more },
  });
  return [
    {
      transform: of('front'),
      mark: { type: 'line', stroke: INK, strokeWidth: 1.1, strokeDash: DASH },
      encoding: { ...place, order: { field: 'order' } },
    },
    path('replica-path', { strokeWidth: 0.6, opacity: 0.45 }),
    path('path', { strokeWidth: 2 }),
    ...(joined
      ? [
          {
            transform: of('end'),
            mark: { type: 'line' as const, stroke: INK, strokeWidth: 0.8, opacity: 0.5 },
            encoding: { ...place, order: { field: 'shade' } },
          },
        ]
      : []),
    mark('replica-end', { size: 16, opacity: 0.4 }),
    mark('start', { size: 60, filled: false, fill: PAPER, strokeWidth: 1.8 }),
    mark('end', { size: 62, stroke: PAPER, strokeWidth: 0.8 }),
    mark('front-end', { size: 120, filled: false, stroke: INK, strokeWidth: 1.3 }, {}),
  ];
}

function caption(
  { series, shade }: Looks,
  { few, replicas, joined, several }: { few: boolean; replicas: number; joined?: Axis; several: boolean },
): string {
  const mean = replicas > 1 ? `, mean of ${replicas} replicas` : '';
  const parts = [
    few
      ? `Thick path: a run through the plane${mean}; hollow mark: start; filled: end${replicas > 1 ? '. Thin paths and small marks: replicas and their ends' : ''}.`
      : `Marks: where the points end${mean}${replicas > 1 ? '; small: replicas' : ''}${joined ? `; thin line: in the order of ${joined.label}` : ''}.`,
    series ? `Colour and marker by ${series.label}.` : '',
    shade ? `The brighter, the larger ${shade.label}.` : '',
    several || replicas > 1
      ? `Ringed, with the dashed line: the Pareto front, ${several ? 'points' : 'replicas'} than which no other ends better in one alignment and as well in the other.`
      : '',
  ];
  return parts.filter(Boolean).join(' ');
}

function describe(planes: readonly Plane[], points: Axis | undefined): string {
  const told = planes.map(({ x, y, front }) => {
    const names = front.slice(0, 6).map(({ point, x: across, y: up }) => {
      const name = points && point !== undefined ? `${facetHeading(points, points.of(point))} at ` : '';
      return `${name}${formatNumber(across, 3)}, ${formatNumber(up, 3)}`;
    });
    const more = front.length > names.length ? ` and ${front.length - names.length} more` : '';
    return `${x.role} against ${y.role}${names.length > 0 ? `, Pareto front ${names.join('; ')}${more}` : ''}`;
  });
  return `Planes of two alignments: ${told.join('. ')}.`;
}
