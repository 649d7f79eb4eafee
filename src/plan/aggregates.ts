// Aggregates: what a rule knows of the whole population, declared by the model or implied by sums over neighbours on a complete graph. Which there are, where
// their words lie, and the reductions that fill them; their WGSL is in aggregate-text.ts.
import { GroundswellError } from '../errors.ts';
import { type Aggregate, encodeValue, type Field, isSigned, type Model } from '../model/index.ts';
import { aggregateAccessors, contribution, deliverText } from './aggregate-text.ts';
import type { Effects } from './effects.ts';
import { offsetValue } from './expressions.ts';
import { type CellLayout, refuseManyBins, TermList } from './terms.ts';

/** An aggregate: `entries` numbers, one for each element of an array field, for each group, for each value. */
export interface PlannedAggregate {
  name: string;
  kind: Aggregate['kind'];
  fieldName: string;
  field: Field;
  /** Of a count. */
  value: number;
  /** Of a sum of products. */
  weight?: { name: string; field: Field };
  byGroup: boolean;
  elements: number;
  groups: number;
  values: number;
  entries: number;
  /** First word in a world's block, and words of an entry: the sum (two words) and the mean for a mean, two words for a sum, else one. */
  word: number;
  wordsPerEntry: number;
  /** The rule before which it is computed; absent: before every rule that reads it. */
  before?: string;
}

const WORDS_PER_ENTRY: Readonly<Record<string, number>> = { mean: 3, sum: 2 };

export interface AggregateContext {
  model: Model;
  complete: boolean;
  population: number;
  worldCount: number;
  /** Number of groups, at least 1. */
  groups: number;
  /** Elements of array fields. */
  elements: ReadonlyMap<string, number>;
}

/** What the generated agent module has of aggregates. */
export interface AggregateText {
  text(): string;
}

export interface AggregatePass {
  label: string;
  cells: CellLayout;
  pass: { collect: string; publish: string };
}

export interface AggregatePlan extends AggregateText {
  /** Words of a world's block. */
  stride: number;
  /** Names of what `passBefore` computes. */
  namesBefore(rule: string, effects: Effects, all: readonly Effects[]): readonly string[];
  /** The reductions to run before a rule, all in one; `all` are the effects of every rule. */
  passBefore(rule: string, effects: Effects, all: readonly Effects[]): AggregatePass | undefined;
  /** WGSL that keeps the aggregates which any rule reads up to date when a rule changes one agent: before and after its writes are stored. */
  keeping(effects: Effects, all: readonly Effects[]): { before: string[]; after: string[] };
  /** Refuses sums over neighbours, and totals, that might not fit a signed 32-bit word. */
  refuseWideSums(effects: Effects, maxDegree: number): void;
}

/** Values of a field that a histogram may have. */
const MAX_VALUES = 256;

export const totalOf = (field: string): string => `total_of_${field}`;
export const sumOf = (field: string): string => `sum_of_${field}`;

/** Plans the aggregates of a model; their block of the scratch arena begins at word `at`. */
export function planAggregates(context: AggregateContext, at: number): AggregatePlan {
  const aggregates = listAggregates(context);
  const stride = aggregates.reduce((sum, { entries, wordsPerEntry }) => sum + entries * wordsPerEntry, 0);
  const block = { at, stride };
  const readBy = (effects: readonly Effects[]): PlannedAggregate[] =>
    aggregates.filter(({ name }) => effects.some(({ names }) => names.has(name)));
  const wantedBefore = (rule: string, effects: Effects, all: readonly Effects[]): PlannedAggregate[] => {
    const declared = readBy(all).filter(({ before }) => before === rule);
    const implied = readBy([effects]).filter(({ before }) => before === undefined);
    return [...declared, ...implied];
  };
  return {
    stride,
    text: () => aggregates.map(aggregate => aggregateAccessors(aggregate, block)).join(''),
    keeping(effects, all) {
      const kept = readBy(all).filter(({ fieldName }) => effects.writes.has(fieldName));
      return {
        before: kept.map(({ name }) => `without_${name}(me);`),
        after: kept.map(({ name }) => `with_${name}(me);`),
      };
    },
    namesBefore: (rule, effects, all) => wantedBefore(rule, effects, all).map(({ name }) => name),
    passBefore(rule, effects, all) {
      const wanted = wantedBefore(rule, effects, all);
      if (wanted.length === 0) return undefined;
      const terms = new TermList();
      const identities = wanted.map(aggregate => addTerms(aggregate, terms));
      const cells = terms.place();
      refuseManyBins(cells, `aggregates before ${rule}`);
      const placed = wanted.map((aggregate, n) => ({ aggregate, cells: identities[n].map(cells.cellOf) }));
      return { label: wanted.map(({ name }) => name).join(', '), cells, pass: deliverText(cells, placed, block) };
    },
    refuseWideSums(effects, maxDegree) {
      for (const [name, field] of Object.entries(context.model.fields)) {
        if (effects.names.has(`neighbor_sum_${name}`)) refuse(context, `neighbor_sum_${name}`, field, maxDegree);
      }
      for (const { name, kind, field } of readBy([effects])) {
        if (kind === 'total') refuse(context, name, field, context.population);
      }
    },
  };
}

