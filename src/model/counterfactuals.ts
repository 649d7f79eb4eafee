// What a model's declaration says of runs that did not take place: which of its mechanisms can be switched off, and how, and which weights pull at which alignments.
import { GroundswellError, suggest } from '../errors.ts';
import type { Model } from './model.ts';
import { paramValue } from './params.ts';

/** Between what couplings are looked for: the matrix has a row per alignment and a column per weight. */
export interface Interference {
  /** Measures of the model that have one column, by label. */
  readonly alignments: Readonly<Record<string, string>>;
  /** Parameters that are numbers (no integers, no choices), by label. */
  readonly weights: Readonly<Record<string, string>>;
}

/** A mechanism that can be switched off. */
export interface Mechanism {
  /** What it does, in a few words. */
  readonly about: string;
  /** The values of parameters at which it does nothing: numbers, or options of choices. */
  readonly off: Readonly<Record<string, number | string>>;
  /** True: agents without it are inert in this respect, so that a whole group can be made so. Its parameters may then vary by agent. */
  readonly perGroup?: boolean;
}

/** Throws a `GroundswellError` for declarations that speak of what the model does not have. */
export function checkCounterfactuals(model: Model, where: string): void {
  if (model.interference) checkInterference(model, model.interference, `${where}, interference`);
  for (const [name, mechanism] of Object.entries(model.mechanisms ?? {})) {
    checkMechanism(model, mechanism, `${where}, mechanism ${name}`);
  }
}

function checkInterference(model: Model, { alignments, weights }: Interference, where: string): void {
  const single = Object.keys(model.measures).filter(name => model.measures[name].kind !== 'histogram' && !model.measures[name].by); // biome-ignore format: one thought
  for (const measure of Object.values(alignments)) {
    if (single.includes(measure)) continue;
    throw new GroundswellError({ what: `no such measure with one column: "${measure}"`, where, hint: suggest(measure, single) }); // biome-ignore format: one thought
  }
  const numbers = Object.keys(model.params).filter(name => ['probability', 'number'].includes(model.params[name].kind));
  for (const weight of Object.values(weights)) {
    if (numbers.includes(weight)) continue;
    throw new GroundswellError({ what: `no such parameter that is a number: "${weight}"`, where, hint: suggest(weight, numbers) }); // biome-ignore format: one thought
  }
  if (Object.keys(alignments).length > 0 && Object.keys(weights).length > 0) return;
  throw new GroundswellError({ what: 'an empty matrix', where, expected: 'at least one alignment and one weight' });
}

function checkMechanism(model: Model, { off, perGroup }: Mechanism, where: string): void {
  if (Object.keys(off).length === 0) {
    throw new GroundswellError({ what: 'nothing is switched off', where, expected: 'a value for at least one parameter' }); // biome-ignore format: one thought
  }
  for (const [name, value] of Object.entries(off)) {
    const param = Object.hasOwn(model.params, name) ? model.params[name] : undefined;
    if (!param || param.kind === 'table') {
      const known = Object.keys(model.params).filter(other => model.params[other].kind !== 'table');
      throw new GroundswellError({ what: `no such parameter: "${name}"`, where, hint: suggest(name, known) });
    }
    const number = paramValue(param, value, `${where}, ${name}`);
    if (number < param.min || number > param.max || (param.kind === 'integer' && !Number.isInteger(number))) {
      const expected = `${param.kind === 'integer' ? 'an integer' : 'a number'} from ${param.min} to ${param.max}`;
      throw new GroundswellError({ what: `bad value of "${name}"`, where, expected, got: `${value}` });
    }
    if (perGroup && param.shared) {
      const what = `"${name}" is the same for all agents, so that no group can be without it`;
      throw new GroundswellError({ what, where, hint: 'leave out perGroup' });
    }
  }
}
