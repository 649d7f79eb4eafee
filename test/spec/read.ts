// How the tests of specs read one: the run, or the message of the error.
import { GroundswellError } from '../../src/errors.ts';
import { type ParseOptions, parseSpec, type Spec } from '../../src/spec/index.ts';
import { models } from './toy.ts';

/** Three lines with which a spec is complete: further keys start on line 4. */
export const BASE = 'model: toy\npopulation: 100\nsteps: 10\n';

/** The run of a text. */
export function read(text: string, options?: ParseOptions): Spec {
  return parseSpec({ text, file: 'spec.yaml' }, models, options).spec;
}

/** The run of an object that completes `{ model, population, steps }`. */
export function readObject(more: object, options?: ParseOptions): Spec {
  return parseSpec({ value: { model: 'toy', population: 100, steps: 10, ...more } }, models, options).spec;
}

/** The message of the error that it must be. */
export function messageOf(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    if (error instanceof GroundswellError && error.kind === 'input') return error.message;
    throw error;
  }
  throw new Error('no error was thrown');
}
