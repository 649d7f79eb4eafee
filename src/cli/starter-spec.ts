// The spec that `groundswell init MODEL` writes: every key with the model's default, its range and what it means, and the alternatives as comments.
// All of it follows from the declaration.
import { stringify } from 'yaml';
import { type Field, isPlain, type Model, paramLabel, scalarParams, tableParams, type UpdateKind } from '../index.ts';
import { commentLines, type Remark, withComments } from './comments.ts';
import { rangeOf } from './model-reference.ts';
import { type TopologyExample, topologyExamples } from './topology-examples.ts';

/** Agents and sweeps of a run that takes seconds, whatever the model. */
const POPULATION = 10_000;
const STEPS = 100;
/** The same where a step is one agent's. */
const SEQUENTIAL = { population: 1000, steps: 100_000 };
const REPLICAS = 4;
/** What there is more of is not listed, but for the first. */
const MOST_NAMES = 12;
const FIRST_NAMES = 4;
/** Rows per world without `measure`, as docs/spec.md says. */
const ROWS = 200;

const UPDATES: Readonly<Record<UpdateKind, { written: string; about: string }>> = {
  synchronous: { written: 'synchronous', about: 'all act at once, on the state before the step' },
  activation: { written: '{ activation: 0.1 }', about: 'each acts in a step with this probability' },
  sublattice: { written: 'sublattice', about: 'agents that do not look at each other act at once, class by class' },
  pairing: { written: 'pairing', about: 'agents meet in random pairs; not on a directed graph' },
  sequential: { written: 'sequential', about: 'one agent acts in a step' },
};

/** Whether the update works on the example of the kind: sublattices need agents that do not look at each other, pairs some that do, and files may be directed. */
function fits(update: UpdateKind, { kind, needsFile }: TopologyExample): boolean {
  if (update === 'sublattice') return kind !== 'complete';
  return update !== 'pairing' || !needsFile;
}

/** The text of a spec that runs the model as it is declared. `command` are the words that run it. */
export function starterSpec(model: Model, command: string): string {
  const examples = topologyExamples(model.topologies);
  const topology = examples.find(example => fits(model.updates[0], example)) ?? examples[0];
  const topologies = examples.filter(example => example !== topology);
  const update = model.updates.find(one => fits(one, topology)) ?? model.updates[0];
  const { population, steps } = update === 'sequential' ? SEQUENTIAL : { population: POPULATION, steps: STEPS };
  return `${[
    heading(model, command),
    withComments([
      [`model: ${model.name}`],
      topology.fixesPopulation
        ? [`# population: ${population}`, 'agents per world; here the topology fixes it']
        : [`population: ${population}`, 'agents per world'],
      [`replicas: ${REPLICAS}`, 'worlds that differ in their random draws alone, for intervals'],
    ]),
    topologySection(topology, topologies),
    ...paramsSection(model),
    initSection(model),
    updateSection(model, update),
    withComments([
      [`steps: ${steps}`],
      [
        `measure: ${Math.max(1, Math.ceil(steps / ROWS))}`,
        `every so many steps: ${someOf(Object.keys(model.measures), model)}`,
      ],
      recordRemark(model),
      ['seed: 1', 'a word or a number; all that is random follows from it'],
    ]),
  ].join('\n\n')}\n`;
}

function heading({ name, about, source }: Model, command: string): string {
  return [
    commentLines(`${name}: ${about}`),
    commentLines(`Source: ${source}`),
    '#',
    `#   ${command} --dry    what it would take; writes nothing`,
    `#   ${command}`,
    '#',
    commentLines(
      'Values are the model’s defaults. Several make a sweep: [0.1, 0.2] or { from: 0, to: 1, count: 11 }. Agents may differ: { distribution: uniform, min: 0, max: 1 }. All forms: docs/spec.md.',
    ),
  ].join('\n');
}

function topologySection({ written, about }: TopologyExample, others: readonly TopologyExample[]): string {
  return withComments([
    [`topology: ${flow(written)}`, `${about}${others.length > 0 ? '; or' : ''}`],
    ...others.map((other): Remark => [`# topology: ${flow(other.written)}`, other.about]),
  ]);
}

