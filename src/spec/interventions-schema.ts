// The schema of `interventions`. What holds between their keys is checked by interventions.ts.
import type { z } from 'zod';
import { isPlain, type Model } from '../model/index.ts';
import { fieldValueSchema, settingsSchema, writesSchema } from './changes-schema.ts';
import { either, integerFrom, listOf, mapping, named, numberFrom, oneOf, shareOf, text } from './leaves.ts';

/** What is done, as written: an action by its name, or what it is made of. */
export type WrittenDeed =
  | string
  | { set?: Record<string, unknown>; write?: Record<string, unknown>; act?: string | string[] };

/** A condition on a field as written. */
export type WrittenCondition = number | string | { above: number } | { below: number };

export interface WrittenTarget {
  group?: string | string[];
  role?: string | string[];
  agents?: (number | string)[];
  fraction?: number;
  place?: 'random' | 'hubs';
  where?: Record<string, WrittenCondition>;
}

export interface WrittenIntervention {
  at: number;
  until?: number;
  every?: number;
  target: WrittenTarget;
  do: WrittenDeed | WrittenDeed[];
  cost: number;
}

export function interventionsSchema(model: Model): z.ZodType<Record<string, WrittenIntervention>> {
  const shape = {
    at: integerFrom(1).describe('The first step that it changes.'),
    until: integerFrom(1).optional().describe('The last step that it changes. Default: the last of the run.'),
    every: integerFrom(1)
      .optional()
      .describe('What is written or acted is so again after so many steps. Left out: once, at `at`.'),
    target: targetSchema(model).prefault({}).describe('Whom it changes: those for whom all of this holds.'),
    do: deedsSchema(model).describe('What it does.'),
    cost: numberFrom(0, Number.MAX_SAFE_INTEGER)
      .default(0)
      .describe('For each agent and application; where parameters are set, for each agent and step in force.'),
  };
  const names = 'letters, digits, hyphens and underscores';
  const schema = named(mapping('key', shape), 'name of an intervention', /^[A-Za-z][\w-]*$/, names);
  return schema as unknown as z.ZodType<Record<string, WrittenIntervention>>;
}

function targetSchema(model: Model) {
  const nameOf = (thing: string) =>
    either(`the name of a ${thing}, or a list of names`, [text('a name'), listOf(text('a name'), 'a list of names')]);
  const agent = either('the number of an agent, or its name in the file of the topology', [
    integerFrom(0),
    text('a name'),
  ]);
  return mapping('key', {
    group: nameOf('group').optional().describe('Those of a group, or of several.'),
    role: nameOf('role').optional().describe('Those with a role, or with one of several.'),
    agents: listOf(agent, 'a list of agents')
      .optional()
      .describe('These: numbers from 0, or names in the file of the topology.'),
    fraction: shareOf().optional().describe('So many of those chosen so far, rounded to a number of agents.'),
    place: oneOf('place', ['random', 'hubs'])
      .optional()
      .describe('Which of them: at random (the default), or those at whom most agents look.'),
    where: mapping('field', conditionsOf(model))
      .optional()
      .describe('Those in this state when something is done to them.'),
  });
}

function conditionsOf(model: Model): Record<string, z.ZodType> {
  const plain = Object.entries(model.fields).filter(([, field]) => isPlain(field));
  return Object.fromEntries(
    plain.map(([name, field]) => {
      const value = fieldValueSchema(field);
      const bound = () => numberFrom(field.min, field.max);
      const forms = [value(), mapping('key', { above: bound() }), mapping('key', { below: bound() })];
      return [name, either('a value, {above: …} or {below: …}', forms).optional().describe(`State of ${name}.`)];
    }),
  );
}

function deedsSchema(model: Model) {
  const actions = Object.keys(model.actions ?? {});
  const action = () => oneOf('action', actions);
  const acts =
    actions.length === 0 ? {} : { act: either('an action', [action(), listOf(action(), 'actions')]).optional() };
  const whole = mapping('key', {
    set: settingsSchema(model).optional().describe('Parameters that hold while it is in force.'),
    write: writesSchema(model).optional().describe('Fields that take a value before the step.'),
    ...acts,
  });
  const about = Object.entries(model.actions ?? {}).map(([name, of]) => `${name}: ${of.about}`);
  const forms = actions.length === 0 ? [whole] : [action().describe(about.join(' ')), whole];
  const one = actions.length === 0 ? '{set: …} or {write: …}' : 'an action, {set: …}, {write: …} or {act: …}';
  return either(`${one}, or a list of them`, [...forms, listOf(either(one, forms), 'a list of at least one')]);
}
