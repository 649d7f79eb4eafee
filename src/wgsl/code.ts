// Structured code over scalars: what a kernel is once functions are inlined and vectors taken apart. Back ends print it.
import type { Local, Memory, Scalar } from './scalar.ts';

export type Code =
  | { readonly kind: 'set'; readonly local: Local; readonly value: Scalar }
  | { readonly kind: 'store'; readonly memory: Memory; readonly index: Scalar; readonly value: Scalar }
  | { readonly kind: 'clear'; readonly memory: Memory }
  | {
      /** An atomic operation: `old` becomes the word, and the word `stored`, which is made of `old` and `value`. */
      readonly kind: 'update';
      readonly memory: Memory;
      /** A local or a constant. */
      readonly index: Scalar;
      readonly atomic: string;
      readonly value: Scalar;
      readonly stored: Scalar;
      readonly old: Local;
    }
  | { readonly kind: 'if'; readonly condition: Scalar; readonly accept: Code[]; readonly reject: Code[] }
  | { readonly kind: 'block' | 'loop'; readonly label: string; readonly body: Code[] }
  | { readonly kind: 'switch'; readonly label: string; readonly selector: Scalar; readonly cases: readonly Case[] }
  | { readonly kind: 'break' | 'continue'; readonly label: string }
  | {
      readonly kind: 'call';
      readonly routine: Routine;
      /** One for each parameter. */
      readonly args: readonly Scalar[];
      readonly results: readonly Local[];
    };

/** A set of a local. */
export type SetCode = Code & { kind: 'set' };

interface Case {
  readonly selectors: readonly number[];
  readonly isDefault: boolean;
  readonly body: Code[];
}

/** A function that is not inlined. */
export interface Routine {
  readonly name: string;
  /** What it is given: locals of its own. */
  readonly params: Local[];
  /** Set by the body; read by the caller. */
  readonly results: readonly Local[];
  readonly body: Code[];
}

/** One kernel: `body` runs once for every invocation (x, y, z). */
export interface Kernel {
  readonly body: Code[];
  /** Runs before the invocations that share z. */
  readonly prologue: Code[];
  readonly routines: readonly Routine[];
  readonly invocation: readonly [x: Local, y: Local, z: Local];
}

/** The lists of code inside one piece of code. */
export function listsOf(code: Code): Code[][] {
  switch (code.kind) {
    case 'if':
      return [code.accept, code.reject];
    case 'block':
    case 'loop':
      return [code.body];
    case 'switch':
      return code.cases.map(({ body }) => body);
    default:
      return [];
  }
}

/** The scalars that one piece of code evaluates itself, not those of the lists inside it. */
export function scalarsOf(code: Code): readonly Scalar[] {
  switch (code.kind) {
    case 'set':
      return [code.value];
    case 'store':
      return [code.index, code.value];
    case 'update':
      return [code.index, code.value, code.stored];
    case 'if':
      return [code.condition];
    case 'switch':
      return [code.selector];
    case 'call':
      return code.args;
    default:
      return [];
  }
}

/** The code with its lists changed. */
export function withLists(code: Code, change: (list: readonly Code[]) => Code[]): Code {
  switch (code.kind) {
    case 'if':
      return { ...code, accept: change(code.accept), reject: change(code.reject) };
    case 'block':
    case 'loop':
      return { ...code, body: change(code.body) };
    case 'switch':
      return { ...code, cases: code.cases.map(item => ({ ...item, body: change(item.body) })) };
    default:
      return code;
  }
}

/** The code with the scalars changed that it evaluates itself. */
export function withScalars(code: Code, change: (scalar: Scalar) => Scalar): Code {
  switch (code.kind) {
    case 'set':
      return { ...code, value: change(code.value) };
    case 'store':
      return { ...code, index: change(code.index), value: change(code.value) };
    case 'update':
      return { ...code, index: change(code.index), value: change(code.value), stored: change(code.stored) };
    case 'if':
      return { ...code, condition: change(code.condition) };
    case 'switch':
      return { ...code, selector: change(code.selector) };
    case 'call':
      return { ...code, args: code.args.map(change) };
    default:
      return code;
  }
}

/** Visits code and all code inside it. */
export function visitCode(list: readonly Code[], visit: (code: Code) => void): void {
  for (const code of list) {
    visit(code);
    for (const inner of listsOf(code)) visitCode(inner, visit);
  }
}

/** Visits a scalar and its operands. */
export function visitScalar(scalar: Scalar, visit: (scalar: Scalar) => void): void {
  visit(scalar);
  if (scalar.kind === 'apply') for (const arg of scalar.args) visitScalar(arg, visit);
  else if (scalar.kind === 'load') visitScalar(scalar.index, visit);
}

/** Whether evaluating the scalar reads the local. */
export function reads(scalar: Scalar, local: Local): boolean {
  let found = false;
  visitScalar(scalar, inner => {
    if (inner.kind === 'local' && inner.local === local) found = true;
  });
  return found;
}

/** Pieces of code and scalars. */
export function sizeOf(list: readonly Code[]): number {
  let size = 0;
  visitCode(list, code => {
    size++;
    for (const scalar of scalarsOf(code)) visitScalar(scalar, () => size++);
  });
  return size;
}
