// What an agent's state is made of. A field is an integer with a declared range: a bit, a small integer, a category or a
// fixed-point number. The range fixes its width and its WGSL type; where it lives is the planner's affair.
import { GroundswellError } from '../errors.ts';
import { decodeFixed, encodeFixed, fractionBits } from '../fixed.ts';

/** Who has a value of a field: every agent, every group of agents, or every link from an agent to one that it looks at. */
export type Holder = 'agent' | 'group' | 'link';

/** One field of the state. `min` and `max` are logical values; `low` and `high` their integer encodings. */
export interface Field {
  /** What the integer stands for. */
  readonly kind: 'bit' | 'integer' | 'category' | 'fixed';
  readonly min: number;
  readonly max: number;
  /** Smallest and largest encoded integer. Negative `low` makes the WGSL type i32, otherwise it is u32. */
  readonly low: number;
  readonly high: number;
  /** Fraction bits; 0 unless `fixed`. */
  readonly fractionBits: number;
  /** Names of the values 0, 1, … of a `category`. */
  readonly labels?: readonly string[];
  /** What it means, in a few words. */
  readonly about?: string;
  /** Absent: every agent has a value. */
  readonly holder?: Holder;
  /** Elements of an array field, or the name of the integer parameter that tells how many; absent: a single value. */
  readonly length?: number | string;
  /** The value at the start where nothing else is said. Absent: 0, or the value of the range next to it. */
  readonly start?: number;
}

/** Most elements of an array field: a rule holds them all while it runs. */
export const MAX_ELEMENTS = 1024;

/** A state of 0 or 1. */
export function bit(about?: string): Field {
  return { kind: 'bit', min: 0, max: 1, low: 0, high: 1, fractionBits: 0, about };
}

/** An integer from `min` to `max`, both included: −2³¹ ≤ min ≤ max < 2³². */
export function integerField({ min = 0, max, about }: { min?: number; max: number; about?: string }): Field {
  const fits =
    Number.isInteger(min) &&
    Number.isInteger(max) &&
    min <= max &&
    min >= -(2 ** 31) &&
    max < (min < 0 ? 2 ** 31 : 2 ** 32);
  if (!fits) {
    throw new GroundswellError({
      what: 'bad range of an integer field',
      expected: 'integers min ≤ max that fit 32 bits',
      got: `${min} to ${max}`,
    });
  }
  return { kind: 'integer', min, max, low: min, high: max, fractionBits: 0, about };
}

/** One of the named values; encoded as its position, from 0. */
export function category(labels: readonly string[], about?: string): Field {
  return {
    kind: 'category',
    min: 0,
    max: labels.length - 1,
    low: 0,
    high: labels.length - 1,
    fractionBits: 0,
    labels,
    about,
  };
}

/**
 * A real number in [min, max] in fixed point: a 32-bit signed word whose fraction bits follow from the range ([−1, 1] is Q2.29), or `bits` of them, if that is
 * fewer: sums of products with other fields then have room.
 */
export function fixed({
  min,
  max,
  bits: most,
  about,
}: {
  min: number;
  max: number;
  bits?: number;
  about?: string;
}): Field {
  const bits = Math.min(most ?? 30, fractionBits(min, max));
  return {
    kind: 'fixed',
    min,
    max,
    low: encodeFixed(min, bits),
    high: encodeFixed(max, bits),
    fractionBits: bits,
    about,
  };
}

/**
 * As many values of a kind as `length` says, from 1 to 1024: a number, or the name of an integer parameter of the model (then points may differ in it). In WGSL
 * `opinion(i, k)`, `set_opinion(k, value)` and `opinion_count()`.
 */
export function arrayOf(field: Field, length: number | string): Field {
  const fits = typeof length === 'string' || (Number.isInteger(length) && length >= 1 && length <= MAX_ELEMENTS);
  if (!fits || field.length !== undefined) {
    throw new GroundswellError({
      what: fits ? 'an array of arrays' : 'bad length of an array field',
      expected: `single values, and 1 to ${MAX_ELEMENTS} of them or the name of a parameter`,
      got: String(fits ? field.length : length),
    });
  }
  return { ...field, length };
}

/** State of a group instead of an agent: a pool, a norm. Written by the model's group rules, read by all rules: in WGSL `pool(g)`. */
export function perGroup(field: Field, { start }: { start?: number } = {}): Field {
  return { ...field, holder: 'group', start: startOf(field, start) };
}

/**
 * State of a link from an agent to one that it looks at, held and written by that agent: trust, the strength of a tie. In WGSL `trust(me, k)` of the k-th
 * neighbour and `set_trust(k, value)`, which is seen at once. Not for the topology `complete`.
 */
export function perLink(field: Field, { start }: { start?: number } = {}): Field {
  return { ...field, holder: 'link', start: startOf(field, start) };
}

function startOf(field: Field, start: number | undefined): number | undefined {
  if (start !== undefined) encodeValue(field, start, 'start of a field');
  return start;
}

/** The encoded value with which a field starts where nothing else is said. */
export function startWord(field: Field): number {
  if (field.start !== undefined) return encodeValue(field, field.start, 'start of a field');
  return Math.max(field.low, Math.min(0, field.high));
}

/** Whether agents have single values of the field. */
export function isPlain(field: Field): boolean {
  return (field.holder ?? 'agent') === 'agent' && field.length === undefined;
}

/** Whether the field's words are signed: its WGSL type is then i32, otherwise u32. */
export function isSigned(field: Field): boolean {
  return field.kind === 'fixed' || field.low < 0;
}

/** A logical value (number, or a category's label) as the field's encoded integer; throws when it is out of range. */
export function encodeValue(field: Field, value: number | string, where: string): number {
  const number = typeof value === 'string' ? (field.labels?.indexOf(value) ?? -1) : value;
  const word = field.kind === 'fixed' ? encodeFixed(number, field.fractionBits) : number;
  if (!Number.isInteger(word) || word < field.low || word > field.high) {
    const expected = field.labels ? `one of ${field.labels.join(', ')}` : `a value from ${field.min} to ${field.max}`;
    throw new GroundswellError({ what: 'value out of range', where, expected, got: String(value) });
  }
  return word;
}

/** An encoded integer as its logical value. */
export function decodeValue(field: Field, word: number): number {
  return field.kind === 'fixed' ? decodeFixed(word, field.fractionBits) : word;
}
