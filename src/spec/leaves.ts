// The small schemas from which the schema of a spec is made. Each knows the phrase for what it expects.
import { z } from 'zod';
import { suggest } from '../errors.ts';
import { say } from './fault.ts';

/** Counts end below 2³¹: agents, steps and degrees are 32-bit integers in kernels. */
export const COUNT_MAX = 2 ** 31 - 1;

/** An integer from `min` to `max`. */
export function integerFrom(min: number, max = COUNT_MAX) {
  const error = (issue: { code?: string }): string => {
    if (max < COUNT_MAX) return say({ expected: `an integer from ${min} to ${max}` });
    return say({ expected: `an integer of at ${issue.code === 'too_big' ? `most ${max}` : `least ${min}`}` });
  };
  return z.int({ error }).min(min, { error }).max(max, { error });
}

/** A number from `min` to `max`. */
export function numberFrom(min: number, max: number) {
  const error = say({ expected: `a number from ${min} to ${max}` });
  return z.number({ error }).min(min, { error }).max(max, { error });
}

/** A share of a whole. */
export const shareOf = () => numberFrom(0, 1);

export const flag = () => z.boolean({ error: say({ expected: 'true or false' }) });

/** A string that is not empty. */
export function text(expected: string) {
  const error = say({ expected });
  return z.string({ error }).min(1, { error });
}

/** One of the given words. */
export function oneOf<const W extends string>(noun: string, words: readonly W[]) {
  return z.enum(words, {
    error: issue =>
      say(
        typeof issue.input === 'string'
          ? { what: `unknown ${noun} "${issue.input}"`, hint: suggest(issue.input, words) }
          : { expected: `one of ${words.join(', ')}` },
      ),
  });
}

/** A mapping with these keys and no other; `noun` is what a key is called in messages. */
export function mapping<S extends z.core.$ZodLooseShape>(noun: string, shape: S) {
  return z.strictObject(shape, {
    error: issue =>
      say(
        issue.code === 'unrecognized_keys'
          ? { noun, known: Object.keys(shape) }
          : { expected: `a mapping of ${noun}s` },
      ),
  });
}

/** One of several forms. */
export function either<const T extends readonly z.ZodType[]>(expected: string, forms: T) {
  return z.union(forms, { error: say({ expected }) });
}

/** A list of at least one. */
export function listOf<T extends z.ZodType>(item: T, expected: string) {
  const error = say({ expected });
  return z.array(item, { error }).min(1, { error });
}

/** A mapping from names that the user chooses. */
export function named<T extends z.ZodType>(item: T, noun: string, pattern: RegExp, expected: string) {
  return z.record(z.string().regex(pattern, { error: say({ what: `bad ${noun}`, expected }) }), item, {
    error: say({ expected: `a mapping of ${noun}s` }),
  });
}
