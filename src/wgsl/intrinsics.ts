// Functions of shaders/lib for which processors have an instruction that WGSL lacks: the compiler takes the operation instead of the body. A test compares the two.
import type { Builtin } from './builtins.ts';
import { MUL_HIGH } from './functions.ts';
import { apply } from './scalar.ts';
import { U32 } from './types.ts';

/** By file and name. */
const INTRINSICS: ReadonlyMap<string, Builtin> = new Map([
  [
    'shaders/lib/fixed.wgsl mul_high',
    {
      name: 'mul_high',
      signature: { domain: 'int', params: [U32, U32], result: () => U32 },
      lower: ([[a], [b]]) => [apply(MUL_HIGH, U32, a, b)],
    },
  ],
]);

/** The operation that stands for a function of a file; undefined for all others. */
export const intrinsicOf = (file: string, name: string): Builtin | undefined => INTRINSICS.get(`${file} ${name}`);
