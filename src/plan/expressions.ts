// WGSL spelled from declarations: literals and reads of a field. No text of a kernel beyond single expressions.
import { type Among, encodeValue, type Field, isSigned, type Model } from '../model/index.ts';

/** The WGSL type of a field's values. */
export function fieldType(field: Field): 'i32' | 'u32' {
  return isSigned(field) ? 'i32' : 'u32';
}

/** An integer as a WGSL literal of the field's type. */
export function literal(field: Field, value: number): string {
  if (!isSigned(field)) return `${value}u`;
  return value === -(2 ** 31) ? 'i32(0x80000000u)' : `i32(${value})`;
}

/** The field's value at an agent as a u32 that counts from the lower end of its range. */
export function offsetValue(name: string, field: Field, agent = 'me'): string {
  const value = `${name}(${agent})`;
  if (isSigned(field)) return `u32(${value} - ${literal(field, field.low)})`;
  return field.low === 0 ? value : `(${value} - ${field.low}u)`;
}

/** The condition of `among`, or undefined when it holds for everyone. */
export function condition(model: Model, among: Among | undefined, where: string): string | undefined {
  if (!among) return undefined;
  const field = model.fields[among.field];
  return `${among.field}(me) == ${literal(field, encodeValue(field, among.is, `${where}.among.is`))}`;
}
