// A weight of a spec moved by a step: its neighbours for a difference quotient. What is written as several values is moved as a whole.
import { GroundswellError } from '../errors.ts';
import { decodeParam, encodeParam, type Param } from '../model/index.ts';
import type { Spec } from '../spec/index.ts';
import { isMapping } from '../spec/set.ts';

/** The spec with the parameter moved by a signed step, at every point. Throws for a parameter that varies by agent. */
export function shifted(source: unknown, spec: Spec, name: string, by: number): unknown {
  const written = (source as { params?: Record<string, unknown> }).params ?? {};
  const moved = shiftValue(Object.hasOwn(written, name) ? written[name] : commonValue(spec, name), name, by);
  return { ...(source as object), params: { ...written, [name]: moved } };
}

/** By how much a parameter really moves between two values: they are rounded to its encoding. */
export function spanOf(param: Param, low: number, high: number): number {
  const kept = (value: number): number => decodeParam(param, encodeParam(param, value));
  return kept(high) - kept(low);
}

function shiftValue(written: unknown, name: string, by: number): unknown {
  if (typeof written === 'number') return add(written, by);
  if (Array.isArray(written)) return written.map(item => shiftValue(item, name, by));
  if (
    isMapping(written) &&
    typeof written.from === 'number' &&
    typeof written.to === 'number' &&
    written.scale !== 'log'
  ) {
    return { ...written, from: add(written.from, by), to: add(written.to, by) };
  }
  throw new GroundswellError({
    what: 'a weight of the interference matrix has to be one number',
    where: `params.${name}`,
    got: JSON.stringify(written),
    hint: 'write a number, a list of numbers, or a linear range',
  });
}

/** What the spec does not write: the default, or the value of a preset. */
function commonValue(spec: Spec, name: string): number {
  const values = new Set(spec.points.map(({ params }) => params[name]));
  if (values.size === 1) return [...values][0];
  const got = [...values].join(', ');
  throw new GroundswellError({
    what: 'presets give several values',
    where: `params.${name}`,
    got,
    hint: 'write one value',
  });
}

/** Decimal digits as a reader would write them: 0.1 + 0.2 is 0.3. */
function add(value: number, by: number): number {
  return Number((value + by).toPrecision(12));
}
