// Options that commands share, and how their values are read.
import { type Command, InvalidArgumentError, Option } from 'commander';
import { ENGINE_NAMES, type EngineName } from '../index.ts';

/** Where models and input files come from. */
export interface SourceOptions {
  data?: string;
  model?: string;
}

/** What may be changed in a spec. */
export interface SpecOptions extends SourceOptions {
  set: string[];
  seed?: string | number;
}

/** What `--checked` does. */
export const CHECKED =
  'stop where a rule divides by zero, leaves the bounds of an array or the range of a field; slower';

export interface EngineOptions {
  engine: EngineName;
  threads?: number;
}

export function withSourceOptions(command: Command): Command {
  return command
    .option('--data <dir>', 'where input files are looked for, after the folder of the spec (or GROUNDSWELL_DATA)')
    .option('--model <file.js>', 'a module that exports models of your own');
}

export function withSetOption(command: Command): Command {
  return command.option(
    '--set <path=value>',
    'change a part of the spec, such as params.noise=0.2; repeatable',
    collect,
    [],
  );
}

export function withEngineOptions(command: Command): Command {
  return command
    .addOption(new Option('--engine <name>', 'what to compute on').choices(ENGINE_NAMES).default('auto'))
    .option('--threads <n>', 'threads of the CPU engine (default: one per core)', integerFrom(1));
}

/** An option value that is an integer from `min`. */
export function integerFrom(min: number, max = Number.MAX_SAFE_INTEGER): (text: string) => number {
  return text => {
    const value = Number(text);
    if (Number.isInteger(value) && value >= min && value <= max && text.trim() !== '') return value;
    throw new InvalidArgumentError(
      max < Number.MAX_SAFE_INTEGER ? `Expected an integer from ${min} to ${max}.` : `Expected an integer from ${min}.`,
    );
  };
}

/** An option value that is a finite number above `min`. */
export function numberAbove(min: number): (text: string) => number {
  return text => {
    const value = Number(text);
    if (Number.isFinite(value) && value > min && text.trim() !== '') return value;
    throw new InvalidArgumentError(`Expected a number above ${min}.`);
  };
}

/** A size of workgroups: a power of two from 32 to 256. */
export function workgroupSize(text: string): number {
  const sizes = [32, 64, 128, 256];
  if (sizes.includes(Number(text))) return Number(text);
  throw new InvalidArgumentError(`Expected one of ${sizes.join(', ')}.`);
}

/** A seed as YAML would read it: digits are a number. */
export function seed(text: string): string | number {
  return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text;
}

export function collect(value: string, previous: string[]): string[] {
  return [...previous, value];
}
