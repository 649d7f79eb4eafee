// What values are for: a parameter, a field, or the entries of a table; its range, and how a value becomes a word.
import { GroundswellError, suggest } from '../errors.ts';
import { encodeParam, encodeValue, type Field, type Param, type Table } from '../model/index.ts';

export interface Target {
  name: string;
  /** What its draws are keyed by, with the seed and the replica. */
  purpose: string;
  /** Whether its values are integers. */
  whole: boolean;
  labels: readonly string[];
  /** A logical value or label as a word. Throws with `where` if it is none. */
  encode(value: number | string, where: string | undefined): number;
}

export function paramTarget(name: string, param: Param): Target {
  return numbers(name, `param:${name}`, param.kind, param);
}

export function tableTarget(name: string, table: Table): Target {
  return numbers(name, `param:${name}`, table.of, table);
}

function numbers(
  name: string,
  purpose: string,
  kind: Param['kind'],
  { min, max }: { min: number; max: number },
): Target {
  const whole = kind === 'integer';
  return {
    name,
    purpose,
    whole,
    labels: [],
    encode(value, where) {
      const number = numberOf(value);
      if (number >= min && number <= max && (!whole || Number.isInteger(number)))
        return encodeParam({ kind }, number) >>> 0;
      throw refused(name, value, where, `${whole ? 'an integer' : 'a number'} from ${min} to ${max}`);
    },
  };
}

export function fieldTarget(name: string, field: Field): Target {
  const { labels = [], min, max, kind } = field;
  return {
    name,
    purpose: `init:${name}`,
    whole: kind !== 'fixed',
    labels,
    encode(value, where) {
      const number = labels.includes(String(value)) ? labels.indexOf(String(value)) : numberOf(value);
      if (number >= min && number <= max && (kind === 'fixed' || Number.isInteger(number))) {
        return encodeValue(field, number, name) >>> 0;
      }
      if (labels.length === 0)
        throw refused(name, value, where, `${kind === 'fixed' ? 'a number' : 'an integer'} from ${min} to ${max}`);
      throw refused(name, value, where, `one of ${labels.join(', ')}`, suggest(String(value), labels));
    },
  };
}

/** `Number` takes blanks for 0. */
function numberOf(value: number | string): number {
  return typeof value === 'number' ? value : value.trim() === '' ? Number.NaN : Number(value);
}

function refused(
  name: string,
  value: number | string,
  where: string | undefined,
  expected: string,
  hint?: string,
): GroundswellError {
  const number = Number.isFinite(numberOf(value));
  const what = hint || !number ? `no value of ${name}` : `${name} out of range`;
  return new GroundswellError({
    what,
    where,
    expected,
    got: typeof value === 'string' ? `"${value}"` : String(value),
    hint,
  });
}
