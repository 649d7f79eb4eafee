// Prints scalars and structured code as JavaScript. Integers, u32 too, are int32 numbers; bool is boolean; f32 is rounded.
import type { Code } from '../code.ts';
import { type Local, type Memory, operandType, type Scalar, type Value } from '../scalar.ts';
import type { ScalarName } from '../types.ts';

/** The typed array through which JavaScript sees memory: integers and bool, or f32. */
const viewName = ({ name }: Memory, type: ScalarName): string => `${name}$${type === 'f32' ? 'f' : 'i'}`;

function emitScalar(scalar: Scalar): string {
  switch (scalar.kind) {
    case 'constant':
      return emitConstant(scalar.value, scalar.type.name);
    case 'local':
      return scalar.local.name;
    case 'apply':
      return scalar.operation.emit(scalar.args.map(emitScalar), operandType(scalar.args), scalar.type.name);
    case 'length':
      return `${scalar.memory.name}$length${scalar.stride}`;
    case 'load':
      return emitLoad(scalar.memory, emitScalar(scalar.index), scalar.type.name);
  }
}

/** Out of bounds, a binding reads as zero: `undefined | 0`. Other memory is indexed within bounds. */
function emitLoad(memory: Memory, index: string, type: ScalarName): string {
  const view = viewName(memory, type);
  if (type === 'bool') return `(${view}[${index}] !== 0)`;
  if (memory.kind === 'local' || memory.kind === 'table') return `${view}[${index}]`;
  if (type !== 'f32') return `(${view}[${index}] | 0)`;
  return `((${index}) >>> 0 < ${view}.length ? ${view}[${index}] : 0)`;
}

function emitConstant(value: Value, type: ScalarName): string {
  if (type === 'bool') return String(value);
  if (type !== 'f32') return String(Number(value) | 0);
  const text = Object.is(value, -0) ? '-0' : String(value);
  return text.startsWith('-') ? `(${text})` : text;
}

export function emitCode(list: readonly Code[], indent: string): string {
  return list.map(code => `${indent}${emitOne(code, indent)}\n`).join('');
}

const braces = (list: readonly Code[], indent: string): string => `{\n${emitCode(list, `${indent}  `)}${indent}}`;

function emitOne(code: Code, indent: string): string {
  switch (code.kind) {
    case 'set':
      return `${code.local.name} = ${emitScalar(code.value)};`;
    case 'store': {
      const { memory, index, value } = code;
      const text = value.type.name === 'bool' ? `(${emitScalar(value)} ? 1 : 0)` : emitScalar(value);
      return `${viewName(memory, value.type.name)}[${emitScalar(index)}] = ${text};`;
    }
    case 'update': {
      const { memory, old, stored } = code;
      const index = emitScalar(code.index);
      const text = `${viewName(memory, stored.type.name)}[${index}] = ${emitScalar(stored)};`;
      return `${old.name} = ${emitLoad(memory, index, old.type.name)}; ${text}`;
    }
    case 'clear':
      return `${code.memory.name}$i.fill(0);`;
    case 'if': {
      if (code.accept.length === 0) return `if (!${emitScalar(code.condition)}) ${braces(code.reject, indent)}`;
      const accept = `if (${emitScalar(code.condition)}) ${braces(code.accept, indent)}`;
      return code.reject.length === 0 ? accept : `${accept} else ${braces(code.reject, indent)}`;
    }
    case 'block':
      return `${code.label}: ${braces(code.body, indent)}`;
    case 'loop':
      return `${code.label}: for (;;) ${braces(code.body, indent)}`;
    case 'switch': {
      const cases = code.cases.map(({ selectors, isDefault, body }) => {
        const heads = [...selectors.map(selector => `case ${selector | 0}:`), ...(isDefault ? ['default:'] : [])];
        const inner = `${indent}    `;
        return `${indent}  ${heads.join(' ')}\n${emitCode(body, inner)}${inner}break;\n`;
      });
      return `${code.label}: switch (${emitScalar(code.selector)}) {\n${cases.join('')}${indent}}`;
    }
    case 'break':
    case 'continue':
      return `${code.kind} ${code.label};`;
    case 'call': {
      const { routine, args, results } = code;
      const call = `${routine.name}(${args.map(emitScalar).join(', ')})`;
      if (routine.results.length === 1) return `${results[0].name} = ${call};`;
      return `${call};${results.map((local, i) => ` ${local.name} = ${routine.results[i].name};`).join('')}`;
    }
  }
}

const zero = ({ type }: Local): string => (type.name === 'bool' ? 'false' : '0');

/** A declaration of locals with zeros of their types, which keeps V8's representation of them fixed. */
export function emitLocals(locals: Iterable<Local>, indent: string): string {
  const declared = [...locals].map(local => `${local.name} = ${zero(local)}`);
  return declared.length === 0 ? '' : `${indent}var ${declared.join(', ')};\n`;
}
