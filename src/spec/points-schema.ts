// The schemas of parameters and initial values: what each model, field and kind of parameter allows.
import { z } from 'zod';
import {
  type Field,
  type Model,
  type Param,
  paramLabel,
  scalarParams,
  type Table,
  tableParams,
} from '../model/index.ts';
import { axisForms } from './axes.ts';
import { COUNT_MAX, either, integerFrom, listOf, mapping, named, numberFrom, oneOf, shareOf } from './leaves.ts';
import type { WrittenPoints } from './points.ts';
import { hasShares } from './shares.ts';
import { distributionSchema, fileSchema, groupsSchema, runSchema, tableForms, valueSchema } from './source-schema.ts';

/** The schema of `params`. */
export function paramsSchema(model: Model) {
  const shape: Record<string, z.ZodType<WrittenPoints['params'][string]>> = {};
  const presets = Object.keys(model.presets ?? {});
  if (presets.length > 0) {
    const about = presets.map(name => `${name}: ${model.presets?.[name].about}`).join(' ');
    shape.preset = either('a preset, a list of presets, or all', [
      oneOf('preset', [...presets, 'all']),
      listOf(oneOf('preset', presets), 'a list of at least one preset'),
    ])
      .optional()
      .describe(`A named set of parameter values, which parameters written here override. ${about}`);
  }
  for (const [name, param] of scalarParams(model.params)) {
    const start = paramLabel(param, param.default);
    shape[name] = paramSchema(name, param).optional().describe(`${param.about} Default ${start}.`);
  }
  for (const [name, table] of tableParams(model.params)) {
    shape[name] = tableSchema(table).optional().describe(table.about);
  }
  return mapping('parameter', shape);
}

/** Values that parameters may be set to on the way: one value, or values per agent. */
export function settingsSchema(model: Model) {
  const shape = scalarParams(model.params).map(([name, param]) => [
    name,
    settingSchema(name, param).optional().describe(param.about),
  ]);
  return mapping('parameter', Object.fromEntries(shape) as Record<string, ReturnType<typeof settingSchema>>);
}

function settingSchema(name: string, param: Param): z.ZodType<number | string | object | undefined> {
  if (param.options) return oneOf(name, param.options);
  const value = numberSchema(param);
  if (param.shared) return value();
  const forms = [distributionOf(param), fileSchema];
  return either(`a number, or ${PARAM_FORMS}`, [value(), ...forms, groupsSchema([value(), ...forms], 'values')]);
}

/** Values that fields of agents may take on the way: one value, values per agent, or another field. */
export function writesSchema(model: Model) {
  const ofAgents = Object.entries(model.fields).filter(([, { holder = 'agent' }]) => holder === 'agent');
  const names = ofAgents.map(([name]) => name);
  const shape = ofAgents.map(([name, field]) => [
    name,
    writeSchema(field, names)
      .optional()
      .describe(field.about ?? `Values of ${name}.`),
  ]);
  return mapping('field', Object.fromEntries(shape) as Record<string, ReturnType<typeof writeSchema>>);
}

function writeSchema(field: Field, names: readonly string[]): z.ZodType<number | string | object | undefined> {
  const value = fieldValueSchema(field);
  const distribution = field.labels
    ? distributionSchema({ value, bound: boundOf(field) })
    : distributionOf(rangeOf(field));
  const forms = [valueSchema(value), distribution, fileSchema, runSchema];
  const agents = [...forms, groupsSchema([boundOf(field)(), ...forms], 'values of the agents of a group')];
  const copy = mapping('key', { field: oneOf('field', names).describe('The present value of this field.') });
  const elements = mapping('key', {
    elements: listOf(either('values per agent', agents), 'a list of values per agent'),
  });
  const arrays = field.length === undefined ? [] : [elements];
  return either(`a value, {field: …}, or ${FIELD_FORMS}`, [value(), copy, ...agents, ...arrays]);
}

/** One value of a field as written: a number in its range, or a label. */
export function fieldValueSchema(field: Field): () => z.ZodType<number | string> {
  const bound = boundOf(field);
  const { labels } = field;
  return labels ? () => either(`one of ${labels.join(', ')}`, [oneOf('value', labels), bound()]) : bound;
}

const rangeOf = ({ kind, min, max }: Field) => ({ kind: kind === 'fixed' ? 'number' : 'integer', min, max });
const boundOf = (field: Field) => numberSchema(rangeOf(field));

const PARAM_FORMS = 'values per agent ({distribution: …}, {file: …} or {by: group, …})';
const FIELD_FORMS = 'values per agent ({value: …}, {distribution: …}, {file: …}, {run: …} or {by: group, …})';

function numberSchema({ min, max, kind }: Pick<Param, 'min' | 'max'> & { kind: string }): () => z.ZodType<number> {
  return kind === 'integer' ? () => integerFrom(min, max) : () => numberFrom(min, max);
}

