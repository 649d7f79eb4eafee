// Figures of a comparison: both sides over time, the paired effect over time, and the effect at the end over the points of a sweep.
import type { MeasureEffect } from '../experiment/paired-rows.ts';
import type { Axis } from './axes.ts';
import { spread } from './courses.ts';
import { effectText, onsetText } from './effect-words.ts';
import type { Figure, Layer } from './figure.ts';
import { inPanels } from './panels.ts';
import { endsOf, facetHeading, seriesEncoding } from './scales.ts';
import { colourOf, DASH, FAINT, INK } from './theme.ts';

/** A measure's effects at the points that are drawn. */
export interface EffectsOfMeasure {
  measure: string;
  effects: readonly MeasureEffect[];
  /** Names of the points; absent where there is one. */
  points?: Axis;
  /** What the sides are called. */
  sides: readonly [string, string];
}

/** Vertices in a figure. */
const MOST_VERTICES = 3000;
/** Panels that a page shows. */
export const MOST_PANELS = 12;

/** Both sides: means over the replicas, with 95 % intervals. */
export function sidesFigure(request: EffectsOfMeasure): Figure {
  const { measure, sides } = request;
  const values = dataOf(request, ({ effects, steps }, k) =>
    (['a', 'b'] as const).map((side, s) => {
      const { mean, halfWidth } = effects[k][side];
      return { step: steps[k], series: sides[s], ...bandOf(mean, halfWidth) };
    }),
  );
  const { color } = seriesEncoding({ values: sides, label: '' }, true);
  const titled = { ...color, title: null };
  return {
    title: `${measure} on both sides`,
    caption: 'Mean over the replicas, with its 95 % interval.',
    description: `${measure} over time on both sides: ${sides[0]}, and ${sides[1]}. ${endings(request, ({ a, b }) => `from ${a.mean.toPrecision(3)} to ${b.mean.toPrecision(3)}`)}`,
    wide: request.points !== undefined,
    spec: panelsOf(request, values, bandLayers(titled)),
  };
}

/** The effect, with its interval at each step, around zero. */
export function effectFigure(request: EffectsOfMeasure): Figure {
  const values = dataOf(request, ({ effects, steps }, k) => {
    const { mean, halfWidth } = effects[k].effect;
    return [{ step: steps[k], ...bandOf(mean, halfWidth) }];
  });
  const onset = request.effects.flatMap(({ onset: { lasting }, point }) =>
    lasting === undefined || lasting === 0 ? [] : [{ role: 'onset', step: lasting, ...panelOf(request, point) }],
  );
  const layer: Layer[] = [
    { mark: { type: 'rule', color: FAINT, strokeWidth: 1 }, encoding: { y: { datum: 0 } } },
    ...bandLayers({ value: colourOf(2) }),
    {
      transform: [{ filter: `datum.role === 'onset'` }],
      mark: { type: 'rule', color: INK, strokeDash: DASH, strokeWidth: 1 },
      encoding: { x: { field: 'step', type: 'quantitative' } },
    },
  ];
  const marked = onset.length > 0 ? ' Upright: from here on zero is outside it.' : '';
  return {
    title: `${request.measure}: paired effect`,
    caption: `What the change adds, mean over pairs of replicas with its 95 % interval at each step.${marked}`,
    description: `Paired effect on ${request.measure} over time. ${endings(request, effectText)}`,
    wide: request.points !== undefined,
    spec: panelsOf(request, [...values, ...onset], layer),
  };
}

