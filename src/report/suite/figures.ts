// Figures of a suite: all effects at a glance; of a scenario its headline measure over time, trade-offs between alignments, and groups in its cases.
import type { ToldSide } from '../../experiment/scenario-result.ts';
import type { ScenarioResult } from '../../experiment/suite.ts';
import { rangeOf, spread } from '../courses.ts';
import type { Figure, Layer } from '../figure.ts';
import { marksOf, withMarks } from '../marks.ts';
import { formatInterval } from '../numbers.ts';
import { endsOf, roundEnds } from '../scales.ts';
import { colourOf, DASH, FAINT, INK, shapeOf } from '../theme.ts';

/** Steps that a line has at most. */
const MOST_STEPS = 160;
/** The panels of trade-offs and groups. */
const PANEL = 190;

/** Effects against the control, with the risk alone and with each lever: one figure for measures within [0, 1], and one for each other measure. */
export function overviewFigures(scenarios: readonly ScenarioResult[]): Figure[] {
  const within = scenarios.filter(isShare);
  const beyond = scenarios.filter(scenario => !isShare(scenario));
  return [...(within.length > 0 ? [overviewFigure(within, '')] : []), ...beyond.map(scenario => overviewFigure([scenario], `, ${scenario.measure}`))]; // biome-ignore format: one thought
}

function isShare({ sides }: ScenarioResult): boolean {
  return sides.every(({ course }) => course.values.every(({ mean }) => Number.isNaN(mean) || Math.abs(mean) <= 1));
}

function overviewFigure(scenarios: readonly ScenarioResult[], more: string): Figure {
  const rows = scenarios.flatMap(({ risk, headline, levers }, s) => {
    const row = (label: string, kind: string, { mean, halfWidth }: { mean: number; halfWidth: number }, k: number) => ({
      row: `${s}.${k}|${label}`,
      kind,
      mean,
      ...endsOf({ mean, halfWidth }),
    });
    return [
      row(risk, 'risk', headline.lastQuarter.effect, 0),
      ...levers.map(({ name, left }, k) => row(name, 'risk and lever', left.effect, k + 1)),
    ];
  });
  const sort = rows.map(({ row }) => row);
  const y = {
    field: 'row',
    type: 'nominal' as const,
    sort,
    title: null,
    axis: {
      labelExpr: "split(datum.label, '|')[1]",
      labelFontWeight: {
        condition: { test: 'test(/\\.0\\|/, datum.label)', value: 'bold' as const },
        value: 'normal' as const,
      },
      labelColor: INK,
      grid: true,
      labelLimit: 420,
    },
  };
  const x = { field: 'mean', type: 'quantitative' as const, title: 'difference from the control' };
  const color = kinds('kind', ['risk', 'risk and lever'], [1, 2], 'color');
  const layer: Layer[] = [
    { mark: { type: 'rule', color: FAINT }, encoding: { x: { datum: 0, type: 'quantitative' } } },
    {
      mark: { type: 'rule', strokeWidth: 1.6 },
      encoding: { y, x: { ...x, field: 'low' }, x2: { field: 'high' }, color },
    },
    {
      mark: { type: 'point', filled: true, size: 52, opacity: 1 },
      encoding: { y, x, color, shape: kinds('kind', ['risk', 'risk and lever'], [1, 2], 'shape') },
    },
  ];
  const told = scenarios.map(({ risk, measure, headline }) => `${risk}, ${measure}: ${formatInterval(headline.lastQuarter.effect)}`); // biome-ignore format: one thought
  return {
    title: `What each risk moves, and what is left of it with each lever${more}`,
    caption:
      'Difference of the headline measure from the control over the last quarter of the run: paired mean and 95 % interval. A lever that undoes all of the damage is at zero.',
    description: `Effects of the risks on their headline measures: ${told.join('; ')}.`,
    wide: true,
    spec: { data: { values: rows }, width: 560, height: { step: 17 }, layer },
  };
}

/** The headline measure over time: control, risk and levers, with marks where interventions act. */
export function courseFigure({ measure, sides, steps }: ScenarioResult): Figure {
  const shown = sides.filter(({ kind }) => kind !== 'case');
  const domain = shown.map(labelOf);
  const values = shown.flatMap(side =>
    spread(side.course.steps.length, MOST_STEPS).flatMap(k => {
      const { mean, halfWidth } = side.course.values[k];
      return Number.isNaN(mean) ? [] : [{ step: side.course.steps[k], series: labelOf(side), mean, ...endsOf({ mean, halfWidth }) }]; // biome-ignore format: one thought
    }),
  );
  // marks of interventions stand above the panel
  const color = { ...seriesOf(domain, shown.map(placeOf), 'color'), legend: { orient: 'bottom' as const } };
  const x = { field: 'step', type: 'quantitative' as const, title: 'step', scale: { domain: [0, steps], nice: false } };
  const [low, high] = rangeOf(values.flatMap(value => [value.low, value.high]));
  const y = { field: 'mean', type: 'quantitative' as const, title: null, scale: { domain: roundEnds(low, high) } };
  const lines = ['control', 'others'].map(
    (which): Layer => ({
      transform: [{ filter: `datum.series ${which === 'control' ? '===' : '!=='} 'control'` }],
      mark: { type: 'line', strokeWidth: 1.8, strokeJoin: 'round', ...(which === 'control' && { strokeDash: DASH }) },
      encoding: { x, y, color },
    }),
  );
  const layer: Layer[] = [
    { mark: { type: 'area', opacity: 0.16 }, encoding: { x, y: { ...y, field: 'low' }, y2: { field: 'high' }, color } },
    ...lines,
  ];
  const ends = shown.map(side => `${labelOf(side)} ${side.course.values.at(-1)!.mean.toPrecision(3)}`);
  const figure: Figure = {
    title: `${measure} over time`,
    caption: 'Mean over the replicas with its 95 % interval at each step.',
    description: `${measure} over time. At the end: ${ends.join(', ')}.`,
    wide: true,
    spec: { data: { values }, width: 760, height: 250, layer },
  };
  const interventions = shown.flatMap(side => side.interventions);
  const distinct = new Map(interventions.map(one => [`${one.name} ${one.at} ${one.until}`, one]));
  return withMarks(figure, marksOf({ interventions: [...distinct.values()] }), steps)!;
}

