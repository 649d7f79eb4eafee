// The values of a trace as a modeller means them: fixed point as decimals, categories by their labels, agents by the names in their file.
import { decodeFixed, NUMBER_BITS, PROBABILITY_BITS } from '../fixed.ts';
import { decodeValue, type Field, isSigned, RELATIONS } from '../model/index.ts';
import { type Type, typeText } from '../wgsl/index.ts';
import type { Role } from './vocabulary.ts';

/** A value, and how people read it. */
export interface TracedValue {
  value: number | boolean | readonly number[];
  text: string;
}

/** What names agents, groups and roles. */
export interface ValueNames {
  /** Of the agents, in the input file. */
  ids?: readonly string[];
  groups: readonly { name: string }[];
  roles: readonly { name: string }[];
}

/** A field's encoded value. */
export function fieldValue(field: Field, word: number): TracedValue {
  const value = decodeValue(field, isSigned(field) ? word | 0 : word >>> 0);
  return { value, text: field.labels?.[value] ?? shownNumber(value) };
}

/** An agent's number, with its name. */
export function agentValue(agent: number, { ids }: ValueNames): TracedValue {
  const name = ids?.[agent];
  return { value: agent, text: name === undefined || name === `${agent}` ? `${agent}` : `${agent} "${name}"` };
}

/** Words of a WGSL type in a role. */
export function roleValue(
  words: readonly number[],
  type: Type,
  role: Role | undefined,
  names: ValueNames,
): TracedValue {
  const [word] = words;
  switch (role?.kind) {
    case 'agent':
      return agentValue(word, names);
    case 'value':
      return fieldValue(role.field, word);
    case 'sum':
      return number(decodeFixed(word | 0, role.field.fractionBits));
    case 'probability':
      return number(decodeFixed(word, PROBABILITY_BITS));
    case 'number':
      return number(decodeFixed(word | 0, NUMBER_BITS));
    case 'group':
      return { value: word, text: names.groups[word]?.name ?? `${word}` };
    case 'role':
      return { value: word, text: names.roles[word]?.name ?? `${word}` };
    case 'relation':
      return { value: word, text: RELATIONS[word] };
    default:
      return plainValue(words, type);
  }
}

function plainValue(words: readonly number[], type: Type): TracedValue {
  if (type.kind === 'vector') {
    const values = words.map(word => Number(plainValue([word], type.element).value));
    return { value: values, text: `(${values.join(', ')})` };
  }
  const [word] = words;
  switch (typeText(type)) {
    case 'bool':
      return { value: word !== 0, text: `${word !== 0}` };
    case 'i32':
      return number(word | 0);
    case 'f32':
      return number(new Float32Array(Uint32Array.of(word).buffer)[0]);
    default:
      return number(word >>> 0);
  }
}

const number = (value: number): TracedValue => ({ value, text: shownNumber(value) });

/** Integers in full, others to six digits. */
function shownNumber(value: number): string {
  return `${Number.isInteger(value) ? value : Number(value.toPrecision(6))}`;
}
