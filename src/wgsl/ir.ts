// The typed IR: names resolved, types known, constants folded, every place explicit. Vectors and structs are still whole.
import type { SyntaxTree } from './ast.ts';
import type { Atomic, Builtin } from './builtins.ts';
import type { Operation, Value } from './scalar.ts';
import type { Span } from './source.ts';
import type { AddressSpace, ArrayType, ScalarType, StructType, Type } from './types.ts';

/** A named value or storage. `pointer` stands for what a pointer parameter or `let p = &x` points to. */
export interface Variable extends Span {
  readonly kind: 'let' | 'parameter' | 'function' | 'private' | 'binding' | 'pointer';
  readonly name: string;
  readonly space: AddressSpace;
  /** Whether WGSL lets it be written. */
  readonly writable: boolean;
  /** The type of what is stored; for a pointer, of its target. */
  readonly type: Type;
  /** Whether it holds an array that is indexed by something else than a constant. */
  indexed: boolean;
  /** Whether anything is assigned after the declaration, or its address is taken. */
  assigned: boolean;
}

export interface Binding {
  readonly name: string;
  readonly group: number;
  readonly binding: number;
  readonly kind: 'uniform' | 'storage';
  readonly access: 'read' | 'read_write';
  readonly type: Type;
  readonly variable: Variable;
}

export type Step =
  | { readonly kind: 'member'; readonly index: number; readonly type: Type }
  | { readonly kind: 'component'; readonly indices: readonly number[]; readonly type: Type }
  | { readonly kind: 'index'; readonly index: Expression; readonly type: Type };

/** Something that can be read and perhaps written: a variable and a path into it. */
export interface Place extends Span {
  readonly root: Variable;
  readonly path: readonly Step[];
  readonly type: Type;
}

interface Typed extends Span {
  readonly type: Type;
}
export interface ConstantExpression extends Typed {
  readonly kind: 'constant';
  /** The scalars of the value, in order. */
  readonly values: readonly Value[];
}
interface LoadExpression extends Typed {
  readonly kind: 'load';
  readonly place: Place;
}
interface ApplyExpression extends Typed {
  readonly kind: 'apply';
  /** Applied component by component; a scalar operand goes with every component. */
  readonly operation: Operation;
  readonly args: readonly Expression[];
}
interface ShortCircuitExpression extends Typed {
  readonly kind: 'and' | 'or';
  readonly left: Expression;
  readonly right: Expression;
}
interface BuiltinExpression extends Typed {
  readonly kind: 'builtin';
  readonly builtin: Builtin;
  readonly args: readonly Expression[];
}
export interface CallExpression extends Typed {
  readonly kind: 'call';
  readonly callee: FunctionIr;
  readonly args: readonly (Expression | PointerArgument)[];
}
export interface PointerArgument extends Span {
  readonly kind: 'pointer';
  readonly place: Place;
}
interface ComposeExpression extends Typed {
  readonly kind: 'compose';
  readonly args: readonly Expression[];
}
interface SwizzleExpression extends Typed {
  readonly kind: 'swizzle';
  readonly base: Expression;
  readonly indices: readonly number[];
}
interface MemberExpression extends Typed {
  readonly kind: 'member';
  readonly base: Expression;
  readonly index: number;
}
interface IndexExpression extends Typed {
  readonly kind: 'index';
  readonly base: Expression;
  readonly index: Expression;
}
interface AtomicExpression extends Typed {
  readonly kind: 'atomic';
  readonly atomic: Atomic;
  readonly place: Place;
  readonly value?: Expression;
}
interface LengthExpression extends Typed {
  readonly kind: 'length';
  readonly binding: Variable;
  readonly array: ArrayType;
}
export type Expression =
  | ConstantExpression
  | LoadExpression
  | ApplyExpression
  | ShortCircuitExpression
  | BuiltinExpression
  | CallExpression
  | ComposeExpression
  | SwizzleExpression
  | MemberExpression
  | IndexExpression
  | AtomicExpression
  | LengthExpression;

export interface SwitchClause {
  readonly selectors: readonly number[];
  readonly isDefault: boolean;
  readonly body: readonly Statement[];
}
export type Statement =
  | { readonly kind: 'declare'; readonly variable: Variable; readonly value?: Expression }
  | { readonly kind: 'alias'; readonly variable: Variable; readonly place: Place }
  | { readonly kind: 'assign'; readonly place: Place; readonly operation?: Operation; readonly value: Expression }
  | { readonly kind: 'evaluate'; readonly value: Expression }
  | { readonly kind: 'block'; readonly body: readonly Statement[] }
  | {
      readonly kind: 'if';
      readonly condition: Expression;
      readonly accept: readonly Statement[];
      readonly reject: readonly Statement[];
    }
  | { readonly kind: 'switch'; readonly selector: Expression; readonly clauses: readonly SwitchClause[] }
  | {
      /** Runs `body`, then `continuing`, until `condition` (tested first) is false or `breakIf` (tested last) is true. */
      readonly kind: 'loop';
      readonly condition?: Expression;
      readonly body: readonly Statement[];
      readonly continuing: readonly Statement[];
      readonly breakIf?: Expression;
    }
  | { readonly kind: 'break' | 'continue' }
  | { readonly kind: 'return'; readonly value?: Expression };

export interface FunctionIr extends Span {
  readonly name: string;
  readonly params: readonly Variable[];
  readonly result: Type;
  readonly isEntry: boolean;
  /** Filled when the body has been checked. */
  body: readonly Statement[];
  /** Functions called directly, without repetition. */
  readonly calls: Set<FunctionIr>;
  /** What makes the function's results depend on the device. */
  readonly deviations: { readonly what: string; readonly span: Span }[];
}

export interface Module {
  readonly tree: SyntaxTree;
  readonly structs: ReadonlyMap<string, StructType>;
  readonly bindings: readonly Binding[];
  readonly privates: readonly { readonly variable: Variable; readonly value?: Expression }[];
  readonly functions: ReadonlyMap<string, FunctionIr>;
}

export const constant = (type: Type, values: readonly Value[], span: Span): ConstantExpression => ({
  kind: 'constant',
  type,
  values,
  start: span.start,
  end: span.end,
});

export const scalarConstant = (type: ScalarType, value: Value, span: Span): ConstantExpression =>
  constant(type, [value], span);
