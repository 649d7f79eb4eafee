// The schema of initial values: what each kind of field allows.
import { z } from 'zod';

import type { Field, Model } from '../model/index.ts';
import { axisForms } from './axes.ts';
import { either, listOf, mapping, named, oneOf, shareOf } from './leaves.ts';
import type { WrittenPoints } from './points.ts';
import { distributionIn, numberIn, rangePhrase } from './ranges.ts';
import { hasShares } from './shares.ts';
import {
  byGroupSchema,
  distributionSchema,
  divisionSchema,
  fileSchema,
  runSchema,
  valueSchema,
} from './source-schema.ts';

type WrittenInit = WrittenPoints['init'][string];

const FIELD_FORMS = 'values per agent ({value: …}, {distribution: …}, {file: …}, {run: …} or {by: group, …})';
const GROUP_FORMS = 'values per group ({value: …}, {distribution: …} or {by: group, …})';

/** The schema of `init`. */
export function initSchema(model: Model) {
  return fieldsSchema(model, fieldSchema);
}

/** What a group may say of how the fields of its agents, or its own, start. */
export function groupInitSchema(model: Model) {
  return fieldsSchema(model, field => either('values per agent', [...numberForms(field), ...sourceForms(field)]));
}

/** A form for each field that a spec may start: not those of links. */
function fieldsSchema(model: Model, schemaOf: (field: Field) => z.ZodType) {
  const shape = Object.entries(model.fields)
    .filter(([, { holder }]) => holder !== 'link')
    .map(([name, field]) => {
      const about = field.about ?? `Initial values of ${name}.`;
      return [name, schemaOf(field).optional().describe(about)];
    });
  return mapping('field', Object.fromEntries(shape) as Record<string, z.ZodType<WrittenInit>>);
}

function fieldSchema(field: Field): z.ZodType {
  const forms = sourceForms(field) as z.ZodType<object>[];
  const all = [...numberForms(field), ...forms];
  const several = listOf(either('values per agent', all), 'a list of at least one form of values per agent');
  if (field.length !== undefined) {
    return either('values per agent for all elements, or {elements: [ … ]}', [...all, several]);
  }
  if (field.holder === 'group') return either(`${rangePhrase(field)}, or ${GROUP_FORMS}`, [...all, several]);
  if (field.kind === 'bit') {
    const phrase = `a share from 0 to 1 of value 1, a list of shares, a mapping from value to share, or ${FIELD_FORMS}`;
    return either(phrase, [...axisForms(shareOf, forms, 'a share from 0 to 1, or values per agent'), ...forms]);
  }
  const phrase = hasShares(field) ? 'a mapping from value to share' : rangePhrase(field);
  return either(`${phrase}, or ${FIELD_FORMS}`, [...all, several]);
}

/** What a number alone means: the share of a bit's 1, or a value where a field of agents has no shares. */
function numberForms(field: Field): z.ZodType<number>[] {
  if (field.holder === 'group') return [numberIn(field)];
  if (field.kind === 'bit') return [shareOf()];
  return hasShares(field) ? [] : [numberIn(field)];
}

/** All other forms; those of an array field are for every element, or one for each. */
function sourceForms(field: Field): z.ZodType[] {
  const forms = field.holder === 'group' ? groupForms(field) : agentForms(field);
  if (field.length === undefined) return forms;
  const one = either('values per agent', [...numberForms(field), ...forms]);
  const list = listOf(one, 'a list of values per agent');
  return [...forms, mapping('key', { elements: list.describe('Values per agent for each element, in order.') })];
}

function agentForms(field: Field): z.ZodType[] {
  const forms = [...sameAndDrawn(field), fileSchema, runSchema];
  const shares = hasShares(field) ? [sharesSchema(field)] : [];
  const own = [...numberForms(field), ...forms, ...shares];
  return [...forms, divisionSchema(own, 'values of the agents of a group', field.labels === undefined), ...shares];
}

/** Of a field of groups: the same for all, a draw for each, or by their names. */
function groupForms(field: Field): z.ZodType[] {
  const forms = sameAndDrawn(field);
  return [...forms, byGroupSchema([...numberForms(field), ...forms], 'the value of a group')];
}

function sameAndDrawn(field: Field): z.ZodType<object>[] {
  const { labels } = field;
  const bound = () => numberIn(field);
  if (!labels) return [valueSchema(bound), distributionIn(field)];
  const value = () => either(`one of ${labels.join(', ')}`, [oneOf('value', labels), bound()]);
  return [valueSchema(value), distributionSchema({ value, bound })];
}

function sharesSchema(field: Field): z.ZodType<object> {
  const share = either('a share from 0 to 1, or rest', [shareOf(), z.literal('rest')]);
  return field.labels
    ? named(share, 'label', /^/, `one of ${field.labels.join(', ')}`)
    : named(share, 'value', /^\d+$/, `a value from ${field.low} to ${field.high}`);
}
