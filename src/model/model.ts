// What a model is: fields, parameters, aggregates, rules, measures. A declaration is plain data (and the functions of its
// theory); everything that an engine needs is derived from it by src/plan.
import { GroundswellError, suggest } from '../errors.ts';
import type { Field } from './fields.ts';
import type { Measure } from './measures.ts';
import type { Param } from './params.ts';
import { WGSL_WORDS } from './wgsl-words.ts';

/** How time passes in a step; different updates are different models (see docs/updates.md). */
export const UPDATES = ['synchronous', 'activation', 'pairing', 'sequential'] as const;
/** One of the updates. */
export type UpdateKind = (typeof UPDATES)[number];

/** A total over the whole population, computed before the rule and read by it as `<name>()`. */
export interface Aggregate {
  /** `count`: agents whose field has `value`; `total`: the exact sum of the field. Both must fit 32 bits. */
  kind: 'count' | 'total';
  /** The field that is counted or summed. */
  field: string;
  /** Of `count`: the encoded value that is counted. */
  value?: number;
  /** The rule before which it is computed. */
  before: string;
}

/** What must hold in every run whatever the draws; checked by the tests of every model. */
export type Invariant =
  | { kind: 'conserved'; measure: string }
  | { kind: 'within'; measure: string; min: number; max: number };

/** What a theory may know about the run it speaks of. */
export interface TheoryContext {
  /** Every parameter of the point. */
  params: Readonly<Record<string, number>>;
  /** Initial value of every measure at step 0, from the run. */
  initial: Readonly<Record<string, number>>;
  /** Agents per world. */
  population: number;
  /** How time passes; `activation` is the chance that an agent acts in a step. */
  update: { kind: UpdateKind; activation?: number };
  /** The graph, by its kind and its degrees. */
  topology: {
    kind: string;
    /** Joint degree classes: `out` agents looked at, `in` agents looking, and their share of the population; a complete graph has none. */
    degrees?: readonly { out: number; in: number; share: number }[];
  };
}

/** A predicted course of a measure, drawn over the measured one. */
export interface Theory {
  /** The measure that is predicted. */
  measure: string;
  /** What the theory is, in a few words, e.g. `mean field`. */
  about: string;
  /** Citation. */
  source: string;
  /** The measure's predicted value at each of the given steps (ascending), or undefined where the theory does not apply. */
  trajectory(context: TheoryContext, steps: readonly number[]): number[] | undefined;
}

/** A named set of parameter values, e.g. measured from one language model. */
export interface Preset {
  /** What it stands for, and where it was measured. */
  about: string;
  /** Values by parameter; the others keep their defaults. */
  params: Readonly<Record<string, number>>;
}

/** How a field starts: shares by value (they must sum to 1; agents are allotted exactly and placed at random). */
export type InitialShares = readonly number[];

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
  readonly params: Readonly<Record<string, Param>>;
  /** Named sets of parameter values. */
  readonly presets?: Readonly<Record<string, Preset>>;
  /** Default initial shares by field; fields not named start at 0 (or at `low` when 0 is out of range). */
  readonly init: Readonly<Record<string, InitialShares>>;
  /** Rules run once on the initial state, in order: they may place special agents. Each reads and writes its own agent only. */
  readonly setup?: readonly string[];
  /** Totals over the population that a rule reads, by name. */
  readonly aggregates?: Readonly<Record<string, Aggregate>>;
  /** The rules of a step, in order: names of files in shaders/rules, or of `shaders` below. */
  readonly rules: readonly string[];
  /** What is measured in every run, by name of the column. */
  readonly measures: Readonly<Record<string, Measure>>;
  /** What holds in every run whatever the draws. */
  readonly invariants?: readonly Invariant[];
  /** Predicted courses. */
  readonly theory?: readonly Theory[];
  /** WGSL of rules and setup rules that are not in shaders/: file path (for messages) and text, by rule name. */
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
    if (measure.among) needField(measure.among.field, `measure ${name}`);
  }
  for (const [name, aggregate] of Object.entries(model.aggregates ?? {})) {
    needField(aggregate.field, `aggregate ${name}`);
    if (!model.rules.includes(aggregate.before)) {
      const hint = suggest(aggregate.before, model.rules);
      throw new GroundswellError({
        what: `unknown rule "${aggregate.before}"`,
        where: `${where}, aggregate ${name}`,
        hint,
      });
    }
  }
  for (const name of Object.keys(model.init)) needField(name, 'init');
  if (model.rules.length === 0) throw new GroundswellError({ what: 'a model needs at least one rule', where });
  return model;
}
