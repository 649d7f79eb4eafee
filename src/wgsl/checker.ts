// The state that the parts of the type checker share: scopes, the current function, and what its results depend on.
import type { ExpressionNode, NameNode, TemplatedNode } from './ast.ts';
import type { Binding, Expression, FunctionIr, Place, Variable } from './ir.ts';
import type { Scope } from './scope.ts';
import type { Source, Span } from './source.ts';
import { F32, leavesOf, type StructType, type Type } from './types.ts';

/** A checked expression: a value, a place that can be read or written, or a pointer to a place. */
export type Checked =
  | Expression
  | { readonly kind: 'place'; readonly place: Place }
  | { readonly kind: 'pointer'; readonly place: Place };

export interface Checker {
  readonly source: Source;
  readonly structs: Map<string, StructType>;
  readonly bindings: Binding[];
  scope: Scope;
  /** The function whose body is being checked. */
  current: FunctionIr | undefined;
  /** What a name means, declared before or after its use. */
  resolve(name: NameNode | TemplatedNode): ReturnType<Scope['find']>;
  /** Whether the text is one that only devices run, which have workgroups. */
  readonly forDevices: boolean;
  /** Called with every expression that was checked. */
  readonly seen?: (node: ExpressionNode, checked: Checked) => void;
}

/** Notes that the current function's results may differ between devices. */
function deviate({ current }: Checker, what: string, span: Span): void {
  if (current && !current.deviations.some(known => known.what === what)) current.deviations.push({ what, span });
}

const holdsFloats = new WeakMap<Type, boolean>();

/** Notes `f32`, whose rounding WGSL leaves to the device. Constants are computed here and differ nowhere. */
export function noteFloats(checker: Checker, expression: Expression): void {
  if (expression.kind === 'constant') return;
  let floats = holdsFloats.get(expression.type);
  if (floats === undefined) {
    floats = leavesOf(expression.type).includes(F32);
    holdsFloats.set(expression.type, floats);
  }
  if (floats) deviate(checker, 'uses f32, whose rounding WGSL leaves to the device', expression);
}

/** Notes the use of an atomic's old value, which depends on the order of invocations. `atomicLoad` reads a settled value. */
export function noteAtomic(checker: Checker, expression: Expression): void {
  if (expression.kind !== 'atomic' || expression.atomic.name === 'atomicLoad') return;
  deviate(
    checker,
    `uses the result of ${expression.atomic.name}, which depends on the order of invocations`,
    expression,
  );
}

/** Follows a pointer parameter or alias to what it points to. */
export function pointee(variable: Variable, span: Span): Place {
  return { root: variable, path: [], type: variable.type, start: span.start, end: span.end };
}