/** Where the runs end in the planes of the first alignment and each other: what helps one may cost another. Nothing for fewer than two alignments. */
export function planesFigure({ alignments, sides }: ScenarioResult): Figure | undefined {
  const [first, ...others] = alignments;
  if (others.length === 0) return undefined;
  const domain = sides.map(labelOf);
  const values = others.flatMap(other =>
    sides.flatMap(side => {
      const [across, up] = [side.levels[first.measure], side.levels[other.measure]];
      if (!across || !up || Number.isNaN(across.mean + up.mean)) return [];
      return [{ facet: other.role, series: labelOf(side), x: across.mean, y: up.mean }];
    }),
  );
  const axis = (field: 'x' | 'y', title: string | null) => ({
    field,
    type: 'quantitative' as const,
    title,
    scale: { zero: false, nice: true },
    axis: { tickCount: 4, grid: true },
  });
  const encoding = {
    x: axis('x', first.measure),
    y: axis('y', null),
    color: seriesOf(domain, sides.map(placeOf), 'color'),
    shape: seriesOf(domain, sides.map(placeOf), 'shape'),
  };
  return {
    title: 'Trade-offs between alignments',
    caption: `Means over the last quarter of the run: ${first.measure} across, another alignment up. Right and up is better for both.`,
    description: `Alignments of ${domain.join(', ')}, ${first.role} against ${others.map(({ role }) => role).join(', ')}.`,
    wide: true,
    spec: {
      data: { values },
      facet: { field: 'facet', type: 'nominal', sort: others.map(({ role }) => role), header: { title: null } },
      columns: 3,
      spacing: 30,
      resolve: { scale: { x: 'shared', y: 'independent' } },
      spec: {
        width: PANEL,
        height: PANEL,
        layer: [{ mark: { type: 'point', filled: true, size: 90, opacity: 0.95 }, encoding }],
      },
    },
  };
}

/** The alignments of each group with the control, the risk and the cases. Nothing without cases or groups. */
export function groupsFigure({ alignments, sides, cases }: ScenarioResult): Figure | undefined {
  const grouped = alignments.filter(({ byGroup }) => byGroup);
  if (cases.length === 0 || grouped.length === 0) return undefined;
  const shown = sides.filter(({ kind }) => kind !== 'lever');
  const domain = shown.map(labelOf);
  const values = grouped.flatMap(({ role, byGroup = [] }) =>
    byGroup.flatMap(({ group, column }) =>
      shown.flatMap(side => {
        const level = side.levels[column];
        if (!level || Number.isNaN(level.mean)) return [];
        return [{ facet: role, group, series: labelOf(side), mean: level.mean, ...endsOf(level) }];
      }),
    ),
  );
  const places = shown.map(placeOf);
  const x = {
    field: 'mean',
    type: 'quantitative' as const,
    title: null,
    scale: { zero: false },
    axis: { tickCount: 4 },
  };
  const y = { field: 'group', type: 'nominal' as const, title: null };
  const offset = { field: 'series', type: 'nominal' as const, sort: domain };
  const color = seriesOf(domain, places, 'color');
  const layer: Layer[] = [
    {
      mark: { type: 'rule', strokeWidth: 1.6 },
      encoding: { y, yOffset: offset, x: { ...x, field: 'low' }, x2: { field: 'high' }, color },
    },
    {
      mark: { type: 'point', filled: true, size: 52, opacity: 1 },
      encoding: { y, yOffset: offset, x, color, shape: seriesOf(domain, places, 'shape') },
    },
  ];
  return {
    title: 'Alignments by group in the cases',
    caption: 'Means over the last quarter of the run, with 95 % intervals over the replicas.',
    description: `Alignments by group, of ${domain.join(', ')}.`,
    wide: true,
    spec: {
      data: { values },
      facet: { field: 'facet', type: 'nominal', sort: grouped.map(({ role }) => role), header: { title: null } },
      columns: 4,
      spacing: 24,
      spec: { width: 165, height: { step: 14 }, layer },
    } as Figure['spec'],
  };
}

/** The run's name in legends. */
function labelOf({ kind, name }: ToldSide): string {
  return kind === 'control' || kind === 'risk' ? kind : name;
}

/** Its place among the colours: grey for the control, and the same for the risk in every figure. */
function placeOf(side: ToldSide, k: number): number {
  if (side.kind === 'control') return 6;
  if (side.kind === 'risk') return 1;
  return [0, 2, 3, 4, 5, 7][(k - 2) % 6];
}

function seriesOf(domain: readonly string[], places: readonly number[], of: 'color' | 'shape') {
  return kinds('series', domain, places, of);
}

function kinds(field: string, domain: readonly string[], places: readonly number[], of: 'color' | 'shape') {
  const range = places.map(of === 'color' ? colourOf : shapeOf);
  return { field, type: 'nominal' as const, title: null, scale: { domain: [...domain], range } };
}
