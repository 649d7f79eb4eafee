// What a model is: fields, parameters, aggregates, rules, measures. A declaration is plain data (and the functions of its
// theory); everything that an engine needs is derived from it by src/plan.
import { GroundswellError, suggest } from '../errors.ts';
import { type Action, checkActions } from './actions.ts';
import { type Alignments, checkAlignments } from './alignments.ts';
import type { Constraint, Requirements } from './constraints.ts';
import { checkCounterfactuals, type Interference, type Mechanism } from './counterfactuals.ts';
import { type Field, isPlain, MAX_ELEMENTS } from './fields.ts';
import type { Measure } from './measures.ts';
import { type Param, paramValue } from './params.ts';
import type { Table } from './tables.ts';
import { checkTheory, type Theory } from './theory.ts';
import { WGSL_WORDS } from './wgsl-words.ts';

/** How time passes in a step; different updates are different models (see docs/updates.md). */
export const UPDATES = ['synchronous', 'activation', 'sublattice', 'pairing', 'sequential'] as const;
/** One of the updates. */
export type UpdateKind = (typeof UPDATES)[number];

/**
 * What a rule knows of the whole population: computed exactly before the rule and read by it as `<name>()`. With `by: 'group'` the group comes first,
 * `<name>(g)`; of an array field the element comes next, `<name>(k)`; of a histogram the value last, `<name>(value)`.
 */
export interface Aggregate {
  /**
   * `count`: agents whose field has `value` (default 1), u32. `total`: the exact sum of the field, i32; it must fit. `mean`: rounded half away from zero, i32 with
   * the field's fraction bits (16 unless it is fixed point); 0 for an empty group. `histogram`: agents by value, u32, for fields of at most 256 values. `sum`: the
   * exact sum in two words, vec2u in two's complement; sums of products with `weight` wrap beyond 63 bits. `maximum`: the largest value, of the field's type; not
   * by group, and not in a sequential update. Of nobody it is the lower end of the field's range.
   */
  kind: 'count' | 'total' | 'mean' | 'histogram' | 'sum' | 'maximum';
  /** The field that is counted or summed. */
  field: string;
  /** Of `count`: the encoded value that is counted. */
  value?: number;
  /** Of `sum`: a field with single values, none negative, by which each agent's value is multiplied (encoded values; fraction bits add up). */
  weight?: string;
  /** One for each group of agents. */
  by?: 'group';
  /** The rule before which it is computed. */
  before: string;
}

/** What must hold in every run whatever the draws; checked by the tests of every model. */
export type Invariant =
  | { kind: 'conserved'; measure: string }
  | { kind: 'within'; measure: string; min: number; max: number };

/** A named set of parameter values, e.g. measured from one language model. Tables are lists. */
export interface Preset {
  /** What it stands for, and where it was measured. */
  about: string;
  /** Numbers, options of choices, and lists for tables, by parameter. */
  params: Readonly<Record<string, number | string | readonly number[]>>;
}

/** How a field starts: shares by value (they must sum to 1; agents are allotted exactly and placed at random). */
export type InitialShares = readonly number[];

/** How a field starts where the spec says nothing; `uniform`: each agent draws a value from the field's range. */
export type InitialValues = InitialShares | 'uniform';

