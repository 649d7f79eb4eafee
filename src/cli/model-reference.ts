// A model's declaration in words, and a small spec of it.
import {
  type Field,
  type Measure,
  type Model,
  type Param,
  type Preset,
  paramLabel,
  scalarParams,
  type Table,
  tableParams,
} from '../index.ts';
import { textTable } from './table.ts';
import { topologyExamples } from './topology-examples.ts';

/** The reference of a model: what it is, what it can be told, what is measured. */
export function describeModel(model: Model): string {
  const { presets = {}, mechanisms = {}, theory = [] } = model;
  return [
    `${model.name}: ${model.about}`,
    `  ${model.source}`,
    '',
    `updates     ${model.updates.join(', ')} (the first is the default)`,
    `published   ${model.published.update}. ${model.published.note}`.trimEnd(),
    `topologies  ${model.topologies?.join(', ') ?? 'any'}`,
    ...section(
      'parameters',
      scalarParams(model.params).map(([name, param]) => [
        name,
        String(paramLabel(param, param.default)),
        rangeOf(param),
        aboutParam(param),
      ]),
    ),
    ...section(
      'tables',
      tableParams(model.params).map(([name, table]) => [
        name,
        lengthOf(table),
        rangeOf({ ...table, kind: table.of }),
        table.about,
      ]),
    ),
    ...section(
      'presets',
      Object.entries(presets).map(([name, preset]) => [name, paramsOf(preset.params), preset.about]),
    ),
    ...section(
      'fields',
      Object.entries(model.fields).map(([name, field]) => [name, formatOf(field), field.about ?? '']),
    ),
    ...section(
      'actions of interventions',
      Object.entries(model.actions ?? {}).map(([name, action]) => [name, action.about]),
    ),
    ...section(
      'measures',
      Object.entries(model.measures).map(([name, measure]) => [name, describeMeasure(measure)]),
    ),
    ...section(
      'mechanisms',
      Object.entries(mechanisms).map(([name, { off, perGroup, about }]) => [
        name,
        `off: ${paramsOf(off)}`,
        perGroup ? 'also by group' : '',
        about,
      ]),
    ),
    ...section('interference', interferenceRows(model)),
    ...section(
      'theory',
      theory.map(({ kind, status, about, source, ...of }) => [kind, subjectOf(of), status, about, source]),
    ),
  ].join('\n');
}

/** Labels of alignments and weights, with what they stand for. */
function interferenceRows({ interference }: Model): string[][] {
  if (!interference) return [];
  return Object.entries(interference).map(([part, labels]) => [
    part,
    Object.entries(labels).map(([label, name]) => (label === name ? name : `${label} (${name})`)).join(', '), // biome-ignore format: one thought
  ]);
}

/** About 1,000 agents, 10 steps, everything else as the model has it. */
export function exampleSpec({ name, topologies }: Model): Record<string, unknown> {
  const [{ written, fixesPopulation }] = topologyExamples(topologies);
  return { model: name, ...(!fixesPopulation && { population: 1000 }), topology: written, steps: 10 };
}

/** What a theory speaks of: a measure, or what has a critical value. */
function subjectOf({ of, measure = '' }: { of?: string; measure?: string }): string {
  return of ?? measure;
}

function section(title: string, rows: string[][]): string[] {
  return rows.length === 0 ? [] : ['', title, textTable(rows, '  ')];
}

/** What no agent can have of its own is marked. */
function aboutParam({ about, shared }: Param): string {
  return shared ? `${about} (the same for all agents)` : about;
}

function lengthOf({ length, default: value }: Table): string {
  const size = typeof length === 'number' ? `${length} values` : 'as many values as the parameters say';
  return typeof value === 'number' ? `${size}, default ${value}` : size;
}

/** `integer from 1 to 8`. */
export function rangeOf({ kind, min, max, options }: Pick<Param, 'kind' | 'min' | 'max' | 'options'>): string {
  if (options) return `one of ${options.join(', ')}`;
  if (kind === 'integer' && max === 2 ** 31 - 1) return `integer from ${min}`;
  return `${kind} from ${min} to ${max}`;
}

function paramsOf(params: Preset['params']): string {
  const text = (value: Preset['params'][string]) => (typeof value === 'object' ? `of ${value.length} values` : value);
  return Object.entries(params).map(([name, value]) => `${name} ${text(value)}`).join(', '); // biome-ignore format: one thought
}

function formatOf(field: Field): string {
  if (field.labels) return field.labels.join(', ');
  return field.kind === 'bit' ? 'bit' : `${field.kind} from ${field.min} to ${field.max}`;
}

function describeMeasure(measure: Measure): string {
  const value = 'value' in measure ? ` = ${measure.value}` : '';
  const less = 'less' in measure ? ` less ${measure.less}` : '';
  const q = 'q' in measure ? ` at ${measure.q}` : '';
  const field = 'field' in measure ? ` of ${measure.field}${value}${less}${q}` : '';
  const among = measure.among ? ` among ${measure.among.field} = ${measure.among.is}` : '';
  return `${measure.kind}${field}${among}${measure.by ? ` by ${measure.by}` : ''}`;
}