/** The effect at the end, over the values of what the points vary. */
export function effectByPointFigure({ measure, effects, points }: Required<EffectsOfMeasure>): Figure {
  const values = effects.map(({ point, final }) => ({
    x: points.numeric ? points.numberOf(point) : points.of(point),
    ...bandOf(final.effect.mean, final.effect.halfWidth),
  }));
  const x = points.numeric
    ? { field: 'x', type: 'quantitative' as const, title: points.label, scale: { zero: false } }
    : { field: 'x', type: 'nominal' as const, title: points.label, sort: [...points.values] };
  const y = { field: 'mean', type: 'quantitative' as const, title: null, scale: { zero: true } };
  const layer: Layer[] = [
    { mark: { type: 'rule', color: FAINT, strokeWidth: 1 }, encoding: { y: { datum: 0 } } },
    { mark: { type: 'rule', color: INK, strokeWidth: 1.2 }, encoding: { x, y: { ...y, field: 'low' }, y2: { field: 'high' } } }, // biome-ignore format: one thought
    { mark: { type: 'point', filled: true, size: 44, color: colourOf(2), opacity: 1 }, encoding: { x, y } },
  ];
  return {
    title: `${measure}: paired effect at the end`,
    caption: `What the change adds at the last step, over ${points.label}; line: 95 % interval over pairs of replicas.`,
    description: `Paired effect on ${measure} at the end, at ${effects.length} points. ${endings({ measure, effects, points, sides: ['', ''] }, effectText)}`,
    wide: false,
    spec: { data: { values }, width: points.numeric ? 400 : { step: 34 }, height: 220, layer },
  };
}

interface Course {
  steps: readonly number[];
  effects: MeasureEffect['course']['effects'];
}

function dataOf(request: EffectsOfMeasure, at: (course: Course, k: number) => object[]): object[] {
  const most = Math.max(24, Math.floor(MOST_VERTICES / request.effects.length / 2));
  return request.effects.flatMap(({ course, point }) =>
    spread(course.steps.length, most).flatMap(k =>
      at(course, k).map(datum => ({ role: 'value', ...datum, ...panelOf(request, point) })),
    ),
  );
}

function panelOf({ points }: EffectsOfMeasure, point: number): { facet?: string } {
  return points ? { facet: facetHeading(points, points.of(point)) } : {};
}

function panelsOf({ points, effects }: EffectsOfMeasure, values: readonly object[], layer: Layer[]): Figure['spec'] {
  const size = points ? { width: 270, height: 130 } : { width: 400, height: 220 };
  const shown = points && { ...points, values: effects.map(({ point }) => points.of(point)) };
  return inPanels(shown, { values, size, layer }, { columns: 3, spacing: 22 });
}

/** A value with its interval; without one the band has no width. */
function bandOf(mean: number, halfWidth: number) {
  if (Number.isNaN(mean)) return {};
  return { mean, ...endsOf({ mean, halfWidth }) };
}

type Colour = NonNullable<Extract<Layer, { mark: unknown }>['encoding']>['color'];

function bandLayers(color: Colour): Layer[] {
  const x = {
    field: 'step',
    type: 'quantitative' as const,
    title: 'step',
    scale: { nice: false },
    axis: { tickCount: 5 },
  };
  const y = {
    field: 'mean',
    type: 'quantitative' as const,
    title: null,
    scale: { zero: false },
    axis: { tickCount: 5 },
  };
  const transform = [{ filter: `datum.role === 'value'` }];
  return [
    {
      transform,
      mark: { type: 'area', opacity: 0.22, line: false },
      encoding: { x, y: { ...y, field: 'low' }, y2: { field: 'high' }, color },
    },
    { transform, mark: { type: 'line', strokeWidth: 1.7, strokeJoin: 'round' }, encoding: { x, y, color } },
  ];
}

function endings({ effects, points }: EffectsOfMeasure, tell: (final: MeasureEffect['final']) => string): string {
  const told = effects.slice(0, 6).map(effect => {
    const name = points ? `at ${points.of(effect.point)} ` : '';
    return `${name}${tell(effect.final)} at the end; it shows: ${onsetText(effect)}`;
  });
  return `${told.join('; ')}${effects.length > told.length ? `; and ${effects.length - told.length} more points` : ''}.`;
}
