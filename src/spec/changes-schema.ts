// The schemas of what interventions set and write: one value of a parameter or field, values per agent, or another field. No lists and ranges, which make points.
import type { z } from 'zod';
import { type Field, type Model, type Param, scalarParams } from '../model/index.ts';
import { either, listOf, mapping, oneOf } from './leaves.ts';
import { distributionIn, numberIn } from './ranges.ts';
import { distributionSchema, divisionSchema, fileSchema, runSchema, valueSchema } from './source-schema.ts';

type Form = z.ZodType<number | string | object | undefined>;

/** Values that parameters may be set to. */
export function settingsSchema(model: Model) {
  const shape = scalarParams(model.params).map(([name, param]): [string, Form] => [
    name,
    settingSchema(name, param).optional().describe(param.about),
  ]);
  return mapping('parameter', Object.fromEntries(shape));
}

function settingSchema(name: string, param: Param): Form {
  if (param.options) return oneOf(name, param.options);
  const value = () => numberIn(param);
  if (param.shared) return value();
  const forms = [distributionIn(param), fileSchema];
  const phrase = `a number from ${param.min} to ${param.max}, or values per agent`;
  return either(phrase, [value(), ...forms, divisionSchema([value(), ...forms], phrase, true)]);
}

/** Values that fields of agents may take. */
export function writesSchema(model: Model) {
  const ofAgents = Object.entries(model.fields).filter(([, { holder = 'agent' }]) => holder === 'agent');
  const names = ofAgents.map(([name]) => name);
  const shape = ofAgents.map(([name, field]): [string, Form] => [
    name,
    writeSchema(field, names)
      .optional()
      .describe(field.about ?? `Values of ${name}.`),
  ]);
  return mapping('field', Object.fromEntries(shape));
}

function writeSchema(field: Field, names: readonly string[]): Form {
  const value = fieldValueSchema(field);
  const bound = boundOf(field);
  const distribution = field.labels ? distributionSchema({ value, bound }) : distributionIn(field);
  const forms = [valueSchema(value), distribution, fileSchema, runSchema];
  const agents = [...forms, divisionSchema([bound(), ...forms], 'values of some agents', field.kind === 'fixed')];
  const copy = mapping('key', { field: oneOf('field', names).describe('The present value of this field.') });
  const elements = mapping('key', {
    elements: listOf(either('values per agent', agents), 'a list of values per agent').describe('For each element.'),
  });
  const arrays = field.length === undefined ? [] : [elements];
  const phrase = field.labels ? `one of ${field.labels.join(', ')}` : `a value from ${field.min} to ${field.max}`;
  return either(`${phrase}, {field: …}, or values per agent`, [value(), copy, ...agents, ...arrays]);
}

/** One value of a field as written: a number in its range, or a label. */
export function fieldValueSchema(field: Field): () => z.ZodType<number | string> {
  const bound = boundOf(field);
  const { labels } = field;
  return labels ? () => either(`one of ${labels.join(', ')}`, [oneOf('value', labels), bound()]) : bound;
}

const boundOf = (field: Field) => () => numberIn(field);
