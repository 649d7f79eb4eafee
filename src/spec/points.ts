// Parameters and initial shares: their schemas, and the grid of points that they span.
import { z } from 'zod';
import { type Field, type Model, type Param, paramLabel, paramValue } from '../model/index.ts';
import { type Axis, axisForms, axisSchema, axisValues } from './axes.ts';
import { COUNT_MAX, either, integerFrom, listOf, mapping, named, numberFrom, oneOf, shareOf } from './leaves.ts';
import type { Path } from './origin.ts';
import { type Fail, hasShares, padShares, readShares } from './shares.ts';
import type { Point } from './spec.ts';

/** Worlds of one run: points times replicas. */
export const MAX_WORLDS = 2 ** 20;

type WrittenShares = Record<string, number | 'rest'>;
/** Parameters and initial shares as written. */
export interface WrittenPoints {
  params: Record<string, Axis | string | string[] | undefined>;
  init: Record<string, Axis | WrittenShares | undefined>;
}

/** The schema of `params`. */
export function paramsSchema(model: Model) {
  const shape: Record<string, z.ZodType<Axis | string | string[] | undefined>> = {};
  const presets = Object.keys(model.presets ?? {});
  if (presets.length > 0) {
    const about = presets.map(name => `${name}: ${model.presets?.[name].about}`).join(' ');
    shape.preset = either('a preset, a list of presets, or all', [
      oneOf('preset', [...presets, 'all']),
      listOf(oneOf('preset', presets), 'a list of at least one preset'),
    ])
      .optional()
      .describe(`A named set of parameter values, which parameters written here override. ${about}`);
  }
  for (const [name, param] of Object.entries(model.params)) {
    const start = paramLabel(param, param.default);
    shape[name] = paramSchema(name, param).optional().describe(`${param.about} Default ${start}.`);
  }
  return mapping('parameter', shape);
}

function paramSchema(name: string, { kind, min, max, options }: Param): z.ZodType<Axis | string | string[]> {
  if (options) {
    return either(`one of ${options.join(', ')}, or a list of them`, [
      oneOf(name, options),
      listOf(oneOf(name, options), 'a list of at least one option'),
    ]);
  }
  if (kind !== 'integer') return axisSchema(() => numberFrom(min, max), `a number from ${min} to ${max}`);
  const range = max === COUNT_MAX ? `of at least ${min}` : `from ${min} to ${max}`;
  return axisSchema(() => integerFrom(min, max), `an integer ${range}`);
}

/** The schema of `init`. */
export function initSchema(model: Model) {
  const fields = Object.entries(model.fields).filter(([, field]) => hasShares(field));
  return mapping(
    'field',
    Object.fromEntries(
      fields.map(([name, field]) => [
        name,
        fieldSchema(field)
          .optional()
          .describe(field.about ?? `Initial shares of ${name}.`),
      ]),
    ),
  );
}

function fieldSchema(field: Field): z.ZodType<Axis | WrittenShares> {
  const share = either('a share from 0 to 1, or rest', [shareOf(), z.literal('rest')]);
  if (field.labels) return named(share, 'label', /^/, `one of ${field.labels.join(', ')}`);
  const shares = named(share, 'value', /^\d+$/, `a value from ${field.low} to ${field.high}`);
  if (field.kind !== 'bit') return shares;
  return either('a share from 0 to 1 of value 1, a list of shares, or a mapping from value to share', [
    ...axisForms(shareOf),
    shares,
  ]);
}

interface Dimension {
  path: string;
  values: readonly { label: number | string; apply: (point: Draft) => void }[];
}

interface Draft {
  preset?: string;
  explicit: Record<string, number>;
  init: Record<string, readonly number[]>;
}

/** The grid: every combination of what is written as several values, in the order written, the last varying fastest. */
export function expandPoints(
  model: Model,
  written: WrittenPoints,
  order: readonly string[],
  replicas: number,
  fail: Fail,
): Point[] {
  const dimensions = order.flatMap(section => {
    if (section === 'params') return paramDimensions(model, written.params, fail);
    return section === 'init' ? initDimensions(model, written.init, fail) : [];
  });
  const count = dimensions.reduce((product, { values }) => product * values.length, 1);
  if (count * replicas > MAX_WORLDS) {
    const path =
      count > 1
        ? dimensions
            .filter(({ values }) => values.length > 1)
            .at(-1)!
            .path.split('.')
        : ['replicas'];
    const got = `${count} points × ${replicas} replicas`;
    fail(path, { what: 'too many worlds', expected: `points × replicas of at most ${MAX_WORLDS}`, got });
  }
  return Array.from({ length: count }, (_, index) => pointAt(model, dimensions, index));
}

