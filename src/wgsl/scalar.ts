// Scalar expressions: what WGSL becomes once vectors and structs are taken apart. Constants fold as they are built.
import { AND, SHR } from './operations.ts';
import { BOOL, type ScalarName, type ScalarType, U32 } from './types.ts';

/** A scalar at compile time. Abstract integers are bigints; u32 is unsigned, i32 signed, f32 rounded to single precision. */
export type Value = number | bigint | boolean;

/** An operation on scalars: what it computes, and the JavaScript for it. */
export interface Operation {
  readonly name: string;
  evaluate(values: readonly Value[], from: ScalarName, to: ScalarName): Value;
  /** Operands and result of both integer types are int32 in JavaScript; the result must need no parentheses. */
  emit(args: readonly string[], from: ScalarName, to: ScalarName): string;
}

/** A scalar variable of the generated code. */
export interface Local {
  readonly name: string;
  readonly type: ScalarType;
}

/** Words of a binding, or of an array that lives outside registers. */
export interface Memory {
  readonly name: string;
  readonly kind: 'read' | 'read_write' | 'local' | 'table';
  /** How many words; absent when only run time knows. */
  readonly size?: number;
  /** Contents of a table. */
  readonly words?: readonly number[];
}

export type Scalar =
  | { readonly kind: 'constant'; readonly type: ScalarType; readonly value: Value }
  | { readonly kind: 'local'; readonly type: ScalarType; readonly local: Local }
  | {
      readonly kind: 'apply';
      readonly type: ScalarType;
      readonly operation: Operation;
      readonly args: readonly Scalar[];
    }
  | { readonly kind: 'load'; readonly type: ScalarType; readonly memory: Memory; readonly index: Scalar }
  | { readonly kind: 'length'; readonly type: ScalarType; readonly memory: Memory; readonly stride: number };

export const constantScalar = (type: ScalarType, value: Value): Scalar => ({ kind: 'constant', type, value });
export const u32 = (value: number): Scalar => constantScalar(U32, value >>> 0);
export const localScalar = (local: Local): Scalar => ({ kind: 'local', type: local.type, local });

export const isTrivial = (scalar: Scalar): boolean => scalar.kind === 'constant' || scalar.kind === 'local';

/** `operation` on scalars, folded when all of them are constant. `from` of the operation is the type of the last operand. */
export function apply(operation: Operation, type: ScalarType, ...args: Scalar[]): Scalar {
  const values: Value[] = [];
  for (const arg of args) if (arg.kind === 'constant') values.push(arg.value);
  if (values.length === args.length) {
    return constantScalar(type, operation.evaluate(values, operandType(args), type.name));
  }
  return simplify(operation, type, args) ?? { kind: 'apply', type, operation, args };
}

export const operandType = (args: readonly Scalar[]): ScalarName => args[args.length - 1].type.name;

/** Identities that save work at run time, for integers only (f32 has NaN and signed zeros), and constant conditions. */
function simplify({ name }: Operation, type: ScalarType, args: readonly Scalar[]): Scalar | undefined {
  const [left, right] = args;
  if (name === 'convert' && left.type === type) return left;
  if (name === 'select' && args[0].kind === 'constant') return args[0].value ? args[1] : args[2];
  if (args.length !== 2 || !isInteger(left)) return undefined;
  const zero = (scalar: Scalar): boolean => scalar.kind === 'constant' && scalar.value === 0;
  const one = (scalar: Scalar): boolean => scalar.kind === 'constant' && scalar.value === 1;
  switch (name) {
    case '+':
    case '|':
    case '^':
      return zero(right) ? left : zero(left) ? right : undefined;
    case '-':
      return zero(right) ? left : undefined;
    case '<<':
    case '>>':
      return zero(right) || zero(left) ? left : undefined;
    case '*':
      if (one(right) || zero(left)) return left;
      return one(left) || zero(right) ? right : undefined;
    case '/': {
      if (one(right)) return left;
      const power = powerOfTwo(right);
      return power === undefined ? undefined : { kind: 'apply', type, operation: SHR, args: [left, u32(power)] };
    }
    case '%': {
      if (one(right)) return constantScalar(left.type, 0);
      const power = powerOfTwo(right);
      const mask = power === undefined ? undefined : constantScalar(left.type, 2 ** power - 1);
      return mask && { kind: 'apply', type, operation: AND, args: [left, mask] };
    }
    case '!=':
      return left.kind === 'local' && right.kind === 'local' && left.local === right.local
        ? constantScalar(BOOL, false)
        : undefined;
    case '<':
      return zero(right) && right.type === U32 ? constantScalar(BOOL, false) : undefined;
    case '&':
      return zero(left) ? left : zero(right) ? right : undefined;
    default:
      return undefined;
  }
}

/** n if the scalar is the unsigned constant 2ⁿ, n > 0. */
function powerOfTwo({ kind, type, ...scalar }: Scalar): number | undefined {
  if (kind !== 'constant' || type !== U32 || !('value' in scalar)) return undefined;
  const power = Math.log2(Number(scalar.value));
  return Number.isInteger(power) && power > 0 ? power : undefined;
}

const isInteger = (scalar: Scalar): boolean => scalar.type.name === 'u32' || scalar.type.name === 'i32';

/** The scalar with values in place of locals. */
export function substitute(scalar: Scalar, values: ReadonlyMap<Local, Scalar>): Scalar {
  switch (scalar.kind) {
    case 'local':
      return values.get(scalar.local) ?? scalar;
    case 'apply':
      return apply(scalar.operation, scalar.type, ...scalar.args.map(arg => substitute(arg, values)));
    case 'load':
      return { ...scalar, index: substitute(scalar.index, values) };
    default:
      return scalar;
  }
}