/** A model as data. Names are lower_snake_case, since they become WGSL names. */
export interface Model {
  /** lower-kebab-case. */
  readonly name: string;
  /** One sentence: what the agents do. */
  readonly about: string;
  /** Citation of the published model. */
  readonly source: string;
  /** The updates that it supports; the first is the default. */
  readonly updates: readonly UpdateKind[];
  /** The update that stands for the published order, and the bias of the others, in words. */
  readonly published: { update: UpdateKind; note: string };
  /** Kinds of topology that it supports; absent: all. */
  readonly topologies?: readonly string[];
  /** The state of an agent, by name of the field. */
  readonly fields: Readonly<Record<string, Field>>;
  /** What a spec may tell the model, by name. */
  readonly params: Readonly<Record<string, Param | Table>>;
  /** Named sets of parameter values. */
  readonly presets?: Readonly<Record<string, Preset>>;
  /** Default initial values by field; fields not named start at 0 (or at `low` when 0 is out of range). */
  readonly init: Readonly<Record<string, InitialValues>>;
  /** Rules run once on the initial state, in order: they may place special agents. Each reads and writes its own agent only. */
  readonly setup?: readonly string[];
  /** Totals over the population that a rule reads, by name. */
  readonly aggregates?: Readonly<Record<string, Aggregate>>;
  /** The rules of a step, in order: names of files in shaders/rules, or of `shaders` below. */
  readonly rules: readonly string[];
  /** Those of `rules` and `setup` that run once for every group, with its number, instead of once for every agent: they write fields of groups. */
  readonly groupRules?: readonly string[];
  /**
   * Those of `rules` that only recompute fields from the present state, such as payoffs from strategies: a function of what they read, without draws, which writes in
   * every case and reads nothing that it writes. They run for all agents whatever the update: without the coin of `activation`, and anew before each class of
   * `sublattice`. A model with such rules cannot be `sequential`, where a step would have to recompute everyone.
   */
  readonly derived?: readonly string[];
  /** What interventions may do to agents, by name (lower-kebab-case). */
  readonly actions?: Readonly<Record<string, Action>>;
  /** What is measured in every run, by name of the column. */
  readonly measures: Readonly<Record<string, Measure>>;
  /** Which of the measures tell how agents are aligned: reports draw more of them. */
  readonly alignments?: Alignments;
  /** What parameters must keep to together, for every agent. */
  readonly constraints?: readonly Constraint[];
  /** What runs the model cannot do. */
  readonly requirements?: Requirements;
  /** What holds in every run whatever the draws. */
  readonly invariants?: readonly Invariant[];
  /** What is predicted of a run; the first that holds for a measure is drawn. */
  readonly theory?: readonly Theory[];
  /** The alignments and the weights between which `groundswell interference` looks for couplings. */
  readonly interference?: Interference;
  /** What `groundswell attribute` switches off, by name. */
  readonly mechanisms?: Readonly<Record<string, Mechanism>>;
  /** WGSL of rules, setup rules and rules of actions that are not in shaders/: file path (for messages) and text, by rule name. */
  readonly shaders?: Readonly<Record<string, { path: string; text: string }>>;
}

const NAME = /^[a-z][a-z0-9_]*$/;
/** Checks a declaration and returns it. Throws a `GroundswellError` that names the faulty part. */
export function defineModel(model: Model): Model {
  const where = `model ${model.name}`;
  if (!/^[a-z][a-z0-9-]*$/.test(model.name)) {
    throw new GroundswellError({
      what: 'bad model name',
      expected: 'lower-case letters, digits and hyphens',
      got: `"${model.name}"`,
    });
  }
  const named = {
    field: model.fields,
    parameter: model.params,
    aggregate: model.aggregates ?? {},
  };
  const names = Object.entries(named).flatMap(([part, entries]) => Object.keys(entries).map(name => [part, name]));
  for (const [part, name] of [...names, ...model.rules.map(rule => ['rule', rule])]) {
    if (!NAME.test(name) || WGSL_WORDS.has(name)) {
      const expected = 'lower-case letters, digits and underscores, and no reserved word of WGSL';
      throw new GroundswellError({ what: `bad name of a ${part}`, where, expected, got: `"${name}"` });
    }
  }
  const fieldNames = Object.keys(model.fields);
  const needField = (field: string, part: string): void => {
    if (!(field in model.fields)) {
      throw new GroundswellError({
        what: `unknown field "${field}"`,
        where: `${where}, ${part}`,
        hint: suggest(field, fieldNames),
      });
    }
  };
  for (const [name, measure] of Object.entries(model.measures)) {
    if ('field' in measure) needField(measure.field, `measure ${name}`);
    if ('less' in measure) needField(measure.less, `measure ${name}`);
    if ('weight' in measure && measure.weight !== undefined) needField(measure.weight, `measure ${name}`);
    if (measure.among) needField(measure.among.field, `measure ${name}`);
  }
  if (model.alignments) checkAlignments(model.alignments, model.measures, `${where}, alignments`);
  for (const [name, field] of Object.entries(model.fields)) checkLength(model, name, field);
  for (const rule of model.groupRules ?? []) {
    if (model.rules.includes(rule) || model.setup?.includes(rule)) continue;
    const hint = suggest(rule, [...model.rules, ...(model.setup ?? [])]);
    throw new GroundswellError({ what: `unknown rule "${rule}"`, where: `${where}, groupRules`, hint });
  }
  for (const [name, aggregate] of Object.entries(model.aggregates ?? {})) {
    needField(aggregate.field, `aggregate ${name}`);
    checkAggregate(model, name, aggregate);
    if ((model.fields[aggregate.field].holder ?? 'agent') !== 'agent') {
      const what = `"${aggregate.field}" is not a field of agents`;
      throw new GroundswellError({ what, where: `${where}, aggregate ${name}` });
    }
    if (!model.rules.includes(aggregate.before)) {
      const hint = suggest(aggregate.before, model.rules);
      throw new GroundswellError({
        what: `unknown rule "${aggregate.before}"`,
        where: `${where}, aggregate ${name}`,
        hint,
      });
    }
  }
  for (const [preset, { params }] of Object.entries(model.presets ?? {})) {
    for (const [name, value] of Object.entries(params)) {
      checkPresetValue(model, name, value, `${where}, preset ${preset}`);
    }
  }
  for (const { about, params } of model.constraints ?? []) {
    for (const name of params) {
      const param = Object.hasOwn(model.params, name) ? model.params[name] : undefined;
      if (param && param.kind !== 'table') continue;
      const what = param ? `"${name}" is a table` : `unknown parameter "${name}"`;
      const hint = param ? undefined : suggest(name, Object.keys(model.params));
      throw new GroundswellError({ what, where: `${where}, constraint on ${about}`, hint });
    }
  }
  for (const [name, values] of Object.entries(model.init)) {
    needField(name, 'init');
    if (isPlain(model.fields[name])) continue;
    const how = values === 'uniform' ? 'values per agent' : 'shares';
    const what = `"${name}" does not start with ${how}: it is not a single value of agents`;
    throw new GroundswellError({ what, where: `${where}, init`, hint: 'use a setup rule, or `start` of the field' });
  }
  for (const [i, theory] of (model.theory ?? []).entries()) checkTheory(theory, model, `${where}, theory ${i}`);
  checkCounterfactuals(model, where);
  if (model.rules.length === 0) throw new GroundswellError({ what: 'a model needs at least one rule', where });
  checkActions(model);
  if (model.derived) checkDerived(model, model.derived, `${where}, derived`);
  return model;
}

