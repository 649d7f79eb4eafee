// Figures of alignments: what is drawn of which measures, and what is left out where they are absent.
import { describe, expect, it } from 'vitest';
import { alignmentFigures } from '../../src/report/alignment/section.ts';
import { coursesOf } from '../../src/report/courses.ts';
import { drawFigure, type Figure } from '../../src/report/figure.ts';
import { heatMapFigure } from '../../src/report/heat-map.ts';
import { heatMapsOf, histogramsOf } from '../../src/report/histogram-columns.ts';
import type { ReportInput } from '../../src/report/index.ts';
import { ALIGNMENTS, alignedInput, alignedModel, EXTRA } from './aligned.ts';
import { opinions } from './samples.ts';

type Datum = Record<string, unknown> & { role: string; x: number; y: number };

function figuresOf(input: ReportInput): Map<string, Figure> {
  const courses = coursesOf(input.rows);
  const figures = alignmentFigures(input, courses, heatMapsOf(histogramsOf(input, courses), input));
  return new Map(figures.flatMap(figure => (figure ? [[figure.title, figure]] : [])));
}

const without = (input: ReportInput, ...names: (keyof typeof ALIGNMENTS)[]): ReportInput => {
  const alignments = Object.fromEntries(Object.entries(ALIGNMENTS).filter(([name]) => !names.includes(name as never)));
  return { ...input, spec: { ...input.spec, model: { ...alignedModel, alignments } } };
};

const ALL = [
  'Alignments',
  'Concentration of influence',
  'Alignments and how agents differ in them',
  'stance over time',
  'Trade-offs between alignments',
  'Relations between groups',
  'Differences between groups at the end',
];
const PLANES = 'Trade-offs between alignments';
const planesOf = (figure: Figure | undefined) =>
  (figure!.spec as never as { concat: { data: { values: Datum[] }; layer: { encoding: Record<'x' | 'y', { title: string; scale: { domain: [number, number] } }> }[] }[] }).concat; // biome-ignore format: one thought
const valuesOf = (figure: Figure | undefined): Datum[] => (figure!.spec as never as { data: { values: Datum[] } }).data.values; // biome-ignore format: one thought

describe('figures of alignments', () => {
  it('are all there where everything is declared and measured, for one point and for several', () => {
    expect([...figuresOf(alignedInput([0.5], { extra: EXTRA })).keys()]).toEqual(ALL);
    expect([...figuresOf(alignedInput([0.2, 0.8], { extra: EXTRA })).keys()]).toEqual(ALL);
  });

  it('are none without a declaration', () => {
    const input = alignedInput([0.5]);
    const { alignments: _, ...model } = alignedModel;
    expect(figuresOf({ ...input, spec: { ...input.spec, model } }).size).toBe(0);
  });

  it('leave out what is not declared, not measured or not in the spec', () => {
    const input = alignedInput([0.5]);
    const titles = (other: ReportInput): string[] => [...figuresOf(other).keys()];
    expect(titles(input)).not.toContain('Relations between groups');
    expect(titles(without(input, 'concentration'))).not.toContain('Concentration of influence');
    expect(titles(without(input, 'stances'))).not.toContain('stance over time');
    expect(titles(without(input, 'preferential', 'task', 'outcome'))).not.toContain(PLANES);
    const grouped = Object.entries(input.rows.measures).filter(([name]) => !name.includes('by_group'));
    const alone = { ...input, spec: { ...input.spec, groups: [] }, rows: { ...input.rows, measures: Object.fromEntries(grouped) } }; // biome-ignore format: one thought
    expect(titles(alone)).not.toContain('Differences between groups at the end');
    const few = Object.entries(input.rows.measures).filter(([name]) => !/deviation|decile/.test(name));
    const measured = { ...input, rows: { ...input.rows, measures: Object.fromEntries(few) } };
    expect(titles(measured)).not.toContain('Alignments and how agents differ in them');
    expect(titles({ ...input, rows: { ...input.rows, measures: {} }, columns: [] })).toEqual([]);
  });

  it('mark the interventions of the spec in figures over time, and only there', () => {
    const marked = [...figuresOf(alignedInput([0.5], { extra: EXTRA })).values()].filter(({ description }) => description.includes('retrain-leaders (steps 50 to 120)')); // biome-ignore format: one thought
    expect(marked.map(({ title }) => title)).toEqual(ALL.slice(0, 4));
  });
});

