// What a model can be told: its parameters. Each has a kind that fixes its range and its integer encoding in kernels.
import { decodeFixed, encodeFixed, NUMBER_BITS, PROBABILITY_BITS } from '../fixed.ts';

/** One parameter. Its value may differ between the points of a sweep and, unless it is `shared`, between agents. */
export interface Param {
  /** `probability`: u32 with 31 fraction bits; `number`: i32, Q15.16; `integer`: i32. */
  readonly kind: 'probability' | 'number' | 'integer';
  /** The value where neither spec nor preset has one. */
  readonly default: number;
  /** Smallest and largest value that a spec may give. */
  readonly min: number;
  readonly max: number;
  /** What it means, in a few words. */
  readonly about: string;
  /** True: it speaks of the whole population (a number of agents, say), so that agents cannot have values of their own. */
  readonly shared?: boolean;
}

/** A probability or weight in [0, 1], exact to 2⁻³². In WGSL: a u32 for `chance`. */
export function probability({
  default: value,
  about,
  min = 0,
  max = 1,
  shared,
}: {
  default: number;
  about: string;
  min?: number;
  max?: number;
  shared?: boolean;
}): Param {
  return { kind: 'probability', default: value, min, max, about, shared };
}

/** A real number within ±32767, exact to 2⁻¹⁷. In WGSL: an i32 with 16 fraction bits. */
export function number({
  default: value,
  about,
  min = -32767,
  max = 32767,
  shared,
}: {
  default: number;
  about: string;
  min?: number;
  max?: number;
  shared?: boolean;
}): Param {
  return { kind: 'number', default: value, min, max, about, shared };
}

/** An integer within 32 bits. In WGSL: an i32. */
export function integer({
  default: value,
  about,
  min = 0,
  max = 2 ** 31 - 1,
  shared,
}: {
  default: number;
  about: string;
  min?: number;
  max?: number;
  shared?: boolean;
}): Param {
  return { kind: 'integer', default: value, min, max, about, shared };
}

/** A parameter's value as its encoded 32-bit integer. */
export function encodeParam(param: Pick<Param, 'kind'>, value: number): number {
  switch (param.kind) {
    case 'probability':
      return encodeFixed(value, PROBABILITY_BITS);
    case 'number':
      return encodeFixed(value, NUMBER_BITS);
    case 'integer':
      return value;
  }
}

/** An encoded 32-bit integer as the parameter's value. */
export function decodeParam(param: Pick<Param, 'kind'>, word: number): number {
  switch (param.kind) {
    case 'probability':
      return decodeFixed(word >>> 0, PROBABILITY_BITS);
    case 'number':
      return decodeFixed(word | 0, NUMBER_BITS);
    case 'integer':
      return word | 0;
  }
}
