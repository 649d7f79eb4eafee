// Measures as exact reductions and a closing formula: what the device adds up, and what the host makes of the sums.
import { GroundswellError } from '../errors.ts';
import { decodeFixed } from '../fixed.ts';
import { encodeValue, isPlain, type Measure, type Model } from '../model/index.ts';
import { literal, offsetValue } from './expressions.ts';
import { type Subject, subjectOf } from './subject.ts';
import type { TermList } from './terms.ts';

/** What closing formulas read: the 64-bit value of a term's cell, exact as bigint or rounded as number. */
export interface CellReader {
  /** Number of the world's graph. */
  readonly graph: number;
  exact(identity: string, bin?: number): bigint;
  number(identity: string, bin?: number): number;
}

/** One column of the results. */
export interface MeasureColumn {
  /** `up`, or `up.<group>` or `size.<bin>`. */
  name: string;
  measure: string;
  kind: Measure['kind'];
  group?: string;
  /** Range of logical values of a histogram's bin: `from` included, `to` excluded (included in the last bin). */
  bin?: { from: number; to: number; label: string };
  finish(cells: CellReader): number;
}

/** What the measures need to know of the population. */
export interface MeasureContext {
  model: Model;
  population: number;
  groups: readonly { name: string }[];
  /** Agents of a group; graphs may differ in it. */
  groupSize(graph: number, group: number): number;
  /** Elements of array fields, over all points. */
  elements: ReadonlyMap<string, number>;
  /** Complete graphs count links from the shares of the states; `edges` is the number of directed links of a graph. */
  topology: { complete: boolean; edges(graph: number): number };
}

/** Most values that a field may have for active links on a complete graph, or for a histogram with one bin a value. */
const MAX_VALUES = 256;
const DEFAULT_BINS = 32;

/** The columns of a measure; its reductions are added to `terms`. An array field has columns for every element, `<measure>.<k>`. */
export function planMeasure(name: string, measure: Measure, terms: TermList, context: MeasureContext): MeasureColumn[] {
  const elements = 'field' in measure ? context.elements.get(measure.field) : undefined;
  if (elements === undefined) return planElement(name, measure, terms, context);
  return Array.from({ length: elements }, (_, k) => planElement(`${name}.${k}`, measure, terms, context, k)).flat();
}

function planElement(
  name: string,
  measure: Measure,
  terms: TermList,
  context: MeasureContext,
  element?: number,
): MeasureColumn[] {
  const where = `measure ${name}`;
  const subject = subjectOf(measure, context, where, element);
  const { read, byGroup, filter, perLink } = subject;
  const by = byGroup ? { bin: subject.group, bins: context.groups.length } : undefined;
  const add = (op: 'sum' | 'min' | 'max', value: string, extra?: string): string => {
    const conditions = [filter, extra].filter(part => part !== undefined);
    return terms.add({ op, value, condition: conditions.join(' && ') || undefined, by, perLink });
  };
  const columns = (finish: (cells: CellReader, bin: number, total: () => bigint) => number): MeasureColumn[] => {
    const size = subject.total === undefined ? add('sum', '1u') : undefined;
    const totalOf = (cells: CellReader, bin: number): bigint =>
      size === undefined ? BigInt(subject.total!(cells, bin)) : cells.exact(size, bin);
    if (!byGroup) {
      return [{ name, measure: name, kind: measure.kind, finish: cells => finish(cells, 0, () => totalOf(cells, 0)) }];
    }
    return context.groups.map((group, bin) => ({
      name: `${name}.${group.name}`,
      measure: name,
      kind: measure.kind,
      group: group.name,
      finish: cells => finish(cells, bin, () => totalOf(cells, bin)),
    }));
  };

  switch (measure.kind) {
    case 'count':
    case 'share': {
      const field = context.model.fields[measure.field];
      const value = literal(field, encodeValue(field, measure.value, `${where}.value`));
      const matching = add('sum', '1u', `${read} == ${value}`);
      return measure.kind === 'count'
        ? columns((cells, bin) => cells.number(matching, bin))
        : columns((cells, bin, total) => cells.number(matching, bin) / Number(total()));
    }
    case 'sum':
    case 'mean': {
      const field = context.model.fields[measure.field];
      const sum = add('sum', offsetValue(read, field));
      const totalOf = (cells: CellReader, bin: number, total: () => bigint): number =>
        decodeFixed(Number(cells.exact(sum, bin) + BigInt(field.low) * total()), field.fractionBits);
      if (measure.kind === 'mean') return columns((cells, bin, total) => totalOf(cells, bin, total) / Number(total()));
      return columns(totalOf);
    }
    case 'variance': {
      const field = context.model.fields[measure.field];
      return varianceColumns(offsetValue(read, field), field.fractionBits, add, columns);
    }
    case 'minimum':
    case 'maximum': {
      const field = context.model.fields[measure.field];
      const extreme = add(measure.kind === 'minimum' ? 'min' : 'max', offsetValue(read, field));
      return columns((cells, bin, total) =>
        total() === 0n ? Number.NaN : decodeFixed(cells.number(extreme, bin) + field.low, field.fractionBits),
      );
    }
    case 'histogram':
      return histogramColumns(name, measure, terms, context, subject);
    case 'active-links':
      if (measure.among || byGroup || !isPlain(context.model.fields[measure.field])) {
        const expected = 'neither `among` nor `by`, since a link belongs to two agents, and a single value of agents';
        throw new GroundswellError({ what: 'active links of some agents', where, expected });
      }
      return [activeLinks(name, measure.field, terms, context)];
    case 'isolated': {
      const alone = add('sum', '1u', 'degree(me) == 0u');
      return columns((cells, bin, total) => cells.number(alone, bin) / Number(total()));
    }
  }
}

