// Interventions as written → whom, when and what. Who the agents are is found out in src/plan/targets.ts, once the topology is known.
import { suggest } from '../errors.ts';
import { copyFault, encodeValue, type Model, type Param, paramValue, settingFault } from '../model/index.ts';
import {
  aimsAtAll,
  type Condition,
  type Deed,
  type FieldCopy,
  type Intervention,
  type Target,
} from './intervention-spec.ts';
import type { WrittenCondition, WrittenDeed, WrittenIntervention, WrittenTarget } from './interventions-schema.ts';
import type { Path } from './origin.ts';
import type { Fail } from './shares.ts';
import type { FieldSource, Source } from './source-spec.ts';
import { fieldTarget, paramTarget, type Reading, readElements, readSource, type ValueTarget } from './sources.ts';

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
    const { set, does, about } = readDeeds(intervention, context.model, path, reading);
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

/** What an intervention is made of: actions are replaced by what they stand for. */
function readDeeds(
  { do: written }: WrittenIntervention,
  model: Model,
  path: Path,
  reading: Reading,
): Pick<Intervention, 'set' | 'does' | 'about'> {
  const set: Record<string, Source> = {};
  const does: Deed[] = [];
  const words: string[] = [];
  const add = (deed: WrittenDeed, at: Path): void => {
    if (typeof deed === 'string') {
      addAction(deed, at);
      return;
    }
    for (const [name, form] of Object.entries(deed.set ?? {})) {
      set[name] = settingOf(name, form, [...at, 'set', name]);
      words.push(`set ${name} to ${set[name].label}`);
    }
    const values = Object.entries(deed.write ?? {}).map(
      ([name, form]) => [name, writeOf(model, name, form, [...at, 'write', name], reading)] as const,
    );
    if (values.length > 0) does.push({ kind: 'write', values: Object.fromEntries(values) });
    for (const [name, value] of values) words.push(`write ${name}: ${labelOf(value)}`);
    for (const name of [deed.act ?? []].flat()) addAction(name, [...at, 'act']);
  };
  const settingOf = (name: string, form: unknown, at: Path): Source => {
    const param = model.params[name] as Param;
    if (typeof form !== 'string') return readSource(paramTarget(param), form, at, reading);
    return { kind: 'value', value: paramValue(param, form, name), where: reading.place(at), label: form };
  };
  const addAction = (name: string, at: Path): void => {
    const { rule, set: settings = {}, write = {} } = model.actions![name];
    for (const [param, value] of Object.entries(settings)) set[param] = settingOf(param, value, at);
    const values = Object.entries(write).map(([field, value]) => [field, writeOf(model, field, value, at, reading)]);
    if (values.length > 0) does.push({ kind: 'write', values: Object.fromEntries(values) });
    if (rule !== undefined) {
      if (does.some(deed => deed.kind === 'act' && deed.rule === rule)) {
        reading.fail(at, { what: `${name} comes twice`, expected: 'different actions' });
      }
      does.push({ kind: 'act', rule });
    }
    words.push(name);
  };
  const at: Path = [...path, 'do'];
  if (Array.isArray(written)) for (const [i, deed] of written.entries()) add(deed, [...at, i]);
  else add(written, at);
  if (words.length === 0) reading.fail(at, { what: 'nothing is done', expected: 'set, write or act' });
  return { set, does, about: words.join(', ') };
}

/** A value as written, for all elements where there are several. A bare number is the value of everybody, also of a bit. */
function writeOf(model: Model, name: string, form: unknown, path: Path, reading: Reading): FieldSource | FieldCopy {
  const field = model.fields[name];
  if (typeof form === 'object' && form !== null && 'field' in form) {
    const from = form.field as string;
    const fault = copyFault(model.fields[from], field);
    if (fault) reading.fail([...path, 'field'], { what: `"${from}" cannot be written to "${name}": ${fault}` });
    return { kind: 'field', field: from };
  }
  const { shared: _, ...target }: ValueTarget = fieldTarget(field);
  const given = typeof form === 'string' ? { value: form } : form;
  return field.length === undefined
    ? readSource(target, given, path, reading)
    : readElements(target, given, path, reading);
}

const labelOf = (value: FieldSource | FieldCopy): string => (value.kind === 'field' ? value.field : value.label);

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
  if (known!.length === 0) fail(path, { what: `there are no ${noun}s`, hint: 'add groups to the spec' });
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
