// What every kind of measure is planned with: its subject, the parts of the population that have a column each, and the reductions it asks for.
import type { Binned, Field, Measure } from '../model/index.ts';
import type { CellReader, MeasureColumn, MeasureContext } from './measures.ts';
import { type Subject, subjectOf } from './subject.ts';
import type { Term, TermList } from './terms.ts';

/** A measure of a field; of equal bins of one. */
export type OfField = Measure & { field: string };
export type OfBins = OfField & Binned;

/** A closing formula for a part of the population; `total` counts it. */
export type Finish = (cells: CellReader, part: number, total: () => bigint) => number;

/** A measure, or an element of one of an array field, as it is being planned. */
export interface Measuring<M extends Measure = Measure> {
  /** Name of its columns, and where it is declared, for messages. */
  name: string;
  where: string;
  measure: M;
  context: MeasureContext;
  subject: Subject;
  /** Element of the array field. */
  element?: number;
  /** Names of the parts that have a column each; one without a name where everybody has one. */
  parts: readonly (string | undefined)[];
  /** A reduction over each part. Returns its identity; its bins are the parts. */
  add(op: Term['op'], value: string, extra?: string): string;
  /** A sum over each part and bin, of `count` bins with the number `bin`. Bin `part · count + bin` of the returned identity. */
  addBinned(bin: string, count: number, value: string): string;
  /** A column for each part. */
  columns(finish: Finish): MeasureColumn[];
}

export function measuringOf<M extends Measure>(
  name: string,
  measure: M,
  terms: TermList,
  context: MeasureContext,
  element?: number,
): Measuring<M> {
  const where = `measure ${name}`;
  const subject = subjectOf(measure, context, where, element);
  const { filter, perLink } = subject;
  const parts = subject.parts?.map(part => part.name) ?? [undefined];
  const by = subject.parts && { bin: subject.part, bins: parts.length };
  const add: Measuring['add'] = (op, value, extra) => {
    const conditions = [filter, extra].filter(part => part !== undefined);
    return terms.add({ op, value, condition: conditions.join(' && ') || undefined, by, perLink });
  };
  return {
    ...{ name, where, measure, context, subject, element, parts, add },
    addBinned(own, count, value) {
      const bin = subject.parts ? `(${subject.part} * ${count}u + ${own})` : own;
      return terms.add({ op: 'sum', value, condition: filter, by: { bin, bins: count * parts.length }, perLink });
    },
    columns(finish) {
      const size = subject.total === undefined ? add('sum', '1u') : undefined;
      const totalOf = (cells: CellReader, part: number): bigint =>
        size === undefined ? BigInt(subject.total!(cells, part)) : cells.exact(size, part);
      return parts.map((part, number) => ({
        ...columnOf(name, measure, part),
        finish: cells => finish(cells, number, () => totalOf(cells, number)),
      }));
    },
  };
}

/** How a part's column is called. */
export function columnOf(name: string, { kind, by }: Measure, part?: string): Omit<MeasureColumn, 'finish'> {
  return { name: part === undefined ? name : `${name}.${part}`, measure: name, kind, by, group: part };
}

/** The field measured. */
export function fieldOf({ measure, context }: Measuring<OfField>): Field {
  return context.model.fields[measure.field];
}
