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

const PARAM_FORMS = 'values per agent ({distribution: …}, {file: …} or {by: group, …})';
const FIELD_FORMS = 'values per agent ({value: …}, {distribution: …}, {file: …}, {run: …} or {by: group, …})';

export function numberSchema({
  min,
  max,
  kind,
}: Pick<Param, 'min' | 'max'> & { kind: string }): () => z.ZodType<number> {
  return kind === 'integer' ? () => integerFrom(min, max) : () => numberFrom(min, max);
}

const distributions = new Map<string, z.ZodType<object>>();

/** The distributions of numbers in a range: one schema for all parameters and fields with it. */
export function distributionOf(range: Pick<Param, 'min' | 'max'> & { kind: string }): z.ZodType<object> {
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
  const range = { kind: field.kind === 'fixed' ? 'number' : 'integer', min: field.min, max: field.max };
  const bound = numberSchema(range);
  const label = oneOf('value', field.labels ?? []);
  const value = () => (field.labels ? either(`one of ${field.labels.join(', ')}`, [label, bound()]) : bound());
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
