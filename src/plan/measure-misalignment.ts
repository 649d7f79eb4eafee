// The misalignment of Kierans et al. 2024 (arXiv:2406.04231) from sums over the agents with each goal, instead of over all pairs.
import { decodeFixed, encodeFixed, PROBABILITY_BITS } from '../fixed.ts';
import { binsOf, type Field, type Measure } from '../model/index.ts';
import { offsetValue } from './expressions.ts';
import { binNumber } from './measure-bins.ts';
import type { MeasureColumn } from './measures.ts';
import { fieldOf, type Measuring } from './measuring.ts';

/** Conflicts of goals as integers, 1 being `one`. */
interface Conflict {
  entries: readonly (readonly bigint[])[];
  one: number;
}

/** Σ_{i<j} C(gᵢ, gⱼ) rᵢ rⱼ from the sums of r and of r² over the agents with each goal. `conflict` is symmetric. */
export function conflictSum(
  roots: readonly bigint[],
  squares: readonly bigint[],
  conflict: readonly (readonly bigint[])[],
): bigint {
  let twice = 0n;
  for (const [g, row] of conflict.entries()) {
    for (const [h, entry] of row.entries()) twice += entry * roots[g] * roots[h];
    twice -= row[g] * squares[g];
  }
  return twice / 2n;
}

export function misalignmentColumns(measuring: Measuring<Measure & { kind: 'misalignment' }>): MeasureColumn[] {
  const { measure, subject, addBinned, context } = measuring;
  const field = fieldOf(measuring);
  const bins = binsOf(field, measure.bins ?? measure.conflict?.length);
  const { entries, one } = conflictOf(measure.conflict, bins.count);
  const weight =
    measure.weight === undefined ? undefined : rootOf(measure.weight, context.model.fields[measure.weight]);
  const { value, scale } = weight ?? { value: '1u', scale: 1 };
  const goal = binNumber(subject.read, field, bins);
  const rootSum = addBinned(goal, bins.count, value);
  const squareSum = weight ? addBinned(goal, bins.count, `(${value} * ${value})`) : rootSum;
  return measuring.columns((cells, part, total) => {
    const [roots, squares] = [rootSum, squareSum].map(term =>
      entries.map((_, g) => cells.exact(term, part * bins.count + g)),
    );
    const pairs = Number(total() * (total() - 1n)) / 2;
    return Number(conflictSum(roots, squares, entries)) / (one * scale) / pairs;
  });
}

/** A given matrix with 31 fraction bits, or |g − h| / (bins − 1). */
function conflictOf(given: readonly (readonly number[])[] | undefined, bins: number): Conflict {
  if (given) {
    const entries = given.map(row => row.map(entry => BigInt(encodeFixed(entry, PROBABILITY_BITS))));
    return { entries, one: 2 ** PROBABILITY_BITS };
  }
  const goals = Array.from({ length: bins }, (_, g) => g);
  return { entries: goals.map(g => goals.map(h => BigInt(Math.abs(g - h)))), one: Math.max(1, bins - 1) };
}

/** The integer square root of a weight in WGSL; `scale` is the product of the roots of two weights of 1. Weights are shifted up as far as they go, by whole steps of two bits. */
function rootOf(name: string, field: Field): { value: string; scale: number } {
  const shift = 2 * Math.floor((31 - Math.floor(Math.log2(Math.max(1, field.high)))) / 2);
  const offset = offsetValue(`${name}(me)`, field);
  const encoded = field.low === 0 ? offset : `(${offset} + ${field.low}u)`;
  return { value: `isqrt(${encoded} << ${shift}u)`, scale: 1 / decodeFixed(1, field.fractionBits + shift) };
}
