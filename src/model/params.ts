// What a model can be told: its parameters. Each has a kind that fixes its range and its integer encoding in kernels.
import { GroundswellError, suggest } from '../errors.ts';
import { decodeFixed, encodeFixed, NUMBER_BITS, PROBABILITY_BITS } from '../fixed.ts';

/** One parameter. Its value may differ between the points of a sweep and, unless it is `shared`, between agents. */
export interface Param {
  /** `probability`: u32 with 31 fraction bits; `number`: i32, Q15.16; `integer`: i32; `choice`: u32, the position among the options. */
  readonly kind: 'probability' | 'number' | 'integer' | 'choice';
  /** A number; of a `choice` the position of the option. */
  readonly default: number;
  /** Smallest and largest value that a spec may give. */
  readonly min: number;
  readonly max: number;
  /** What it means, in a few words. */
  readonly about: string;
  /** True: it speaks of the whole population (a number of agents, say), so that agents cannot have values of their own. */
  readonly shared?: boolean;
  /** The words of a `choice`, in the order of their positions from 0. */
  readonly options?: readonly string[];
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

/**
 * One of the named options: a word in specs, presets and results, its position among them (from 0) in rules and theories. In WGSL: a u32, for which the
 * rule's file declares constants. Throws when there are fewer than two options, or one comes twice, or `default` is none of them.
 */
export function choice<const Option extends string>({
  options,
  default: value,
  about,
}: {
  options: readonly Option[];
  default: NoInfer<Option>;
  about: string;
}): Param {
  if (options.length < 2 || new Set(options).size < options.length) {
    const got = options.join(', ') || 'none';
    throw new GroundswellError({ what: 'bad options of a choice', expected: 'at least two, all different', got });
  }
  const bounds = { min: 0, max: options.length - 1 };
  const param: Param = { kind: 'choice', default: 0, ...bounds, about, options, shared: true };
  return { ...param, default: paramValue(param, value, 'default of a choice') };
}

/** A value as written, a number or the option of a choice, as a number; throws for a word that is no option, and for a number in place of one. */
export function paramValue({ options }: Param, written: number | string, where: string): number {
  if (options === undefined && typeof written === 'number') return written;
  const position = options?.indexOf(String(written)) ?? -1;
  if (options && typeof written === 'string' && position >= 0) return position;
  const hint = options && typeof written === 'string' ? suggest(written, options) : undefined;
  const expected = options ? `one of ${options.join(', ')}` : 'a number';
  throw new GroundswellError({ what: 'bad value of a parameter', where, expected, got: JSON.stringify(written), hint });
}

/** A parameter's number as people read it: the option of a choice, else the number itself. */
export function paramLabel({ options }: Param, value: number): number | string {
  return options?.[value] ?? value;
}

/** A parameter's value as its encoded 32-bit integer. */
export function encodeParam(param: Pick<Param, 'kind'>, value: number): number {
  switch (param.kind) {
    case 'probability':
      return encodeFixed(value, PROBABILITY_BITS);
    case 'number':
      return encodeFixed(value, NUMBER_BITS);
    case 'integer':
    case 'choice':
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
    case 'choice':
      return word | 0;
  }
}