/** What only some kinds of aggregates allow. */
function checkAggregate(model: Model, name: string, { kind, by, field, weight }: Aggregate): void {
  const where = `model ${model.name}, aggregate ${name}`;
  if (kind === 'maximum' && (by || !isPlain(model.fields[field]) || model.updates.includes('sequential'))) {
    const expected = 'a single value of agents, not by group, in a model that is never sequential';
    throw new GroundswellError({ what: 'a maximum that is not kept', where, expected });
  }
  if (weight === undefined) return;
  const weighing = Object.hasOwn(model.fields, weight) ? model.fields[weight] : undefined;
  if (kind !== 'sum' || !weighing || !isPlain(weighing) || weighing.low < 0) {
    const expected = 'of a sum, a field with single values of agents, none of them negative';
    throw new GroundswellError({ what: 'bad weight', where, expected, got: `"${weight}" of a ${kind}` });
  }
}

function checkPresetValue(model: Model, name: string, value: Preset['params'][string], where: string): void {
  const param = Object.hasOwn(model.params, name) ? model.params[name] : undefined;
  if (!param) {
    const hint = suggest(name, Object.keys(model.params));
    throw new GroundswellError({ what: `unknown parameter "${name}"`, where, hint });
  }
  if (param.kind !== 'table' && typeof value !== 'object') paramValue(param, value, `${where}, ${name}`);
  else if (param.kind !== 'table' || typeof value !== 'object') {
    const expected = param.kind === 'table' ? 'a list of values' : 'one value';
    throw new GroundswellError({ what: `bad value of "${name}"`, where, expected });
  }
}

/** An array's length is a number or an integer parameter whose range is that of lengths. */
function checkLength(model: Model, name: string, { length, holder }: Field): void {
  const where = `model ${model.name}, field ${name}`;
  if (length !== undefined && holder === 'link') throw new GroundswellError({ what: 'an array on links', where });
  if (typeof length !== 'string') return;
  const param = model.params[length];
  if (param?.kind === 'integer' && param.min >= 1 && param.max <= MAX_ELEMENTS) return;
  throw new GroundswellError({
    what: 'bad length of an array field',
    where,
    expected: `an integer parameter from at least 1 to at most ${MAX_ELEMENTS}`,
    got: param ? `"${length}" from ${param.min} to ${param.max}` : `"${length}"`,
    hint: param ? undefined : suggest(length, Object.keys(model.params)),
  });
}

function checkDerived(model: Model, derived: readonly string[], where: string): void {
  for (const rule of derived) {
    if (model.rules.includes(rule)) continue;
    throw new GroundswellError({ what: `unknown rule "${rule}"`, where, hint: suggest(rule, model.rules) });
  }
  if (model.rules.every(rule => derived.includes(rule))) {
    throw new GroundswellError({ what: 'all rules are derived', where, expected: 'at least one rule that acts' });
  }
  if (derived.length > 0 && model.updates.includes('sequential')) {
    throw new GroundswellError({
      what: 'a model with derived rules cannot be sequential',
      where,
      expected: 'updates without "sequential"',
      got: model.updates.join(', '),
      hint: 'sublattice has the agents act one after the other, with derived fields recomputed in between',
    });
  }
}