function paramsSection({ params, presets = {} }: Model): string[] {
  const remarks = [
    ...scalarParams(params).map(
      ([name, param]): Remark => [
        `  ${name}: ${flow(paramLabel(param, param.default))}`,
        `${param.about} (${rangeOf(param)}${param.shared ? ', the same for all agents' : ''})`,
      ],
    ),
    ...tableParams(params).map(
      ([name, { of: kind, min, max, about }]): Remark => [
        `  # ${name}: a table`,
        `${about} (${rangeOf({ kind, min, max })} each)`,
      ],
    ),
    ...presetRemark(presets),
  ];
  if (remarks.length === 0) return [];
  return [withComments([[remarks.some(([said]) => !said.startsWith('  #')) ? 'params:' : '# params:'], ...remarks])];
}

function presetRemark(presets: NonNullable<Model['presets']>): Remark[] {
  const names = Object.keys(presets);
  if (names.length === 0) return [];
  const given = [...new Set(Object.values(presets).flatMap(preset => Object.keys(preset.params)))];
  const hint = `sets ${given.join(', ')}: take out those above; or several for a sweep: ${names.join(', ')}, all`;
  return [[`  # preset: ${flow(names[0])}`, hint]];
}

function initSection({ fields, init }: Model): string {
  const starts = Object.entries(fields).map(([name, field]): Remark => {
    const about = field.about ?? '';
    const shares = init[name];
    if (shares === undefined) return [`  # ${name}: starts at ${field.start ?? Math.max(0, field.min)}`, about];
    if (shares === 'uniform') {
      const written = { distribution: 'uniform', min: field.min, max: field.max };
      return [`  ${name}: ${flow(written)}`, `each agent draws its own${about && ` (${about})`}`];
    }
    if (!canBeWritten(field)) return [`  # ${name}: starts as the model has it`, about];
    const isShare = field.kind === 'bit' && shares[0] === 1 - (shares[1] ?? 0);
    const written = isShare ? (shares[1] ?? 0) : byValue(field, shares);
    return [`  ${name}: ${flow(written)}`, `${isShare ? 'share of 1' : 'shares by value'}${about && ` (${about})`}`];
  });
  const anyKey = starts.some(([said]) => !said.startsWith('  #'));
  return withComments([[anyKey ? 'init:' : '# init:'], ...starts]);
}

/** Whether a spec can give shares of the field's values, as docs/spec.md says. */
function canBeWritten(field: Field): boolean {
  return isPlain(field) && field.low >= 0 && field.high <= 255;
}

/** Names, or the first of many and where the others are listed. */
function someOf(names: readonly string[], { name }: Model): string {
  if (names.length <= MOST_NAMES) return names.join(', ');
  return `${names.slice(0, FIRST_NAMES).join(', ')} and ${names.length - FIRST_NAMES} more, which \`groundswell explain ${name}\` lists`;
}

function recordRemark({ fields }: Model): Remark {
  const names = Object.keys(fields).filter(name => isPlain(fields[name]));
  const about = 'final values of every agent, in agents.parquet';
  if (names.length <= MOST_NAMES) return [`# record: ${flow(names)}`, about];
  return [`# record: ${flow(names.slice(0, FIRST_NAMES))}`, `${about}; or others of the fields above`];
}

function byValue({ labels }: Field, shares: readonly number[]): Record<string, number> {
  const named = shares.map((share, value): [string, number] => [labels?.[value] ?? String(value), share]);
  return Object.fromEntries(named.filter(([, share]) => share !== 0));
}

function updateSection({ published, updates }: Model, update: UpdateKind): string {
  const others = updates.filter(other => other !== update);
  const written = update === 'activation' ? '{ activation: 1 }' : UPDATES[update].written;
  return [
    commentLines(`As published: ${published.update}. ${published.note}`.trimEnd()),
    withComments([
      [`update: ${written}`, `${UPDATES[update].about}${others.length > 0 ? '; or' : ''}`],
      ...others.map((other): Remark => [`# update: ${UPDATES[other].written}`, UPDATES[other].about]),
    ]),
  ].join('\n');
}

/** A value as YAML on one line. */
function flow(value: unknown): string {
  const flowCollectionPadding = !Array.isArray(value);
  return stringify(value, { collectionStyle: 'flow', lineWidth: 0, flowCollectionPadding }).trimEnd();
}
