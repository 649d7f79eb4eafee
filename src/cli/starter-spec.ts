// The spec that `groundswell init MODEL` writes: every key with the model's default, its range and what it means, and the alternatives as comments.
// All of it follows from the declaration.
import { stringify } from 'yaml';
import type { Field, Model, UpdateKind } from '../index.ts';
import { commentLines, type Remark, withComments } from './comments.ts';
import { rangeOf } from './model-reference.ts';
import { type TopologyExample, topologyExamples } from './topology-examples.ts';

/** Agents and sweeps of a run that takes seconds, whatever the model. */
const POPULATION = 10_000;
const STEPS = 100;
/** The same where a step is one agent's. */
const SEQUENTIAL = { population: 1000, steps: 100_000 };
const REPLICAS = 4;
/** Rows per world without `measure`, as docs/spec.md says. */
const ROWS = 200;

const UPDATES: Readonly<Record<UpdateKind, { written: string; about: string }>> = {
  synchronous: { written: 'synchronous', about: 'all act at once, on the state before the step' },
  activation: { written: '{ activation: 0.1 }', about: 'each acts in a step with this probability' },
  pairing: { written: 'pairing', about: 'all meet in random pairs; topology complete only' },
  sequential: { written: 'sequential', about: 'one agent acts in a step' },
};

/** The text of a spec that runs the model as it is declared. `command` are the words that run it. */
export function starterSpec(model: Model, command: string): string {
  const [topology, ...topologies] = topologyExamples(model.topologies);
  const updates = updatesFor(model, topology);
  const { population, steps } = updates[0] === 'sequential' ? SEQUENTIAL : { population: POPULATION, steps: STEPS };
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
    updateSection(model, updates),
    withComments([
      [`steps: ${steps}`],
      [
        `measure: ${Math.max(1, Math.ceil(steps / ROWS))}`,
        `every so many steps: ${Object.keys(model.measures).join(', ')}`,
      ],
      [`# record: ${flow(Object.keys(model.fields))}`, 'final values of every agent, in agents.parquet'],
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
      'Values are the model’s defaults. Several make a sweep: [0.1, 0.2] or { from: 0, to: 1, count: 11 }. More: docs/spec.md.',
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
  const entries = Object.entries(params);
  if (entries.length === 0) return [];
  const values = entries.map(
    ([name, param]): Remark => [`  ${name}: ${param.default}`, `${param.about} (${rangeOf(param)})`],
  );
  const [example] = Object.keys(presets);
  if (example === undefined) return [withComments([['params:'], ...values])];
  const given = [...new Set(Object.values(presets).flatMap(preset => Object.keys(preset.params)))];
  const hint = `sets ${given.join(', ')}: take out those above; or several for a sweep: ${Object.keys(presets).join(', ')}, all`;
  return [withComments([['params:'], ...values, [`  # preset: ${flow(example)}`, hint]])];
}

function initSection({ fields, init }: Model): string {
  const starts = Object.entries(fields).map(([name, field]): Remark => {
    const about = field.about ?? '';
    const shares = init[name];
    if (shares === undefined) return [`  # ${name}: starts at ${Math.max(0, field.min)}`, about];
    if (!canBeWritten(field)) return [`  # ${name}: starts as the model has it`, about];
    const isShare = field.kind === 'bit' && shares[0] === 1 - (shares[1] ?? 0);
    const written = isShare ? (shares[1] ?? 0) : byValue(field, shares);
    return [`  ${name}: ${flow(written)}`, `${isShare ? 'share of 1' : 'shares by value'}${about && ` (${about})`}`];
  });
  const anyKey = starts.some(([said]) => !said.startsWith('  #'));
  return withComments([[anyKey ? 'init:' : '# init:'], ...starts]);
}

/** Whether a spec can give shares of the field's values, as docs/spec.md says. */
function canBeWritten({ low, high }: Field): boolean {
  return low >= 0 && high <= 255;
}

function byValue({ labels }: Field, shares: readonly number[]): Record<string, number> {
  const named = shares.map((share, value): [string, number] => [labels?.[value] ?? String(value), share]);
  return Object.fromEntries(named.filter(([, share]) => share !== 0));
}

/** The model's updates that the topology allows, the default first. */
function updatesFor({ updates }: Model, { kind }: TopologyExample): UpdateKind[] {
  return updates.filter(update => update !== 'pairing' || kind === 'complete');
}

function updateSection({ published }: Model, [first, ...others]: readonly UpdateKind[]): string {
  const written = first === 'activation' ? '{ activation: 1 }' : UPDATES[first].written;
  return [
    commentLines(`As published: ${published.update}. ${published.note}`.trimEnd()),
    withComments([
      [`update: ${written}`, `${UPDATES[first].about}${others.length > 0 ? '; or' : ''}`],
      ...others.map((other): Remark => [`# update: ${UPDATES[other].written}`, UPDATES[other].about]),
    ]),
  ].join('\n');
}

/** A value as YAML on one line. */
function flow(value: unknown): string {
  const flowCollectionPadding = !Array.isArray(value);
  return stringify(value, { collectionStyle: 'flow', lineWidth: 0, flowCollectionPadding }).trimEnd();
}
