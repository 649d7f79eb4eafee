// Measures that are sums of powers of a field: mean, variance, bimodality, concentration.
import { decodeFixed } from '../fixed.ts';
import type { Field, Measure } from '../model/index.ts';
import { offsetValue } from './expressions.ts';
import type { CellReader, MeasureColumn } from './measures.ts';
import { type Finish, fieldOf, type Measuring, measuringOf, type OfField } from './measuring.ts';
import type { TermList } from './terms.ts';

export function sumColumns(measuring: Measuring<OfField>): MeasureColumn[] {
  return measuring.columns(sumOf(measuring));
}

export function meanColumns(measuring: Measuring<OfField>): MeasureColumn[] {
  return measuring.columns(meanOf(measuring));
}

function sumOf(measuring: Measuring<OfField>): Finish {
  const field = fieldOf(measuring);
  const sum = measuring.add('sum', offsetValue(measuring.subject.read, field));
  return (cells, part, total) =>
    decodeFixed(Number(cells.exact(sum, part) + BigInt(field.low) * total()), field.fractionBits);
}

function meanOf(measuring: Measuring<OfField>): Finish {
  const sum = sumOf(measuring);
  return (cells, part, total) => sum(cells, part, total) / Number(total());
}

/** The mean of a field less that of another. */
export function gapColumns(measuring: Measuring<Measure & { kind: 'gap' }>, terms: TermList): MeasureColumn[] {
  const { name, measure, context, element } = measuring;
  const other = measuringOf(name, { ...measure, field: measure.less }, terms, context, element);
  const [mean, less] = [meanOf(measuring), meanOf(other)];
  return measuring.columns((cells, part, total) => mean(cells, part, total) - less(cells, part, total));
}

export function extremeColumns(measuring: Measuring<OfField>, op: 'min' | 'max'): MeasureColumn[] {
  const field = fieldOf(measuring);
  const extreme = measuring.add(op, offsetValue(measuring.subject.read, field));
  return measuring.columns((cells, part, total) =>
    total() === 0n ? Number.NaN : decodeFixed(cells.number(extreme, part) + field.low, field.fractionBits),
  );
}

export function varianceColumns(measuring: Measuring<OfField>): MeasureColumn[] {
  return measuring.columns(varianceOf(measuring));
}

export function deviationColumns(measuring: Measuring<OfField>): MeasureColumn[] {
  const variance = varianceOf(measuring);
  return measuring.columns((cells, part, total) => Math.sqrt(variance(cells, part, total)));
}

/** Σu and Σu² of a field's values counted from the low end of its range; Σu² is kept as two sums, of the low and of the high words of the squares. */
function squaresOf({ add, subject }: Measuring<OfField>, field: Field) {
  const value = offsetValue(subject.read, field);
  const sum = add('sum', value);
  const square = wideSum(add, `mul_wide(${value}, ${value})`);
  return (cells: CellReader, part: number) => ({ first: cells.exact(sum, part), second: square(cells, part) });
}

/** The sum of two-word values, each word by itself, so that nothing wraps. */
function wideSum(add: Measuring['add'], value: string): (cells: CellReader, part: number) => bigint {
  const low = add('sum', `${value}.x`);
  const high = add('sum', `${value}.y`);
  return (cells, part) => cells.exact(low, part) + (cells.exact(high, part) << 32n);
}

/** (n Σu² − (Σu)²) / n² in exact integers. */
function varianceOf(measuring: Measuring<OfField>): Finish {
  const field = fieldOf(measuring);
  const squares = squaresOf(measuring, field);
  return (cells, part, total) => {
    const n = total();
    const { first, second } = squares(cells, part);
    return decodeFixed(Number(n * second - first * first) / Number(n) ** 2, 2 * field.fractionBits);
  };
}

/** Σx² / (Σx)² in exact integers, x = u + low. */
export function herfindahlColumns(measuring: Measuring<OfField>): MeasureColumn[] {
  const field = fieldOf(measuring);
  const squares = squaresOf(measuring, field);
  const low = BigInt(field.low);
  return measuring.columns((cells, part, total) => {
    const { first, second } = squares(cells, part);
    const sum = first + low * total();
    return Number(second + 2n * low * first + low * low * total()) / Number(sum) ** 2;
  });
}

/**
 * A value of the field as an integer below 2¹⁶ that counts from the low end of its range: the low bits of wider ranges are dropped, so that products of two fit a
 * word, and of four two words.
 */
export function coarseValue(value: string, field: Field): string {
  const dropped = Math.max(0, Math.ceil(Math.log2(field.high - field.low + 1)) - 16);
  return dropped === 0 ? offsetValue(value, field) : `(${offsetValue(value, field)} >> ${dropped}u)`;
}

/** (skewness² + 1) / kurtosis = (m₃² + m₂³) / (m₂ m₄) from exact sums of powers; the central moments mₖ are kept as integers, nᵏ⁻¹ times n mₖ. */
export function bimodalityColumns(measuring: Measuring<OfField>): MeasureColumn[] {
  const { add, subject } = measuring;
  const value = coarseValue(subject.read, fieldOf(measuring));
  const sum = add('sum', value);
  const square = add('sum', `(${value} * ${value})`);
  const cube = wideSum(add, `mul_wide(${value} * ${value}, ${value})`);
  const fourth = wideSum(add, `mul_wide(${value} * ${value}, ${value} * ${value})`);
  return measuring.columns((cells, part, total) => {
    const n = total();
    const [s1, s2] = [cells.exact(sum, part), cells.exact(square, part)];
    const [s3, s4] = [cube(cells, part), fourth(cells, part)];
    const m2 = n * s2 - s1 ** 2n;
    const m3 = n * n * s3 - 3n * n * s1 * s2 + 2n * s1 ** 3n;
    const m4 = n ** 3n * s4 - 4n * n * n * s1 * s3 + 6n * n * s1 ** 2n * s2 - 3n * s1 ** 4n;
    return Number(m3 ** 2n + m2 ** 3n) / Number(m2 * m4);
  });
}
