// What tests of tri-alignment on engines share: the model with few measures, the example that tips as a spec, and its agents as the linear algebra of a network.
import { open } from '../../src/experiment/open.ts';
import { defineModel } from '../../src/model/index.ts';
import { triAlignment } from '../../src/models/tri-alignment.ts';
import type { DensityParams } from '../../src/models/tri-alignment-density.ts';
import type { Hear, LinearRegime, Pull } from '../../src/models/tri-alignment-linear.ts';
import { groupsOf } from '../../src/plan/neighborhood.ts';
import { neighborsOf, type SpecObject } from '../support/runs.ts';
import { TIPPING_EXAMPLE } from '../support/tri-alignment.ts';

const MEASURED = ['exploiters', 'stance', 'human_alignment', 'preferential_alignment', 'task_alignment', 'outcome'];

/** Measuring is most of a short run: these measures are enough here. */
export const LEAN = defineModel({
  ...triAlignment,
  alignments: undefined,
  measures: Object.fromEntries(MEASURED.map(name => [name, triAlignment.measures[name]])),
});

/** The example of docs/tri-alignment.md that tips: everyone hears and meets everyone. */
export function tippingSpec({ params, ...rest }: SpecObject & { params?: SpecObject } = {}): SpecObject {
  const { human, preference, task, trained, temptation }: DensityParams = TIPPING_EXAMPLE;
  return {
    model: 'tri-alignment',
    groups: { all: 1 },
    relations: { all: { all: 'cooperative' } },
    params: {
      value_pull: TIPPING_EXAMPLE.valuePull,
      preference_pull: TIPPING_EXAMPLE.preferencePull,
      task_pull: TIPPING_EXAMPLE.taskPull,
      social_pull: TIPPING_EXAMPLE.socialPull,
      tolerance: TIPPING_EXAMPLE.tolerance,
      conscience: TIPPING_EXAMPLE.conscience,
      selection_noise: TIPPING_EXAMPLE.selectionNoise,
      imitation: TIPPING_EXAMPLE.imitation,
      mutation: TIPPING_EXAMPLE.mutation,
      corruption: TIPPING_EXAMPLE.corruption,
      ...params,
    },
    init: {
      stance: { value: trained },
      human: { value: human },
      preference: { value: preference },
      task: { value: task },
      temptation: { value: temptation },
      strategy: { comply: 1 },
    },
    ...rest,
  };
}

/** A world of agents at rest, and what the linear regime knows of it. */
export interface AtRest {
  stances: Float64Array[];
  regime: LinearRegime;
  /** The goals of human, preferential and task alignment; that of the task is o(g, comply), whatever an agent's strategy. */
  goals: { human: Float64Array[]; preferential: Float64Array[]; task: Float64Array[] };
  influence: Float64Array;
  /** The rows of W, from the neighbours and the influence of the agents. */
  rows: Float64Array[];
}

/** Takes a spec to its end and reads one of its worlds. Strengths of relations are by groups, in their order. */
export async function atRest(
  spec: SpecObject,
  strengths?: readonly (readonly number[])[],
  replica = 0,
): Promise<AtRest> {
  await using world = await open(spec, { engine: 'cpu', threads: 1, models: [LEAN] });
  await world.step(world.prepared.spec.steps, { every: 0 });
  const { params } = world.prepared.spec.points[0];
  const n = world.plan.population;
  const questions = params.questions as number;
  const of = async (field: string, holders: number): Promise<Float64Array[]> => {
    const values = (await world.read(field)) as Float64Array;
    const start = replica * holders;
    const at = (i: number, k: number): number => values[(start + i) * questions + k];
    return Array.from({ length: questions }, (_, k) => Float64Array.from({ length: holders }, (_, i) => at(i, k)));
  };
  const { groups, numbers: group } = groupsOf(world.prepared.spec, world.prepared.topology, n);
  const byAgent = (values: Float64Array[]): Float64Array[] =>
    values.map(byGroup => Float64Array.from({ length: n }, (_, i) => byGroup[group[i]]));
  const [human, task, temptation] = await Promise.all(
    ['human', 'task', 'temptation'].map(field => of(field, groups.length)),
  );
  const exploits = (await world.read('strategy')).subarray(replica * n);
  const goals = { human: byAgent(human), preferential: await of('preference', n), task: byAgent(task) };
  const corrupted = byAgent(temptation);
  const corruption = params.corruption as number;
  const served = goals.task.map((values, k) =>
    values.map((value, i) => value + exploits[i] * corruption * (corrupted[k][i] - value)),
  );
  const weight = (pull: Pull): number => params[`${pull}_pull`] as number;
  const influence = ((await world.read('influence')) as Float64Array).slice(replica * n, (replica + 1) * n);
  const everyone = Array.from({ length: n }, (_, i) => i);
  const heard =
    world.prepared.topology.kind === 'complete' ? everyone.map(() => everyone) : neighborsOf(world.prepared);
  return {
    stances: await of('stance', n),
    regime: {
      pulls: {
        value: weight('value'),
        preference: weight('preference'),
        task: weight('task'),
        training: weight('training'),
      },
      social: params.social_pull as number,
      anchors: { value: goals.human, preference: goals.preferential, task: served, training: await of('trained', n) },
    },
    goals,
    influence,
    rows: heard.map((others, i) => {
      const row = new Float64Array(n);
      for (const j of others) row[j] += influence[j] * (strengths?.[group[i]][group[j]] ?? 1);
      const total = row.reduce((sum, w) => sum + w, 0);
      return total > 0 ? row.map(w => w / total) : row.fill(1, i, i + 1);
    }),
  };
}

/** Rows of W as what agents hear. */
export const hearing =
  (rows: readonly Float64Array[]): Hear =>
  values =>
    rows.map(row => row.reduce((sum, w, j) => sum + w * values[j], 0));