describe('spread of alignments', () => {
  it('is mean ± deviation cut at 0 and 1, with the range of the replicas', () => {
    const input = alignedInput([0.5], { replicas: 2, steps: 2 });
    const { measures } = input.rows;
    measures.human.set([0.5, 0.5, 0.25, 0.5, 0.5, 0.75]);
    measures.human_deviation.set([0, 0, 0.5, 0, 0, 0.75]);
    measures.human_worst_decile.fill(0.125);
    const last = valuesOf(figuresOf(input).get(ALL[2])).find(({ panel, step }) => panel === 'human' && step === 2)!;
    expect(last).toMatchObject({ mean: 0.5, least: 0.25, most: 0.75, below: 0, above: 1, low: 0.125 });
  });
});

describe('planes of two alignments', () => {
  it('have those that are measured as axes, with one range for an alignment in all of them', () => {
    const planes = planesOf(figuresOf(alignedInput([0.2, 0.8])).get(PLANES));
    const axes = planes.map(({ layer }) => ['x', 'y'].map(axis => layer[0].encoding[axis as 'x'].title));
    expect(axes).toEqual([
      ['human', 'preferential'],
      ['human', 'task'],
      ['human', 'outcome'],
      ['preferential', 'task'],
      ['preferential', 'outcome'],
    ]);
    const ranges = planes.slice(0, 3).map(({ layer }) => layer[0].encoding.x.scale.domain);
    expect(new Set(ranges.map(String)).size).toBe(1);
    for (const { data, layer } of planes) {
      const [[left, right], [bottom, top]] = [layer[0].encoding.x.scale.domain, layer[0].encoding.y.scale.domain];
      expect(data.values.every(({ x, y }) => x >= left && x <= right && y >= bottom && y <= top)).toBe(true);
    }
  });

  it('show paths of few points, and the front of their mean ends', () => {
    const [plane] = planesOf(figuresOf(alignedInput([0, 0.5, 1])).get(PLANES));
    const of = (role: string) => plane.data.values.filter(datum => datum.role === role);
    expect([of('start').length, of('end').length, of('replica-end').length]).toEqual([3, 3, 18]);
    expect(new Set(of('path').map(({ line }) => line)).size).toBe(3);
    expect(new Set(of('replica-path').map(({ line }) => line)).size).toBe(12);
    // the more pull the less human and the more preferential: no point dominates
    expect(of('front-end').map(({ point }) => point)).toEqual([0, 1, 2]);
  });

  it('show the ends alone of many points, not too many of them', () => {
    const pulls = Array.from({ length: 400 }, (_, i) => i / 399);
    const [plane] = planesOf(figuresOf(alignedInput(pulls, { replicas: 4, steps: 2 })).get(PLANES));
    const of = (role: string) => plane.data.values.filter(datum => datum.role === role);
    expect([of('path').length, of('start').length, of('end').length]).toEqual([0, 0, 400]);
    expect(of('replica-end').length).toBe(1500);
    expect(of('end').every(({ shade }) => typeof shade === 'number')).toBe(true);
  });

  it('have no front of a single world', () => {
    const [plane] = planesOf(figuresOf(alignedInput([0.5], { replicas: 1 })).get(PLANES));
    expect(plane.data.values.some(({ role }) => role.startsWith('front'))).toBe(false);
  });

  it('skip values that are undefined', () => {
    const input = alignedInput([0.2, 0.8]);
    input.rows.measures.human.forEach((_, row) => {
      if (input.rows.point[row] === 1) input.rows.measures.human[row] = Number.NaN;
    });
    const planes = planesOf(figuresOf(input).get(PLANES));
    expect(planes[0].data.values.some(({ point }) => point === 1)).toBe(false);
    expect(planes[3].data.values.some(({ point }) => point === 1)).toBe(true);
  });
});