const distributions = new Map<string, z.ZodType<object>>();

/** The distributions of numbers in a range: one schema for all parameters and fields with it. */
function distributionOf(range: Pick<Param, 'min' | 'max'> & { kind: string }): z.ZodType<object> {
  const { kind, min, max } = range;
  const id = `distribution-of-${kind === 'integer' ? 'integers' : 'numbers'}-from-${min}-to-${max}`;
  const bound = numberSchema(range);
  const schema = distributions.get(id) ?? distributionSchema({ value: bound, bound }).meta({ id });
  distributions.set(id, schema);
  return schema;
}

function paramSchema(name: string, param: Param): z.ZodType<WrittenPoints['params'][string]> {
  const { kind, min, max, options } = param;
  if (options) {
    return either(`one of ${options.join(', ')}, or a list of them`, [
      oneOf(name, options),
      listOf(oneOf(name, options), 'a list of at least one option'),
    ]);
  }
  const value = numberSchema(param);
  const range = max === COUNT_MAX ? `of at least ${min}` : `from ${min} to ${max}`;
  const phrase = `${kind === 'integer' ? 'an integer' : 'a number'} ${range}`;
  if (param.shared)
    return either(`${phrase} for all agents, a list of them, or a range {from, to, count}`, axisForms(value));
  const forms = [distributionOf(param), fileSchema];
  const agents = [...forms, groupsSchema([value(), ...forms], `${phrase}, or values per agent`)];
  const axis = axisForms(value, agents, `${phrase}, or values per agent`);
  return either(`${phrase}, a list of them, a range {from, to, count}, or ${PARAM_FORMS}`, [...axis, ...agents]);
}

function tableSchema({ of, min, max }: Table): z.ZodType<WrittenPoints['params'][string]> {
  const forms = tableForms(numberSchema({ kind: of, min, max }));
  const phrase = 'a table, {values: […]} or {file, column}';
  return either(`${phrase}, or a list of them`, [
    ...forms,
    listOf(either(phrase, forms), 'a list of at least one table'),
  ]);
}

/** The schema of `init`. */
export function initSchema(model: Model) {
  const ofAgents = Object.entries(model.fields).filter(([, { holder = 'agent' }]) => holder === 'agent');
  const fields = ofAgents.map(([name, field]) => [
    name,
    fieldSchema(field)
      .optional()
      .describe(field.about ?? `Initial values of ${name}.`),
  ]);
  return mapping('field', Object.fromEntries(fields) as Record<string, ReturnType<typeof fieldSchema>>);
}

type WrittenInit = WrittenPoints['init'][string];

function fieldSchema(field: Field): z.ZodType<WrittenInit> {
  const range = rangeOf(field);
  const bound = boundOf(field);
  const value = fieldValueSchema(field);
  const shares = hasShares(field) ? [sharesSchema(field)] : [];
  const share = field.kind === 'bit' ? [shareOf()] : [];
  const forms = [
    valueSchema(value),
    field.labels ? distributionSchema({ value, bound }) : distributionOf(range),
    fileSchema,
    runSchema,
  ];
  const agents = [...forms, groupsSchema([...share, ...forms, ...shares], 'values of the agents of a group')];
  if (field.length !== undefined) return elementsSchema([...share, ...agents, ...shares]);
  if (field.kind === 'bit') {
    const phrase = `a share from 0 to 1 of value 1, a list of shares, a mapping from value to share, or ${FIELD_FORMS}`;
    return either(phrase, [
      ...axisForms(shareOf, agents, 'a share from 0 to 1, or values per agent'),
      ...agents,
      ...shares,
    ]);
  }
  const several = listOf(either('values per agent', agents), 'a list of at least one form of values per agent');
  return either(`${shares.length > 0 ? 'a mapping from value to share, or ' : ''}${FIELD_FORMS}`, [
    ...agents,
    several,
    ...shares,
  ]);
}

/** Of an array field: each form for every element, or a form for each. */
function elementsSchema(forms: readonly z.ZodType[]): z.ZodType<WrittenInit> {
  const one = either('values per agent', forms);
  const elements = mapping('key', {
    elements: listOf(one, 'a list of values per agent').describe('Values per agent for each element, in order.'),
  });
  const all = [...forms, elements] as z.ZodType<object>[];
  const several = listOf(either('values per agent', all), 'a list of at least one form of values per agent');
  return either('values per agent for all elements, or {elements: [ … ]}', [...all, several]);
}

function sharesSchema(field: Field): z.ZodType<object> {
  const share = either('a share from 0 to 1, or rest', [shareOf(), z.literal('rest')]);
  return field.labels
    ? named(share, 'label', /^/, `one of ${field.labels.join(', ')}`)
    : named(share, 'value', /^\d+$/, `a value from ${field.low} to ${field.high}`);
}