/** (n Σu² − (Σu)²) / n² in exact integers; Σu² is kept as two sums, of the low and of the high words of the squares. */
function varianceColumns(
  value: string,
  fractionBits: number,
  add: (op: 'sum', value: string) => string,
  columns: (finish: (cells: CellReader, bin: number, total: () => bigint) => number) => MeasureColumn[],
): MeasureColumn[] {
  const sum = add('sum', value);
  const low = add('sum', `mul_wide(${value}, ${value}).x`);
  const high = add('sum', `mul_wide(${value}, ${value}).y`);
  return columns((cells, bin, total) => {
    const n = total();
    const first = cells.exact(sum, bin);
    const second = cells.exact(low, bin) + (cells.exact(high, bin) << 32n);
    return decodeFixed(Number(n * second - first * first) / Number(n) ** 2, 2 * fractionBits);
  });
}

function histogramColumns(
  name: string,
  measure: Measure & { kind: 'histogram' },
  terms: TermList,
  context: MeasureContext,
  { read, byGroup, group, filter, perLink }: Subject,
): MeasureColumn[] {
  const field = context.model.fields[measure.field];
  const values = field.high - field.low + 1;
  const wanted = measure.bins ?? (values <= MAX_VALUES && field.kind !== 'fixed' ? values : DEFAULT_BINS);
  const width = Math.ceil(values / wanted);
  const bins = Math.ceil(values / width);
  const groups = byGroup ? context.groups : [undefined];
  const offset = offsetValue(read, field);
  const own = width === 1 ? offset : bins === 1 ? '0u' : `(${offset} / ${width}u)`;
  const bin = groups[0] ? `(${group} * ${bins}u + ${own})` : own;
  const by = { bin, bins: bins * groups.length };
  const term = terms.add({ op: 'sum', value: '1u', condition: filter, by, perLink });
  return groups.flatMap((group, g) => {
    const cellsOf = Array.from({ length: bins }, (_, b) => g * bins + b);
    return cellsOf.map((cell, b) => {
      const from = decodeFixed(field.low + b * width, field.fractionBits);
      const to = decodeFixed(Math.min(field.low + (b + 1) * width, field.high + 1), field.fractionBits);
      const label =
        field.labels?.[b] ?? (width === 1 && field.kind !== 'fixed' ? String(from) : `${round(from)} to ${round(to)}`);
      return {
        name: `${name}.${group ? `${group.name}.` : ''}${field.labels?.[b] ?? b}`,
        measure: name,
        kind: 'histogram' as const,
        group: group?.name,
        bin: { from, to, label },
        finish: (cells: CellReader) =>
          cells.number(term, cell) / cellsOf.reduce((sum, other) => sum + cells.number(term, other), 0),
      };
    });
  });
}

function round(x: number): number {
  return Number(x.toPrecision(4));
}

function activeLinks(name: string, fieldName: string, terms: TermList, context: MeasureContext): MeasureColumn {
  const { complete, edges } = context.topology;
  const column = { name, measure: name, kind: 'active-links' as const };
  if (!complete) {
    const active = terms.add({ op: 'sum', value: `active_links_${fieldName}(me)` });
    return { ...column, finish: cells => cells.number(active) / edges(cells.graph) };
  }
  const field = context.model.fields[fieldName];
  const values = field.high - field.low + 1;
  if (values > MAX_VALUES) {
    throw new GroundswellError({
      what: `active links of "${fieldName}" on a complete graph`,
      where: `measure ${name}`,
      expected: `a field with at most ${MAX_VALUES} values`,
      got: `${values} values`,
    });
  }
  const states = terms.add({
    op: 'sum',
    value: '1u',
    by: { bin: offsetValue(`${fieldName}(me)`, field), bins: values },
  });
  const n = BigInt(context.population);
  return {
    ...column,
    finish(cells) {
      let alike = 0n;
      for (let value = 0; value < values; value++) alike += cells.exact(states, value) ** 2n;
      return n < 2n ? Number.NaN : Number(n * n - alike) / Number(n * (n - 1n));
    },
  };
}
