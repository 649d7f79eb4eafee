// Agents of tri-alignment at rest on an engine, and what the linear regime knows of them.
import { open } from '../../src/experiment/open.ts';
import { type Hear, type LinearRegime, PULLS } from '../../src/models/tri-alignment-linear.ts';
import { groupsOf } from '../../src/plan/neighborhood.ts';
import { neighborsOf, type SpecObject } from '../support/runs.ts';
import { LEAN } from './tri-alignment.ts';

/** A world of agents at rest, and what the linear regime knows of it. */
export interface AtRest {
  stances: Float64Array[];
  regime: LinearRegime;
  /** The goals of human, preferential and task alignment; that of the task is o(g, comply), whatever an agent's strategy. */
  goals: { human: Float64Array[]; preferential: Float64Array[]; task: Float64Array[] };
  influence: Float64Array;
  /** The group of each agent, and whom it hears. */
  group: Uint32Array;
  heard: readonly (readonly number[])[];
}

/** Takes a spec to its end and reads its worlds, which are of one point. */
export async function atRest(spec: SpecObject): Promise<AtRest[]> {
  await using world = await open(spec, { engine: 'cpu', threads: 1, models: [LEAN] });
  await world.step(world.prepared.spec.steps, { every: 0 });
  const { prepared, plan } = world;
  const n = plan.population;
  const { groups, numbers: group } = groupsOf(prepared.spec, prepared.topology, n);
  const everyone = Array.from({ length: n }, (_, i) => i);
  const heard = prepared.topology.kind === 'complete' ? everyone.map(() => everyone) : neighborsOf(prepared);
  const params = prepared.spec.points[0].params as Readonly<Record<string, number>>;
  const fields = ['stance', 'trained', 'preference', 'human', 'task', 'temptation', 'strategy', 'influence'] as const;
  const values = Object.fromEntries(
    await Promise.all(fields.map(async name => [name, await world.read(name)] as const)),
  );
  return plan.worlds.map((_, w): AtRest => {
    const of = (name: (typeof fields)[number], who = everyone, holders = n): Float64Array[] =>
      Array.from({ length: params.questions }, (_, k) =>
        Float64Array.from(who, i => values[name][(w * holders + i) * params.questions + k]),
      );
    const ofGroup = (name: 'human' | 'task' | 'temptation') => of(name, [...group], groups.length);
    const goals = { human: ofGroup('human'), preferential: of('preference'), task: ofGroup('task') };
    const corrupted = ofGroup('temptation');
    const exploits = values.strategy.subarray(w * n, (w + 1) * n);
    const served = goals.task.map((column, k) =>
      column.map((goal, i) => goal + exploits[i] * params.corruption * (corrupted[k][i] - goal)),
    );
    const [value, preference, task, training] = PULLS.map(pull => params[`${pull}_pull`]);
    return {
      stances: of('stance'),
      regime: {
        pulls: { value, preference, task, training },
        social: params.social_pull,
        anchors: { value: goals.human, preference: goals.preferential, task: served, training: of('trained') },
      },
      goals,
      influence: Float64Array.from(values.influence.subarray(w * n, (w + 1) * n)),
      group,
      heard,
    };
  });
}

/** The rows of W: agents weigh each other by influence and the strength of the relation of their groups; who hears nobody keeps what it has. */
export function weighed(
  { influence, group, heard }: AtRest,
  strengths?: readonly (readonly number[])[],
): Float64Array[] {
  return heard.map((others, i) => {
    const row = new Float64Array(influence.length);
    for (const j of others) row[j] += influence[j] * (strengths?.[group[i]][group[j]] ?? 1);
    const total = row.reduce((sum, w) => sum + w, 0);
    return total > 0 ? row.map(w => w / total) : row.fill(1, i, i + 1);
  });
}

/** Rows of W as what agents hear. */
export const hearing =
  (rows: readonly Float64Array[]): Hear =>
  values =>
    rows.map(row => row.reduce((sum, w, j) => sum + w * values[j], 0));
