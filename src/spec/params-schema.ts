// The schemas of parameters: what each model and kind of parameter allows. Those of initial values are in init-schema.ts.
import type { z } from 'zod';
import { type Model, type Param, paramLabel, scalarParams, type Table, tableParams } from '../model/index.ts';
import { axisForms } from './axes.ts';
import { either, listOf, mapping, oneOf } from './leaves.ts';
import type { WrittenPoints } from './points.ts';
import { distributionIn, numberIn, rangePhrase } from './ranges.ts';
import { divisionSchema, fileSchema, tableForms } from './source-schema.ts';

const PARAM_FORMS = 'values per agent ({distribution: …}, {file: …} or {by: group, …})';

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

function paramSchema(name: string, param: Param): z.ZodType<WrittenPoints['params'][string]> {
  const { options } = param;
  if (options) {
    return either(`one of ${options.join(', ')}, or a list of them`, [
      oneOf(name, options),
      listOf(oneOf(name, options), 'a list of at least one option'),
    ]);
  }
  const value = () => numberIn(param);
  const phrase = rangePhrase(param);
  if (param.shared)
    return either(`${phrase} for all agents, a list of them, or a range {from, to, count}`, axisForms(value));
  const agents = paramForms(param);
  const axis = axisForms(value, agents, `${phrase}, or values per agent`);
  return either(`${phrase}, a list of them, a range {from, to, count}, or ${PARAM_FORMS}`, [...axis, ...agents]);
}

/** The values per agent of a parameter. */
function paramForms(param: Param): z.ZodType<object>[] {
  const forms = [distributionIn(param), fileSchema];
  const own = [numberIn(param), ...forms];
  return [...forms, divisionSchema(own, `${rangePhrase(param)}, or values per agent`, true)];
}

/** What a group may say of the parameters of its agents: one value, or values per agent. */
export function groupParamsSchema(model: Model): z.ZodType<Record<string, number | object | undefined>> {
  const open = scalarParams(model.params).filter(([, { shared, options }]) => !shared && !options);
  const shape = open.map(([name, param]) => {
    const form = either(`${rangePhrase(param)}, or ${PARAM_FORMS}`, [numberIn(param), ...paramForms(param)]);
    return [name, form.optional().describe(param.about)];
  });
  return mapping('parameter with values per agent', Object.fromEntries(shape) as Record<string, z.ZodType<number>>);
}

function tableSchema({ of, min, max }: Table): z.ZodType<WrittenPoints['params'][string]> {
  const forms = tableForms(() => numberIn({ kind: of, min, max }));
  const phrase = 'a table, {values: […]} or {file, column}';
  return either(`${phrase}, or a list of them`, [
    ...forms,
    listOf(either(phrase, forms), 'a list of at least one table'),
  ]);
}
