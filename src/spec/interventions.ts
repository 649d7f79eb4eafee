// Interventions as written → whom, when and what. Who the agents are is found out in src/plan/targets.ts, once the topology is known.
import { suggest } from '../errors.ts';
import { encodeValue, type Model, type Param, settingFault } from '../model/index.ts';
import { readDeeds } from './deeds.ts';
import { aimsAtAll, type Condition, type Intervention, type Target } from './intervention-spec.ts';
import type { WrittenCondition, WrittenIntervention, WrittenTarget } from './interventions-schema.ts';
import type { Path } from './origin.ts';
import type { Fail } from './shares.ts';
import type { Reading } from './sources.ts';

/** What is known of the run. Names that a file of the topology brings are undefined until it has been read. */
export interface InterventionContext {
  model: Model;
  steps: number;
  groups: readonly string[] | undefined;
  roles: readonly string[] | undefined;
}

export function readInterventions(
  written: Readonly<Record<string, WrittenIntervention>>,
  context: InterventionContext,
  reading: Reading,
): Intervention[] {
  return Object.entries(written).map(([name, intervention]) => {
    const path: Path = ['interventions', name];
    const { set, does, about } = readDeeds(intervention.do, context.model, [...path, 'do'], reading);
    const target = readTarget(intervention.target, context, [...path, 'target'], reading);
    const settings = Object.keys(set).length > 0;
    if (settings) refuseUnsettable(set, target, context.model, path, reading.fail);
    const times = readTimes(
      intervention,
      { steps: context.steps, settings, deeds: does.length > 0 },
      path,
      reading.fail,
    );
    return { name, ...times, target, set, does, about, cost: intervention.cost };
  });
}

function readTimes(
  { at, until, every }: WrittenIntervention,
  { steps, settings, deeds }: { steps: number; settings: boolean; deeds: boolean },
  path: Path,
  fail: Fail,
): Pick<Intervention, 'at' | 'until' | 'every'> {
  if (at > steps) {
    fail([...path, 'at'], { what: 'beyond the last step', expected: `at most ${steps} (steps)`, got: String(at) });
  }
  if (until !== undefined && until < at) {
    fail([...path, 'until'], {
      what: 'it ends before it begins',
      expected: `a step from ${at} on`,
      got: String(until),
    });
  }
  if (every !== undefined && !deeds) {
    fail([...path, 'every'], { at: 'key', what: 'parameters that are set hold all the time', hint: 'leave every out' });
  }
  if (until !== undefined && every === undefined && !settings) {
    const hint = 'write every: 1 for each step, or leave until out';
    fail([...path, 'until'], { at: 'key', what: 'it is done once, at `at`', hint });
  }
  const last = every === undefined && !settings ? at : Math.min(until ?? steps, steps);
  return { at, until: last, ...(every !== undefined && { every }) };
}

/** Refuses what cannot be set on the way, or not for some agents only. */
function refuseUnsettable(set: Intervention['set'], target: Target, model: Model, path: Path, fail: Fail): void {
  if (target.where.length > 0) {
    const hint = 'choose the agents by group, role or fraction, or write fields instead';
    fail([...path, 'target', 'where'], { at: 'key', what: 'parameters are set whatever the state', hint });
  }
  for (const name of Object.keys(set)) {
    const fault = settingFault(model, name);
    if (fault) fail([...path, 'do'], { what: `"${name}" cannot be set: ${fault}` });
    if ((model.params[name] as Param).shared && !aimsAtAll(target)) {
      fail([...path, 'target'], {
        what: `"${name}" is the same for everybody`,
        expected: 'no target, so that it is set for all',
      });
    }
  }
}

function readTarget(written: WrittenTarget, context: InterventionContext, path: Path, reading: Reading): Target {
  const { fail } = reading;
  const { group, role, agents, fraction, place, where = {} } = written;
  if (group !== undefined) refuseStrangers([group].flat(), 'group', context.groups, [...path, 'group'], fail);
  if (role !== undefined) refuseStrangers([role].flat(), 'role', context.roles, [...path, 'role'], fail);
  const twice = agents?.findIndex((agent, i) => agents.indexOf(agent) !== i) ?? -1;
  if (twice >= 0)
    fail([...path, 'agents', twice], { what: `${agents![twice]} comes twice`, expected: 'different agents' });
  if (fraction === 0) {
    fail([...path, 'fraction'], { what: 'nobody is meant', expected: 'a share above 0', got: '0' });
  }
  if (place !== undefined && fraction === undefined) {
    fail([...path, 'place'], { at: 'key', what: 'there is no share to place', hint: 'add fraction' });
  }
  return {
    ...(group !== undefined && { groups: [group].flat() }),
    ...(role !== undefined && { roles: [role].flat() }),
    ...(agents && { agents }),
    ...(fraction !== undefined && { fraction }),
    place: place ?? 'random',
    where: Object.entries(where).map(([field, form]) => conditionOf(context.model, field, form)),
    writtenAt: reading.place(path),
  };
}

/** Refuses names that are not there; what a file may bring is found out later. */
function refuseStrangers(
  names: readonly string[],
  noun: 'group' | 'role',
  known: readonly string[] | undefined,
  path: Path,
  fail: Fail,
): void {
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) fail(path, { what: `${twice} comes twice`, expected: `different ${noun}s` });
  const stranger = known && names.find(name => !known.includes(name));
  if (stranger === undefined) return;
  if (known!.length === 0)
    fail(path, {
      what: `there are no ${noun}s`,
      hint: noun === 'group' ? 'add groups to the spec' : 'give the groups roles',
    });
  fail(path, { what: `unknown ${noun} "${stranger}"`, hint: suggest(stranger, known!) });
}

function conditionOf({ fields }: Model, name: string, form: WrittenCondition): Condition {
  if (typeof form !== 'object') {
    const field = fields[name];
    const value = typeof form === 'string' ? encodeValue(field, form, name) : form;
    return { field: name, is: 'equal', value };
  }
  return 'above' in form
    ? { field: name, is: 'above', value: form.above }
    : { field: name, is: 'below', value: form.below };
}
