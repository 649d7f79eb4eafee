// What a model can be told: its parameters. Each has a kind that fixes its range and its integer encoding in kernels.
import { encodeFixed, NUMBER_BITS, PROBABILITY_BITS } from '../fixed.ts';

/** One parameter. Its value may differ between the points of a sweep, never between the replicas of a point. */
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
}

/** A probability or weight in [0, 1], exact to 2⁻³². In WGSL: a u32 for `chance`. */
export function probability({
  default: value,
  about,
  min = 0,
  max = 1,
}: {
  default: number;
  about: string;
  min?: number;
  max?: number;
}): Param {
  return { kind: 'probability', default: value, min, max, about };
}

/** A real number within ±32767, exact to 2⁻¹⁷. In WGSL: an i32 with 16 fraction bits. */
export function number({
  default: value,
  about,
  min = -32767,
  max = 32767,
}: {
  default: number;
  about: string;
  min?: number;
  max?: number;
}): Param {
  return { kind: 'number', default: value, min, max, about };
}

/** An integer within 32 bits. In WGSL: an i32. */
export function integer({
  default: value,
  about,
  min = 0,
  max = 2 ** 31 - 1,
}: {
  default: number;
  about: string;
  min?: number;
  max?: number;
}): Param {
  return { kind: 'integer', default: value, min, max, about };
}

/** A parameter's value as its encoded 32-bit integer. */
export function encodeParam(param: Param, value: number): number {
  switch (param.kind) {
    case 'probability':
      return encodeFixed(value, PROBABILITY_BITS);
    case 'number':
      return encodeFixed(value, NUMBER_BITS);
    case 'integer':
      return value;
  }
}