function pointAt(model: Model, dimensions: readonly Dimension[], index: number): Point {
  const draft: Draft = { explicit: {}, init: defaultInit(model) };
  const varied: [string, number | string][] = [];
  let remainder = index;
  for (const { path, values } of dimensions.toReversed()) {
    const { label, apply } = values[remainder % values.length];
    remainder = Math.floor(remainder / values.length);
    apply(draft);
    if (values.length > 1) varied.unshift([path, label]);
  }
  const defaults = Object.entries(model.params).map(([name, param]) => [name, param.default] as const);
  const preset = Object.entries(model.presets?.[draft.preset ?? '']?.params ?? {}).map(
    ([name, value]) => [name, paramValue(model.params[name], value, `preset ${draft.preset}`)] as const,
  );
  return {
    ...(draft.preset !== undefined && { preset: draft.preset }),
    params: { ...Object.fromEntries([...defaults, ...preset]), ...draft.explicit },
    init: draft.init,
    varied: Object.fromEntries(varied),
  };
}

function defaultInit(model: Model): Record<string, readonly number[]> {
  return Object.fromEntries(
    Object.entries(model.init).map(([name, shares]) => [name, startOf(model.fields[name], shares)]),
  );
}

/** A field with many values keeps the shorter list. */
function startOf(field: Field, shares: readonly number[]): readonly number[] {
  return hasShares(field) ? padShares(field, shares) : shares;
}

function paramDimensions(model: Model, params: WrittenPoints['params'], fail: Fail): Dimension[] {
  return Object.entries(params).map(([name, axis]) => {
    const path: Path = ['params', name];
    if (name === 'preset' && !Object.hasOwn(model.params, name))
      return presetDimension(model, axis as string | string[], path, fail);
    const param = model.params[name];
    const values = param.options
      ? different([axis as string | string[]].flat(), 'options', path, fail).map(word => paramValue(param, word, name))
      : axisValues(axis as Axis, param.kind === 'integer', path, fail);
    return {
      path: path.join('.'),
      values: values.map(value => ({ label: paramLabel(param, value), apply: ({ explicit }) => { explicit[name] = value; } })), // biome-ignore format: one thought
    };
  });
}

function presetDimension(model: Model, written: string | string[], path: Path, fail: Fail): Dimension {
  const names =
    written === 'all' ? Object.keys(model.presets ?? {}) : different([written].flat(), 'presets', path, fail);
  return {
    path: path.join('.'),
    values: names.map(name => ({ label: name, apply: draft => { draft.preset = name; } })), // biome-ignore format: one thought
  };
}

/** Words of a list, none of them twice. */
function different(words: string[], nouns: string, path: Path, fail: Fail): string[] {
  const twice = words.findIndex((word, i) => words.indexOf(word) !== i);
  if (twice >= 0) fail([...path, twice], { what: `${words[twice]} comes twice`, expected: `different ${nouns}` });
  return words;
}

function initDimensions(model: Model, init: WrittenPoints['init'], fail: Fail): Dimension[] {
  return Object.entries(init).map(([name, written]) => {
    const path: Path = ['init', name];
    return {
      path: path.join('.'),
      values: initValues(model.fields[name], written!, path, fail).map(([label, shares]) => ({
        label,
        apply: draft => {
          draft.init[name] = shares;
        },
      })),
    };
  });
}

function initValues(
  field: Field,
  written: Axis | WrittenShares,
  path: Path,
  fail: Fail,
): [number | string, number[]][] {
  const axis = typeof written === 'number' || Array.isArray(written) || Object.hasOwn(written, 'from');
  if (!axis) return [['shares', readShares(field, written as WrittenShares, path, fail)]];
  return axisValues(written as Axis, false, path, fail).map(share => [share, [1 - share, share]]);
}
