// What a spec says of interventions, read and checked: whom, when and what. The parser makes these; src/plan finds the agents and makes passes of them.
import type { FieldSource, Source } from './source-spec.ts';

/** A change from outside, of some agents at some steps. */
export interface Intervention {
  readonly name: string;
  /** The first step that it changes, from 1, and the last, at most that of the run. */
  readonly at: number;
  readonly until: number;
  /** Steps from one application of `does` to the next; absent: it is applied once. */
  readonly every?: number;
  readonly target: Target;
  /** Parameters in force from `at` to `until`. */
  readonly set: Readonly<Record<string, Source>>;
  /** What is done to an agent before a step, in order. */
  readonly does: readonly Deed[];
  /** The same in the words of the spec, for people. */
  readonly about: string;
  /** For each agent, and each application, or each step in force where parameters are set. */
  readonly cost: number;
}

/** One thing done to an agent: its fields take values, or a rule of an action runs. */
export type Deed =
  | { readonly kind: 'write'; readonly values: Readonly<Record<string, FieldSource | FieldCopy>> }
  | { readonly kind: 'act'; readonly rule: string };

/** The value of another field of the agent. */
export interface FieldCopy {
  readonly kind: 'field';
  readonly field: string;
}

/** The agents for whom all of this holds; nothing said: everybody. */
export interface Target {
  readonly groups?: readonly string[];
  readonly roles?: readonly string[];
  /** Numbers of agents, or their names in the topology's file. */
  readonly agents?: readonly (number | string)[];
  /** A share of those chosen so far, rounded to a number of agents. */
  readonly fraction?: number;
  /** Who is in the share: at random, or those at whom most agents look. */
  readonly place: 'random' | 'hubs';
  /** What must hold of the agent's state when something is done to it. */
  readonly where: readonly Condition[];
  /** Its place in the spec, for messages. */
  readonly writtenAt: string | undefined;
}

/** A field is, is above or is below a logical value. */
export interface Condition {
  readonly field: string;
  readonly is: 'equal' | 'above' | 'below';
  readonly value: number;
}

/** Whether it is aimed at everybody, whatever the state. */
export function aimsAtAll({ groups, roles, agents, fraction = 1, where }: Target): boolean {
  return !groups && !roles && !agents && fraction === 1 && where.length === 0;
}

/** Whether it sets parameters in this step. */
export function inForce({ at, until, set }: Intervention, step: number): boolean {
  return Object.keys(set).length > 0 && at <= step && step <= until;
}

/** Whether it does something to agents before this step. */
export function appliesAt({ at, until, every, does }: Intervention, step: number): boolean {
  if (does.length === 0 || step < at || step > until) return false;
  return every === undefined ? step === at : (step - at) % every === 0;
}

/** How often it acted up to a step, each step in force counting where parameters are set. */
export function timesUpTo({ at, until, every }: Pick<Intervention, 'at' | 'until' | 'every'>, step: number): number {
  const last = Math.min(until, step);
  if (last < at) return 0;
  return every === undefined ? 1 : Math.floor((last - at) / every) + 1;
}

/** Steps from one time that counts (and costs) to the next: 1 where parameters are set, absent where there is but one. */
export function countedEvery({ every, set }: Intervention): number | undefined {
  return Object.keys(set).length > 0 ? 1 : every;
}

/** What an intervention writes but for copies of fields. */
export function writtenSources({ does }: Intervention): [field: string, FieldSource][] {
  const written = does.flatMap(deed => (deed.kind === 'write' ? Object.entries(deed.values) : []));
  return written.flatMap(([name, value]): [string, FieldSource][] => (value.kind === 'field' ? [] : [[name, value]]));
}

/** The rules of actions that interventions call, each once. */
export function actedRules(interventions: readonly Intervention[]): string[] {
  const deeds = interventions.flatMap(({ does }) => does);
  return [...new Set(deeds.flatMap(deed => (deed.kind === 'act' ? [deed.rule] : [])))];
}