describe('matrices of groups', () => {
  it('tell relations by kind and strength, in the order of the groups', async () => {
    const figure = figuresOf(alignedInput([0.5], { extra: EXTRA })).get('Relations between groups')!;
    const data = valuesOf(figure);
    expect(data).toHaveLength(16);
    expect(data[1]).toMatchObject({ from: 'aid', to: 'ministry', kind: 'competitive', strength: 1 });
    expect(figure.description).toContain('ministry to army (0.25)');
    expect((await drawFigure(figure, 'f')).html).toContain('>0.25<');
  });

  it('know the groups of a topology by their columns', () => {
    const input = alignedInput([0.5], { extra: EXTRA });
    const figures = figuresOf({ ...input, spec: { ...input.spec, groups: [] } });
    expect(valuesOf(figures.get('Differences between groups at the end'))).toHaveLength(4 * 16);
    expect(valuesOf(figures.get('Relations between groups')).at(-1)).toMatchObject({ from: 'firm', to: 'firm' });
  });

  it('are antisymmetric, with means on the diagonal', () => {
    const data = valuesOf(figuresOf(alignedInput([0.5])).get('Differences between groups at the end'));
    const cell = (row: string, column: string) => data.find(datum => datum.panel === 'human' && datum.row === row && datum.column === column)!; // biome-ignore format: one thought
    expect(cell('firm', 'aid').difference).toBe(-(cell('aid', 'firm').difference as number));
    expect(cell('firm', 'aid').text).toMatch(/^\+0\.2\d$/);
    expect(cell('aid', 'firm').text).toMatch(/^−0\.2\d$/);
    expect(cell('aid', 'aid')).toMatchObject({ own: true, difference: 0 });
  });
});

describe('heat maps over time', () => {
  const mapsOf = (input: ReportInput) => heatMapsOf(histogramsOf(input, coursesOf(input.rows)), input);

  it('put the elements of an array field into panels of one figure', () => {
    const [map, ...others] = mapsOf(alignedInput([0.5]));
    expect([others, map.title, map.histograms.map(({ element }) => element)]).toEqual([[], 'stance over time', [0, 1, 2]]); // biome-ignore format: one thought
    const panels = new Set(valuesOf(heatMapFigure(map)).map(({ panel }) => panel));
    expect([...panels]).toEqual([0, 1, 2].map(k => `value question ${k}`));
  });

  it('keep a measure apart whose own name ends like an element', () => {
    const input = alignedInput([0.5]);
    const measures = { ...input.spec.measure.measures, 'stance.1': alignedModel.measures.stance };
    const spec = { ...input.spec, measure: { ...input.spec.measure, measures } };
    expect(mapsOf({ ...input, spec }).map(({ title }) => title)).toEqual(['stance over time', 'stance.1 over time']);
  });

  it('cover every step once, from the first to the last, without cells that nobody is in', () => {
    const input = opinions(1);
    const values = valuesOf(heatMapFigure(mapsOf(input)[0]));
    const ground = values.filter(({ share }) => share === 0) as never as { start: number; end: number }[];
    expect([ground[0].start, ground.at(-1)!.end]).toEqual([0, 120]);
    for (let k = 1; k < ground.length; k++) expect(ground[k].start).toBe(ground[k - 1].end);
    expect(values.length).toBeLessThan(33 * ground.length);
  });

  it('leave out undefined steps, and runs of two steps', () => {
    const input = opinions(1);
    for (const { name, kind } of input.columns) if (kind === 'histogram') input.rows.measures[name].fill(Number.NaN);
    expect(heatMapFigure(mapsOf(input)[0])).toBeUndefined();
    expect(mapsOf(alignedInput([0.5], { steps: 1 })).map(heatMapFigure)).toEqual([undefined]);
  });
});
