// WGSL spelled from declarations: literals and reads of a field. No text of a kernel beyond single expressions.
import { type Field, isSigned } from '../model/index.ts';

/** The WGSL type of a field's values. */
export function fieldType(field: Field): 'i32' | 'u32' {
  return isSigned(field) ? 'i32' : 'u32';
}

/** An integer as a WGSL literal of the field's type. */
export function literal(field: Field, value: number): string {
  if (!isSigned(field)) return `${value}u`;
  return value === -(2 ** 31) ? 'i32(0x80000000u)' : `i32(${value})`;
}

/** A value of the field, as a WGSL expression, as a u32 that counts from the lower end of its range. */
export function offsetValue(value: string, field: Field): string {
  if (isSigned(field)) return `u32(${value} - ${literal(field, field.low)})`;
  return field.low === 0 ? value : `(${value} - ${field.low}u)`;
}
