// Which agents, where and when, a run keeps: the spec's `record` made definite once the topology is known, and the taking of what it names.
import { GroundswellError } from '../errors.ts';
import { groupNumbers, groupsOf } from '../plan/neighborhood.ts';
import type { Plan } from '../plan/plan.ts';
import { seedKey, sequence, streamKey } from '../random.ts';
import type { AgentsPart, FieldValues } from '../record/index.ts';
import { agentsFault, countMeasured, nextMeasured, type RecordSpec } from '../spec/index.ts';
import type { Topology } from '../topology/index.ts';
import type { World } from './open.ts';

/** What a run keeps of its agents. */
export interface Recording {
  columns: readonly RecordedColumn[];
  steps: RecordSpec['steps'];
  /** Numbers of the recorded worlds in the plan, ascending. */
  worlds: readonly number[];
  /** Numbers of the recorded agents, ascending: for every graph, or one list for all. */
  agents: readonly Uint32Array[];
}

/** One value of every agent: a field, or one element of an array field, `<field>.<k>`. */
export interface RecordedColumn {
  name: string;
  field: string;
  element: number;
  /** Elements of the field. */
  elements: number;
}

/** Columns of agents.parquet, which no field may be named after. */
const TAKEN: readonly string[] = ['point', 'replica', 'step', 'agent', 'id'];
/** Values of agents that one run may record: 4 to 8 GiB on their way to the file. */
const MOST_VALUES = 2 ** 30;

/** The recording of a run, if it has one. Refuses groups that the topology does not have, and more than a run may keep. */
export function planRecording(plan: Plan, topology: Topology): Recording | undefined {
  const { spec, worlds: all } = plan;
  const { record } = spec;
  if (!record) return undefined;
  refuseTakenColumns(record.fields);
  const { replicas } = record.worlds === 'all' ? spec : record.worlds;
  const worlds = [...all.keys()].filter(world => all[world].replica < replicas);
  const recording = {
    columns: columnsOf(record.fields, plan),
    steps: record.steps,
    worlds,
    agents: chooseAgents(record, plan, topology),
  };
  refuseTooMuch(recording, plan);
  return recording;
}

function columnsOf(fields: readonly string[], { layout, spec }: Plan): RecordedColumn[] {
  return fields.flatMap(field => {
    const { elements } = layout.fields.find(({ name }) => name === field)!;
    const single = spec.model.fields[field].length === undefined;
    return Array.from({ length: elements }, (_, element) => {
      return { name: single ? field : `${field}.${element}`, field, element, elements };
    });
  });
}

/** Takes what is recorded of a run: on the way, and where it ends. */
export function createRecorder(world: World, onAgents: (parts: readonly AgentsPart[]) => void | Promise<void>) {
  const { recording } = world.prepared;
  if (!recording) return undefined;
  let taken = -1;
  const take = async (): Promise<void> => {
    taken = world.stepCount;
    await onAgents(await takeParts(world, recording));
  };
  /** The next step at which there is something to take, which may be the present one. */
  const next = (): number => nextRecorded(recording, Math.max(taken, world.stepCount - 1));
  return {
    next,
    async onTheWay() {
      if (world.stepCount === next()) await take();
    },
    /** `finished`: by its last step or a condition. An interrupt leaves those steps out that it never reached, but the final state is the one there is. */
    async atEnd(finished: boolean) {
      const due = recording.steps === 'final' || ('last' in recording.steps && finished);
      if (due && taken !== world.stepCount) await take();
    },
  };
}

/** The next step after `after` at which there is something to record; ∞ when there is none but perhaps the last of the run. */
function nextRecorded({ steps }: Recording, after: number): number {
  if (steps === 'final') return Number.POSITIVE_INFINITY;
  if ('last' in steps) return nextMeasured(steps, after);
  return steps.at.find(step => step > after) ?? Number.POSITIVE_INFINITY;
}

/** What a recording keeps of a world as it stands, world by world. */
async function takeParts(world: World, recording: Recording): Promise<AgentsPart[]> {
  const { population, worlds } = world.plan;
  const fields = new Map<string, FieldValues>();
  for (const { field } of recording.columns) {
    if (!fields.has(field)) fields.set(field, await world.read(field));
  }
  return recording.worlds.map(index => {
    const { point, replica } = worlds[index];
    const agents = agentsIn(recording, worlds[index]);
    const values = recording.columns.map(({ field, element, elements }) => {
      const first = index * population * elements;
      const own = fields.get(field)!.subarray(first, first + population * elements);
      return pick(own, agents, element, elements);
    });
    return { point, replica, step: world.stepCount, agents, values };
  });
}

