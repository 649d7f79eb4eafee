// What of the agents is kept: fields, steps, agents and worlds, as written and checked. Which agents these are is found out in src/experiment/recording.ts.
import type { z } from 'zod';
import { suggest } from '../errors.ts';
import type { Model } from '../model/index.ts';
import { either, integerFrom, listOf, mapping, oneOf, text } from './leaves.ts';
import { readSteps } from './measured-steps.ts';
import type { Path } from './origin.ts';
import type { Schedule } from './schedule.ts';
import type { Fail } from './shares.ts';

/** The agents whose values are kept: all, those with the lowest numbers, a random sample (the same in every world), or those of groups. */
export type RecordedAgents = 'all' | { first: number } | { sample: number } | { group: readonly string[] };

/** What agents.parquet holds. */
export interface RecordSpec {
  readonly fields: readonly string[];
  /** `final`: where the run ends. A schedule: at its steps and where the run ends. A list: at these steps, as far as the run goes. */
  readonly steps: 'final' | Schedule | { readonly at: readonly number[] };
  readonly agents: RecordedAgents;
  /** All worlds, or the first replicas of each point. */
  readonly worlds: 'all' | { readonly replicas: number };
}

interface WrittenRecording {
  fields: string[];
  steps: 'final' | 'all-measured' | number[] | { every: number };
  agents: 'all' | { first?: number; sample?: number; group?: string | string[] };
  worlds: 'all' | { replicas: number };
}
/** `record` as written. */
export type WrittenRecord = string[] | WrittenRecording;

const CHOICES = ['first', 'sample', 'group'] as const;

/** The schema of `record`. */
export function recordSchema(model: Model): z.ZodType<WrittenRecord> {
  const ofAgents = Object.keys(model.fields).filter(name => (model.fields[name].holder ?? 'agent') === 'agent');
  const fields = () => listOf(oneOf('field', ofAgents), 'a list of fields');
  const every = integerFrom(1).describe('At step 0, at every such step, and where the run ends.');
  const agents = mapping('key', {
    first: integerFrom(1).optional().describe('Those with the lowest numbers. One of first, sample and group.'),
    sample: integerFrom(1).optional().describe('So many at random, the same in every world.'),
    group: either('the name of a group, or a list of names', [
      text('a name'),
      listOf(text('a name'), 'a list of names'),
    ])
      .optional()
      .describe('Those of a group, or of several.'),
  });
  return either('a list of fields, or a mapping such as {fields, steps}', [
    fields(),
    mapping('key', {
      fields: fields().describe('Fields whose values are kept.'),
      steps: either('final, all-measured, a list of steps, or {every: n}', [
        oneOf('word', ['final', 'all-measured']),
        listOf(integerFrom(0), 'a list of steps'),
        mapping('key', { every }),
      ])
        .default('final')
        .describe('When: where the run ends, at all measured steps, at these steps, or every so many.'),
      agents: either('all, {first: n}, {sample: n} or {group: name}', [oneOf('word', ['all']), agents])
        .default('all')
        .describe('Whose.'),
      worlds: either('all or {replicas: n}', [
        oneOf('word', ['all']),
        mapping('key', { replicas: integerFrom(1).describe('The first so many replicas of each point.') }),
      ])
        .default('all')
        .describe('In which worlds.'),
    }),
  ]) as unknown as z.ZodType<WrittenRecord>;
}

/** What is known of the run. What a file of the topology brings is undefined until it has been read. */
export interface RecordContext {
  schedule: Schedule;
  replicas: number;
  population: number | undefined;
  groups: readonly string[] | undefined;
}

/** What is recorded, if anything is. */
export function readRecord(
  written: WrittenRecord | undefined,
  context: RecordContext,
  fail: Fail,
): RecordSpec | undefined {
  if (written === undefined) return undefined;
  const short = Array.isArray(written);
  const { fields, steps, agents, worlds }: WrittenRecording = short
    ? { fields: written, steps: 'final', agents: 'all', worlds: 'all' }
    : written;
  const twice = fields.findIndex((field, i) => fields.indexOf(field) !== i);
  if (twice >= 0) {
    const path: Path = short ? ['record', twice] : ['record', 'fields', twice];
    fail(path, { what: `${fields[twice]} comes twice`, expected: 'different fields' });
  }
  if (worlds !== 'all' && worlds.replicas > context.replicas) {
    const expected = `at most ${context.replicas} (replicas)`;
    fail(['record', 'worlds', 'replicas'], { what: 'more than there are', expected, got: String(worlds.replicas) });
  }
  return {
    fields,
    steps: readRecordedSteps(steps, context.schedule, fail),
    agents: readAgents(agents, context, fail),
    worlds,
  };
}

function readRecordedSteps(steps: WrittenRecording['steps'], schedule: Schedule, fail: Fail): RecordSpec['steps'] {
  if (steps === 'final') return steps;
  if (steps === 'all-measured') return schedule;
  if (Array.isArray(steps)) return { at: readSteps(steps, schedule.last, ['record', 'steps'], fail) };
  return { steps: steps, last: schedule.last };
}

function readAgents(agents: WrittenRecording['agents'], context: RecordContext, fail: Fail): RecordedAgents {
  const path: Path = ['record', 'agents'];
  if (agents === 'all') return agents;
  const [choice, second] = CHOICES.filter(key => agents[key] !== undefined);
  const expected = `one of ${CHOICES.join(', ')}`;
  if (choice === undefined) return fail(path, { what: 'nobody is chosen', expected });
  if (second) fail([...path, second], { at: 'key', what: 'a second choice', expected });
  const { first, sample, group } = agents;
  const chosen: RecordedAgents =
    first !== undefined ? { first } : sample !== undefined ? { sample } : { group: [group!].flat() };
  const fault = agentsFault(chosen, context);
  if (fault) fail([...path, choice, ...(Array.isArray(group) ? [fault.index] : [])], fault);
  return chosen;
}

/** Why agents cannot be chosen so, if they cannot. `index` is the position of the faulty group. */
export function agentsFault(
  agents: RecordedAgents,
  { population = Number.POSITIVE_INFINITY, groups }: Pick<RecordContext, 'population' | 'groups'>,
): { what: string; expected?: string; got?: string; hint?: string; index: number } | undefined {
  if (agents === 'all') return undefined;
  if (!('group' in agents)) {
    const count = 'first' in agents ? agents.first : agents.sample;
    if (count <= population) return undefined;
    const what = 'more agents than there are';
    return { what, expected: `at most ${population} (population)`, got: String(count), index: 0 };
  }
  const names = agents.group;
  for (const [index, name] of names.entries()) {
    if (names.indexOf(name) !== index) return { what: `${name} comes twice`, expected: 'different groups', index };
    if (groups === undefined || groups.includes(name)) continue;
    if (groups.length === 0) return { what: 'there are no groups', hint: 'add groups to the spec', index };
    return { what: `unknown group "${name}"`, hint: suggest(name, groups), index };
  }
  return undefined;
}