function listAggregates(context: AggregateContext): PlannedAggregate[] {
  const { model, complete } = context;
  let word = 0;
  const place = (planned: Omit<PlannedAggregate, 'entries' | 'word' | 'wordsPerEntry'>): PlannedAggregate => {
    const entries = planned.elements * planned.groups * planned.values;
    const wordsPerEntry = WORDS_PER_ENTRY[planned.kind] ?? 1;
    const placed = { ...planned, entries, word, wordsPerEntry };
    word += entries * wordsPerEntry;
    return placed;
  };
  const declared = Object.entries(model.aggregates ?? {}).map(([name, aggregate]) => {
    const where = `model ${model.name}, aggregate ${name}`;
    const { kind, field: fieldName, by, before, weight } = aggregate;
    const field = model.fields[fieldName];
    return place({
      ...{ name, kind, fieldName, field, before },
      ...(weight !== undefined && { weight: { name: weight, field: model.fields[weight] } }),
      value: kind === 'count' ? encodeValue(field, aggregate.value ?? 1, where) : 0,
      byGroup: by === 'group',
      elements: context.elements.get(fieldName) ?? 1,
      groups: by === 'group' ? context.groups : 1,
      values: kind === 'histogram' ? valuesOf(field, where) : 1,
    });
  });
  if (!complete) return declared;
  const ofAgents = Object.entries(model.fields).filter(([, { holder = 'agent' }]) => holder === 'agent');
  const implied = ofAgents.flatMap(([fieldName, field]) => {
    const elements = context.elements.get(fieldName) ?? 1;
    const rest = { fieldName, field, value: 0, byGroup: false, elements, groups: 1, values: 1 };
    return [
      place({ name: totalOf(fieldName), kind: 'total', ...rest }),
      ...(field.kind === 'fixed' ? [place({ name: sumOf(fieldName), kind: 'sum', ...rest })] : []),
    ];
  });
  return [...declared, ...implied];
}

function valuesOf(field: Field, where: string): number {
  const values = field.high - field.low + 1;
  if (values <= MAX_VALUES) return values;
  throw new GroundswellError({
    what: 'a histogram of too many values',
    where,
    expected: `a field with at most ${MAX_VALUES} values`,
    got: String(values),
  });
}

/** The reductions of an aggregate, one for each element; those by group or value are binned. */
function addTerms(aggregate: PlannedAggregate, terms: TermList): string[] {
  const { fieldName, field, byGroup, groups, elements, values } = aggregate;
  return Array.from({ length: elements }, (_, k) => {
    const read = field.length === undefined ? `${fieldName}(me)` : `${fieldName}(me, ${k}u)`;
    if (aggregate.kind === 'maximum') return terms.add({ op: 'max', value: offsetValue(read, field) });
    const { amount, condition, level, wide } = contribution(aggregate, read);
    const bin = byGroup ? `(group(me) * ${values}u + ${level})` : level;
    const by = byGroup || values > 1 ? { bin, bins: groups * values } : undefined;
    return terms.add({ op: 'sum', value: amount, condition, by, ...(wide && { wide }) });
  });
}

function refuse({ model }: AggregateContext, name: string, field: Field, count: number): void {
  const bound = Math.max(Math.abs(field.low), Math.abs(field.high)) * count;
  if (bound < 2 ** 31) return;
  throw new GroundswellError({
    what: `${name} may not fit a signed 32-bit word`,
    where: `model ${model.name}`,
    expected: 'a sum below 2³¹',
    got: `up to ${bound} (${count} agents)`,
    hint:
      isSigned(field) && field.kind === 'fixed'
        ? 'use a mean instead of a total'
        : 'use a field with a smaller range, or fewer agents',
  });
}