/** Rows that a recording has if the run goes to its last step. */
export function recordedRows(recording: Recording, { worlds }: Plan): { steps: number; rows: number } {
  const steps = countSteps(recording);
  const perStep = recording.worlds.reduce((sum, index) => sum + agentsIn(recording, worlds[index]).length, 0);
  return { steps, rows: steps * perStep };
}

function countSteps({ steps }: Recording): number {
  if (steps === 'final') return 1;
  return 'last' in steps ? countMeasured(steps) : steps.at.length;
}

function agentsIn({ agents }: Recording, { graph }: { graph: number }): Uint32Array {
  return agents[graph] ?? agents[0];
}

/** One element of the values of these agents; a view where that is all there is. */
function pick(values: FieldValues, agents: Uint32Array, element: number, elements: number): FieldValues {
  if (elements === 1 && agents.length === values.length) return values;
  const picked = values.slice(0, agents.length);
  for (let k = 0; k < agents.length; k++) picked[k] = values[agents[k] * elements + element];
  return picked;
}

function chooseAgents({ agents }: RecordSpec, plan: Plan, topology: Topology): Uint32Array[] {
  const { population, spec } = plan;
  const fault = agentsFault(agents, { population, groups: plan.groups.map(({ name }) => name) });
  if (fault) throw new GroundswellError({ ...fault, where: 'record.agents' });
  if (agents === 'all') return [firstAgents(population)];
  if ('first' in agents) return [firstAgents(agents.first)];
  if ('sample' in agents) return [sampleAgents(agents.sample, population, spec.seed)];
  const names = plan.groups.map(({ name }) => name);
  const wanted = new Set(agents.group.map(name => names.indexOf(name)));
  return groupNumbers(groupsOf(spec, topology, population), population).map(numbers =>
    firstAgents(population).filter(agent => wanted.has(numbers[agent])),
  );
}

function firstAgents(count: number): Uint32Array {
  const agents = new Uint32Array(count);
  for (let agent = 0; agent < count; agent++) agents[agent] = agent;
  return agents;
}

/** A uniform sample without repetitions, ascending (Floyd's algorithm: Bentley & Floyd 1987, CACM 30 754). It depends on the seed, and on no other draw. */
function sampleAgents(count: number, population: number, seed: string | number): Uint32Array {
  const draws = sequence(streamKey(seedKey(seed), 0, 'sample of recorded agents'));
  const chosen = new Uint8Array(population);
  for (let last = population - count; last < population; last++) {
    const agent = draws.below(last + 1);
    chosen[chosen[agent] === 1 ? last : agent] = 1;
  }
  return firstAgents(population).filter(agent => chosen[agent] === 1);
}

function refuseTakenColumns(fields: readonly string[]): void {
  const taken = fields.find(name => TAKEN.includes(name));
  if (taken === undefined) return;
  const what = `a field named "${taken}" cannot be recorded`;
  throw new GroundswellError({
    what,
    where: 'record',
    hint: `agents.parquet has columns ${TAKEN.join(', ')} of its own`,
  });
}

function refuseTooMuch(recording: Recording, plan: Plan): void {
  const { steps, rows } = recordedRows(recording, plan);
  const values = rows * recording.columns.length;
  if (values <= MOST_VALUES) return;
  const count = (n: number): string => n.toLocaleString('en-US');
  const perWorld = Math.round(rows / steps / recording.worlds.length);
  const factors = [
    [steps, 'steps'],
    [recording.worlds.length, 'worlds'],
    [perWorld, 'agents'],
    [recording.columns.length, 'fields'],
  ] as const;
  throw new GroundswellError({
    what: 'too much to record',
    where: 'record',
    expected: `at most ${count(MOST_VALUES)} values`,
    got: `${count(values)}: ${factors.map(([n, noun]) => `${count(n)} ${n === 1 ? noun.slice(0, -1) : noun}`).join(' × ')}`,
    hint: 'record fewer steps, agents or worlds, e.g. `agents: {sample: 1000}`',
  });
}
