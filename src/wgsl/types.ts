// WGSL types, how they are written, and where their scalars lie in a buffer. Says nothing about expressions.

export type ScalarName = 'bool' | 'i32' | 'u32' | 'f32' | 'abstract-int' | 'abstract-float';

export interface ScalarType {
  readonly kind: 'scalar';
  readonly name: ScalarName;
}
export interface VectorType {
  readonly kind: 'vector';
  readonly size: 2 | 3 | 4;
  readonly element: ScalarType;
}
export interface ArrayType {
  readonly kind: 'array';
  readonly element: Type;
  /** Absent in a runtime-sized array, which only a storage buffer holds. */
  readonly count?: number;
}
export interface StructType {
  readonly kind: 'struct';
  readonly name: string;
  readonly members: readonly { readonly name: string; readonly type: Type }[];
}
interface AtomicType {
  readonly kind: 'atomic';
  readonly element: ScalarType;
}
interface PointerType {
  readonly kind: 'pointer';
  readonly space: AddressSpace;
  readonly target: Type;
}
export interface VoidType {
  readonly kind: 'void';
}
export type Type = ScalarType | VectorType | ArrayType | StructType | AtomicType | PointerType | VoidType;
export type AddressSpace = 'function' | 'private' | 'storage' | 'uniform';

const scalar = (name: ScalarName): ScalarType => ({ kind: 'scalar', name });
export const BOOL = scalar('bool');
export const I32 = scalar('i32');
export const U32 = scalar('u32');
export const F32 = scalar('f32');
export const ABSTRACT_INT = scalar('abstract-int');
export const ABSTRACT_FLOAT = scalar('abstract-float');
export const VOID: VoidType = { kind: 'void' };
export const SCALARS: Readonly<Record<string, ScalarType>> = { bool: BOOL, i32: I32, u32: U32, f32: F32 };

export const vector = (size: number, element: ScalarType): VectorType => ({
  kind: 'vector',
  size: size as 2 | 3 | 4,
  element,
});

/** A type as an author writes it; also its identity. */
export function typeText(type: Type): string {
  switch (type.kind) {
    case 'scalar':
    case 'struct':
      return type.name;
    case 'vector':
      return `vec${type.size}<${type.element.name}>`;
    case 'array':
      return `array<${typeText(type.element)}${type.count === undefined ? '' : `, ${type.count}`}>`;
    case 'atomic':
      return `atomic<${type.element.name}>`;
    case 'pointer':
      return `ptr<${type.space}, ${typeText(type.target)}>`;
    case 'void':
      return 'nothing';
  }
}

export const sameType = (a: Type, b: Type): boolean => a === b || typeText(a) === typeText(b);

/** The scalar of a scalar, vector or atomic; undefined for other types. */
export function scalarOf(type: Type): ScalarType | undefined {
  if (type.kind === 'scalar') return type;
  return type.kind === 'vector' || type.kind === 'atomic' ? type.element : undefined;
}

/** A scalar or vector like `shape` with another scalar. */
export function withScalar(shape: Type, element: ScalarType): ScalarType | VectorType {
  return shape.kind === 'vector' ? vector(shape.size, element) : element;
}

/** The type with i32 and f32 for abstract numbers. */
export function concrete(type: Type): Type {
  if (type.kind === 'array') return { ...type, element: concrete(type.element) };
  if (type === ABSTRACT_INT) return I32;
  if (type === ABSTRACT_FLOAT) return F32;
  return type.kind === 'vector' ? vector(type.size, concrete(type.element) as ScalarType) : type;
}

/** The scalars of a value of this type, in order. Fixed-size types only. */
export function leavesOf(type: Type): ScalarType[] {
  switch (type.kind) {
    case 'scalar':
      return [type];
    case 'vector':
      return Array.from({ length: type.size }, () => type.element);
    case 'atomic':
      return [type.element];
    case 'struct':
      return type.members.flatMap(member => leavesOf(member.type));
    case 'array': {
      const element = leavesOf(type.element);
      return Array.from({ length: type.count ?? 0 }, () => element).flat();
    }
    default:
      return [];
  }
}

/** How many scalars a value of this type has. */
export function leafCount(type: Type): number {
  if (type.kind === 'array') return (type.count ?? 0) * leafCount(type.element);
  if (type.kind === 'struct') return type.members.reduce((sum, member) => sum + leafCount(member.type), 0);
  return type.kind === 'vector' ? type.size : type.kind === 'scalar' || type.kind === 'atomic' ? 1 : 0;
}

const roundUp = (value: number, alignment: number): number => Math.ceil(value / alignment) * alignment;

/** Alignment and size in a buffer, in 32-bit words (WGSL section "Alignment and Size"). */
function layoutOf(type: Type): { alignment: number; size: number } {
  switch (type.kind) {
    case 'vector':
      return { alignment: type.size === 2 ? 2 : 4, size: type.size };
    case 'array':
      return { alignment: layoutOf(type.element).alignment, size: strideOf(type) * (type.count ?? 0) };
    case 'struct': {
      const last = type.members.length - 1;
      const alignment = Math.max(1, ...type.members.map(member => layoutOf(member.type).alignment));
      return { alignment, size: roundUp(memberOffset(type, last) + layoutOf(type.members[last].type).size, alignment) };
    }
    default:
      return { alignment: 1, size: 1 };
  }
}

/** Words between the elements of an array. */
export function strideOf(type: ArrayType): number {
  const { alignment, size } = layoutOf(type.element);
  return roundUp(size, alignment);
}

/** Words before a member of a struct. */
export function memberOffset(type: StructType, index: number): number {
  let offset = 0;
  for (let i = 0; i <= index; i++) {
    const { alignment, size } = layoutOf(type.members[i].type);
    offset = roundUp(offset, alignment);
    if (i < index) offset += size;
  }
  return offset;
}
