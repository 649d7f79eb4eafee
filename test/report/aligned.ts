// Made-up runs of a model that declares its alignments, for the tests of src/report/alignment and for a look by eye.
import { type Alignments, arrayOf, defineModel, fixed, histogram, mean, RELATIONS } from '../../src/model/index.ts';
import type { Column, ReportInput } from '../../src/report/index.ts';
import type { Point } from '../../src/spec/spec.ts';
import { columnOf, madeInput, pointOf } from './fixtures.ts';

const ROLES = ['human', 'preferential', 'task', 'outcome'] as const;
const GROUPS = ['aid', 'ministry', 'army', 'firm'];
const QUESTIONS = 3;
const BINS = 32;

const values = Object.fromEntries(ROLES.map(role => [role, fixed({ min: 0, max: 1 })]));
const perRole = ROLES.flatMap(role => [
  [role, mean(role)],
  [`${role}_deviation`, mean(role)],
  [`${role}_worst_decile`, mean(role)],
  [`${role}_by_group`, mean(role, { by: 'group' })],
]);

/** As a model declares it. */
export const ALIGNMENTS: Alignments = {
  ...Object.fromEntries(
    ROLES.map(role => [
      role,
      { mean: role, spread: `${role}_deviation`, low: `${role}_worst_decile`, byGroup: `${role}_by_group` },
    ]),
  ),
  stances: 'stance',
  concentration: { gini: 'influence_gini', top: 'influence_top', herfindahl: 'influence_herfindahl' },
};

/** A model with everything that figures of alignments draw. */
export const alignedModel = defineModel({
  name: 'three-ways',
  about: 'Agents that are aligned in more than one way.',
  source: 'Asch & Byte 1956, J. Made-up 1 1',
  updates: ['synchronous'],
  published: { update: 'synchronous', note: '' },
  fields: { ...values, influence: fixed({ min: 0, max: 1 }), position: arrayOf(fixed({ min: -1, max: 1 }), QUESTIONS) },
  params: {},
  init: {},
  rules: ['adjust'],
  measures: {
    ...Object.fromEntries(perRole),
    stance: histogram('position', { bins: BINS }),
    influence_gini: mean('influence'),
    influence_top: mean('influence'),
    influence_herfindahl: mean('influence'),
  },
  alignments: ALIGNMENTS,
});

const COLUMNS: Column[] = [
  ...ROLES.flatMap(role => [
    columnOf(role, 'mean'),
    columnOf(`${role}_deviation`, 'mean'),
    columnOf(`${role}_worst_decile`, 'mean'),
    ...GROUPS.map(group => columnOf(`${role}_by_group.${group}`, 'mean', { measure: `${role}_by_group`, group })),
  ]),
  ...Array.from({ length: QUESTIONS }, (_, k) =>
    Array.from({ length: BINS }, (_, b) => {
      const bin = { from: -1 + (2 * b) / BINS, to: -1 + (2 * (b + 1)) / BINS, label: `${b}` };
      return columnOf(`stance.${k}.${b}`, 'histogram', { measure: `stance.${k}`, bin });
    }),
  ).flat(),
  ...['gini', 'top', 'herfindahl'].map(name => columnOf(`influence_${name}`, 'mean')),
];

const relax = (from: number, to: number, step: number, time: number): number => to + (from - to) * Math.exp(-step / time); // biome-ignore format: one thought
const hump = (x: number, at: number, width: number): number => Math.exp(-(((x - at) / width) ** 2) / 2);

/** Values that drift apart, the more the stronger the `pull` in [0, 1]. */
function drift({ name, group, bin }: Column, pull: number, step: number): number {
  if (bin) {
    const question = Number(name.split('.')[1]);
    const x = (bin.from + bin.to) / 2;
    const apart = relax(0, 0.2 + 0.25 * question * pull, step, 60);
    const width = relax(0.3, 0.09, step, 40);
    const height = (0.025 * (hump(x, 0.2 + apart, width) + hump(x, 0.2 - apart, width))) / width;
    return height < 1e-3 ? 0 : height;
  }
  if (name.startsWith('influence_')) {
    const [first, end] = { gini: [0.1, 0.72], top: [0.02, 0.3], herfindahl: [0.001, 0.06] }[name.slice(10)]!;
    return relax(first, end, step, 70 - 30 * pull);
  }
  const role = ROLES.find(each => name.startsWith(each))!;
  const end = { human: 0.35 + 0.5 * (1 - pull), preferential: 0.5 + 0.4 * pull, task: 0.75 - 0.3 * pull ** 2, outcome: 0.4 + 0.2 * Math.sin(6 * pull) }[role]; // biome-ignore format: one thought
  const middle = relax(0.85, end, step, role === 'outcome' ? 15 : 45);
  if (name.endsWith('_deviation')) return relax(0.03, 0.12 + 0.08 * pull, step, 50);
  if (name.endsWith('_worst_decile')) return middle - relax(0.05, 0.2, step, 50);
  return group ? middle + (GROUPS.indexOf(group) - 1.5) * relax(0.01, 0.09, step, 60) : middle;
}

/** A run of that model; `extra` goes into its spec. */
export function alignedInput(
  pulls: readonly number[],
  { replicas = 6, steps = 200, extra = {} as object } = {},
): ReportInput {
  const points: Point[] = pulls.map(pull => pointOf(pulls.length > 1 ? { 'params.pull': pull } : {}));
  const value = (column: Column, point: number, step: number): number => drift(column, pulls[point], step);
  const input = madeInput({ points, replicas, steps, columns: COLUMNS, value, spread: 0.05 });
  for (const { name, bin } of COLUMNS) if (bin) input.rows.measures[name] = input.rows.measures[name].map(share => (share < 0.03 ? 0 : share)); // biome-ignore format: one thought
  const groups = GROUPS.map(name => ({ name, share: 0.25 }));
  const measure = { ...input.spec.measure, measures: alignedModel.measures };
  return { ...input, spec: { ...input.spec, model: alignedModel, groups, measure, ...extra } };
}

const KINDS = GROUPS.map((_, g) => GROUPS.map((_, h) => (g === h ? 'collaborative' : RELATIONS[1 + ((g + h) % 2)])));
const STRENGTHS = GROUPS.map((_, g) => GROUPS.map((_, h) => (g === h ? 1 : [1, 0.5, 0.25][(g * h) % 3])));
const matrix = <T>(rows: T[][]) => ({ rows, where: undefined, rowWhere: [] });

/** Relations and interventions, as specs have them. */
export const EXTRA = {
  relations: { where: undefined, kinds: matrix(KINDS), strengths: matrix(STRENGTHS) },
  interventions: [
    { name: 'retrain-leaders', at: 50, until: 120 },
    { name: 'audit', at: 60, until: 60 },
    { name: 'share-rewards', at: 150, until: 200 },
  ],
};
