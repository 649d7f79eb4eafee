// One agent in one step, told: what its rules read, drew and wrote. The run up to that step is computed again, on the CPU and without measuring.
import { openCpu } from '../engine/cpu/engine.ts';
import type { TextPlace } from '../plan/instrument.ts';
import { isTarget } from '../plan/targets.ts';
import { agentValue, roleValue, type TracedValue, type ValueNames } from '../plan/traced-values.ts';
import type { Trace, TraceEntry, TraceInstrument } from '../plan/tracing.ts';
import { appliesAt, inForce, type Spec } from '../spec/index.ts';
import { inputOf, type SpecLike } from './open.ts';
import { type Prepared, type PrepareOptions, prepare } from './prepare.ts';
import { paramOf, stateOf } from './traced-state.ts';

/** Which agent, when, and in which world. */
export interface TraceOptions extends Omit<PrepareOptions, 'checked' | 'traced'> {
  /** From 0. */
  agent: number;
  /** 1 for the first, up to the spec's last; 0: the rules that set up the initial state. */
  step: number;
  /** From 0. Default 0. */
  replica?: number;
  point?: number;
}

/** One call of a rule. */
export interface TracedCall {
  /** `reads` a field, a neighbour, an aggregate; `draws` a random number; `writes` the agent's own field; `calls` any other function. */
  kind: 'reads' | 'draws' | 'writes' | 'calls';
  /** The function's name. */
  call: string;
  args: readonly TracedValue[];
  result?: TracedValue;
  /** What a call that writes changes: the value that would be stored before and after it. */
  write?: { field: string; before: TracedValue; after: TracedValue };
  place: TextPlace;
  /** How many calls it stands in: 0 in the rule itself. */
  depth: number;
  /** The how-manieth call at this place, from 1, where there are several. */
  turn?: number;
}

/** What one rule did for the agent. */
export interface TracedRule {
  rule: string;
  /** The parameters that it mentions; where they vary by agent, the agent's own. A choice is told by its word. */
  params: Readonly<Record<string, number | string>>;
  calls: readonly TracedCall[];
}

/** What became of an agent in a step. */
export interface AgentTrace {
  model: string;
  update: string;
  agent: TracedValue;
  step: number;
  point: number;
  replica: number;
  /** What varies between the points, at this one. */
  varied: Readonly<Record<string, number | string>>;
  /** The agent's fields before and after the step: elements of arrays as `field.k`, its links as `field.k`, the fields of its group as they are. */
  before: Readonly<Record<string, TracedValue>>;
  after: Readonly<Record<string, TracedValue>>;
  /** Rules that acted on it, in order. None: it did not act. */
  rules: readonly TracedRule[];
  /** Why it did not act: the activation coin, or since `other` acted in this elementary update. */
  idle?: { why: 'coin' } | { why: 'other'; other: TracedValue };
  /** Interventions aimed at it in this step: their actions are among the rules, what they write is in the state that the rules find. */
  interventions?: readonly string[];
  /** With pairing: whom it met, and which of the two is first; itself when left over. */
  pair?: { partner: TracedValue; first: boolean };
  /** Calls beyond the 10,000 that are kept. */
  left: number;
}

/** Runs a spec up to a step and tells what one agent did in it. Throws a `GroundswellError` when there is no such agent, step or world. */
export async function traceAgent(
  spec: SpecLike,
  { agent, step, point = 0, replica = 0, ...options }: TraceOptions,
): Promise<AgentTrace> {
  const prepared = await prepare(inputOf(spec), { ...options, traced: { agent, step, point, replica } });
  const engine = await openCpu({ threads: 1 });
  const population = await engine.load(prepared.plan);
  try {
    if (step > 1) await population.step(step - 1, { every: 0 });
    const seen = () => stateOf(prepared, population, agent, replica);
    const before = step > 0 ? await seen() : {};
    if (step > 0) await population.step(1, { every: 0 });
    const after = await seen();
    const instrument = prepared.plan.instrument as TraceInstrument;
    const trace = instrument.read(await population.instrumentWords());
    return { ...describe(prepared, trace, instrument, { agent, step, replica }), point, replica, before, after };
  } finally {
    await population.dispose();
    await engine.dispose();
  }
}

function describe(
  prepared: Prepared,
  trace: Trace,
  instrument: TraceInstrument,
  { agent, step, replica }: { agent: number; step: number; replica: number },
): Omit<AgentTrace, 'before' | 'after' | 'point' | 'replica'> {
  const { spec, plan, topology } = prepared;
  const names: ValueNames = { ids: topology.graphs?.[0].ids, groups: plan.groups, roles: plan.roles };
  const [point] = spec.points;
  const { other, partner, left } = trace;
  const acted = trace.rules.some(({ name }) => spec.model.rules.includes(name));
  const idle = acted || step === 0 ? undefined : whyIdle(spec, other, names);
  const interventions = interventionsOn(plan, { agent, step, replica });
  return {
    model: spec.model.name,
    update: spec.update.kind,
    agent: agentValue(agent, names),
    step,
    varied: point.varied,
    rules: trace.rules.map(({ name, entries }) => ({
      rule: name,
      params: Object.fromEntries(
        instrument.params(name).map(param => [param, paramOf(prepared, param, { agent, step, replica })]),
      ),
      calls: callsOf(entries, names),
    })),
    ...(idle && { idle }),
    ...(interventions.length > 0 && { interventions }),
    ...(partner && { pair: { partner: agentValue(partner.agent, names), first: partner.first } }),
    left,
  };
}

/** Names of those that are in force or act in the step, and are aimed at the agent, whatever its state. */
function interventionsOn(
  { spec, events }: Prepared['plan'],
  { agent, step, replica }: { agent: number; step: number; replica: number },
): string[] {
  const acting = spec.interventions.filter((intervention, k) => {
    const now = inForce(intervention, step) || appliesAt(intervention, step);
    return now && isTarget(events!.targets[k], agent, replica);
  });
  return acting.map(({ name }) => name);
}

function whyIdle({ update }: Spec, other: number | undefined, names: ValueNames): AgentTrace['idle'] {
  if (update.kind === 'sequential' && other !== undefined) return { why: 'other', other: agentValue(other, names) };
  return { why: 'coin' };
}

function callsOf(entries: readonly TraceEntry[], names: ValueNames): TracedCall[] {
  const total = new Map<unknown, number>();
  for (const { site } of entries) total.set(site, (total.get(site) ?? 0) + 1);
  const turns = new Map<unknown, number>();
  return entries.map(entry => {
    const turn = (turns.get(entry.site) ?? 0) + 1;
    turns.set(entry.site, turn);
    return { ...tracedCall(entry, names), ...(total.get(entry.site)! > 1 && { turn }) };
  });
}

const UNTOLD = { value: [], text: '…' } as const;

function tracedCall({ site, depth, args, result }: TraceEntry, names: ValueNames): TracedCall {
  const { term, callee, place } = site;
  const told = {
    call: callee,
    args: args.map((words, k) => (words ? roleValue(words, site.params[k], term?.params[k], names) : UNTOLD)),
    place,
    depth,
  };
  if (term?.writes && result) {
    const type = site.params[site.params.length - 1];
    const [before, after] = result.map(word => roleValue([word], type, term.params.at(-1), names));
    return { kind: 'writes', ...told, write: { field: term.writes.field, before, after } };
  }
  const isRead = term && (site.origin === 'kernel' || term.result?.kind === 'agent');
  const kind = term?.draws ? 'draws' : isRead ? 'reads' : 'calls';
  return { kind, ...told, ...(result && { result: roleValue(result, site.result, term?.result, names) }) };
}
