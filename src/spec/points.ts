// Parameters and initial values: the grid of points that they span. Their schemas are in params-schema.ts and init-schema.ts.
import { type Field, type Model, type Param, paramValue, scalarParams } from '../model/index.ts';
import { type Axis, axisValues } from './axes.ts';
import type { Path } from './origin.ts';
import { type Fail, hasShares, padShares } from './shares.ts';
import {
  fieldTarget,
  paramTarget,
  type Reading,
  readElements,
  readSource,
  readTable,
  type ValueTarget,
} from './sources.ts';
import type { FieldSource, Point, Source, TableSource } from './spec.ts';

/** Worlds of one run: points times replicas. */
export const MAX_WORLDS = 2 ** 20;

/** One form of values per agent, or of a table. */
type Form = object;
/** Parameters and initial values as written. */
export interface WrittenPoints {
  params: Record<string, number | Form | (number | Form)[] | string | string[] | undefined>;
  init: Record<string, number | Form | (number | Form)[] | undefined>;
}

interface Dimension {
  path: string;
  values: readonly { label: number | string; apply: (point: Draft) => void }[];
}

interface Draft {
  preset?: string;
  explicit: Record<string, number>;
  agentParams: Record<string, Source>;
  tables: Record<string, TableSource>;
  init: Record<string, readonly number[]>;
  starts: Record<string, FieldSource>;
}

/** The grid: every combination of what is written as several values, in the order written, the last varying fastest. */
export function expandPoints(
  model: Model,
  written: WrittenPoints,
  order: readonly string[],
  replicas: number,
  reading: Reading,
): Point[] {
  const { fail } = reading;
  const dimensions = order.flatMap(section => {
    if (section === 'params') return paramDimensions(model, written.params, reading);
    return section === 'init' ? initDimensions(model, written.init, reading) : [];
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
  const starts = defaultStarts(model);
  return Array.from({ length: count }, (_, index) => pointAt(model, starts, dimensions, index));
}

function pointAt(model: Model, given: Point['starts'], dimensions: readonly Dimension[], index: number): Point {
  const draft: Draft = { explicit: {}, agentParams: {}, tables: {}, init: defaultInit(model), starts: { ...given } };
  const varied: [string, number | string][] = [];
  let remainder = index;
  for (const { path, values } of dimensions.toReversed()) {
    const { label, apply } = values[remainder % values.length];
    remainder = Math.floor(remainder / values.length);
    apply(draft);
    if (values.length > 1) varied.unshift([path, label]);
  }
  const { preset, explicit, agentParams, init, starts } = draft;
  const defaults = scalarParams(model.params).map(([name, param]) => [name, param.default] as const);
  const varying = Object.keys(agentParams).map(name => [name, Number.NaN] as const);
  const own = presetValues(model, preset);
  const tables = { ...own.tables, ...draft.tables };
  return {
    ...(preset !== undefined && { preset }),
    params: { ...Object.fromEntries(defaults), ...own.params, ...explicit, ...Object.fromEntries(varying) },
    ...(varying.length > 0 && { agentParams }),
    ...(Object.keys(tables).length > 0 && { tables }),
    init,
    ...(Object.keys(starts).length > 0 && { starts }),
    varied: Object.fromEntries(varied),
  };
}

/** What a preset sets: numbers, and tables as lists. */
function presetValues(model: Model, preset: string | undefined) {
  const params: Record<string, number> = {};
  const tables: Record<string, TableSource> = {};
  for (const [name, value] of Object.entries(preset === undefined ? {} : (model.presets?.[preset].params ?? {}))) {
    const param = model.params[name];
    if (typeof value === 'object')
      tables[name] = { kind: 'values', values: value, where: `params.${name} of preset ${preset}`, label: preset! };
    else if (param.kind !== 'table') params[name] = paramValue(param, value, `preset ${preset}`);
  }
  return { params, tables };
}

function defaultInit(model: Model): Record<string, readonly number[]> {
  return Object.fromEntries(
    Object.entries(model.init).flatMap(([name, values]) =>
      values === 'uniform' ? [] : [[name, startOf(model.fields[name], values)]],
    ),
  );
}

/** The sources of fields that start otherwise than with shares: one for all points. */
function defaultStarts(model: Model): NonNullable<Point['starts']> {
  const drawn = Object.keys(model.init).filter(name => model.init[name] === 'uniform');
  return Object.fromEntries(
    drawn.map((name): [string, Source] => {
      const { min, max } = model.fields[name];
      const where = `init of model ${model.name}`;
      return [
        name,
        { kind: 'distribution', name: 'uniform', of: { min, max }, min, max, where, label: `uniform(${min}, ${max})` },
      ];
    }),
  );
}

/** A field with many values keeps the shorter list. */
function startOf(field: Field, shares: readonly number[]): readonly number[] {
  return hasShares(field) ? padShares(field, shares) : shares;
}

function paramDimensions(model: Model, params: WrittenPoints['params'], reading: Reading): Dimension[] {
  return Object.entries(params).map(([name, written]) => {
    const path: Path = ['params', name];
    const param = model.params[name];
    if (name === 'preset' && !param) return presetDimension(model, written as string | string[], path, reading.fail);
    return { path: path.join('.'), values: param.kind === 'table' ? tableValues() : paramValues(param) };

    function paramValues(param: Param): Dimension['values'] {
      if (param.options) {
        const words = different([written as string | string[]].flat(), 'options', path, reading.fail);
        return words.map(word => ({ label: word, apply: ({ explicit }) => { explicit[name] = paramValue(param, word, name); } })); // biome-ignore format: one thought
      }
      if (isAxis(written)) {
        const values = axisValues(written, param.kind === 'integer', path, reading.fail);
        return values.map(value => ({ label: value, apply: ({ explicit }) => { explicit[name] = value; } })); // biome-ignore format: one thought
      }
      return sourceValues(paramTarget(param), written as Form, path, reading, readSource).map(([label, source]) => ({
        label,
        apply: ({ explicit, agentParams }) => {
          if (source.kind === 'value') explicit[name] = source.value;
          else agentParams[name] = source;
        },
      }));
    }

    function tableValues(): Dimension['values'] {
      const forms = [written as Form | Form[]].flat();
      const sources = forms.map((form, i) =>
        readTable(form, Array.isArray(written) ? [...path, i] : path, i + 1, reading),
      );
      const labels = tableLabels(sources);
      return sources.map((source, i) => ({ label: labels[i], apply: ({ tables }) => { tables[name] = source; } })); // biome-ignore format: one thought
    }
  });
}

/** Different columns of one file are told apart by the columns. */
function tableLabels(sources: readonly TableSource[]): string[] {
  const files = sources.map(source => (source.kind === 'file' ? source.file : undefined));
  const columns = sources.map(source => (source.kind === 'file' ? String(source.column) : ''));
  const one = files[0] !== undefined && files.every(file => file === files[0]);
  return one && new Set(columns).size === columns.length ? columns : sources.map(({ label }) => label);
}

/** A number, numbers or a range, without values per agent. */
function isAxis(written: unknown): written is Axis {
  if (Array.isArray(written)) return written.every(item => typeof item === 'number');
  return typeof written === 'number' || (typeof written === 'object' && Object.hasOwn(written!, 'from'));
}

/** One source, or a list of them, which differ. */
function sourceValues<Of extends FieldSource>(
  target: ValueTarget,
  written: Form | (number | Form)[],
  path: Path,
  reading: Reading,
  read: (target: ValueTarget, form: unknown, path: Path, reading: Reading) => Of,
): [label: number | string, Of][] {
  const labelled = (form: number | Form, at: Path): [number | string, Of] => {
    const source = read(target, form, at, reading);
    return [typeof form === 'number' ? form : source.label, source];
  };
  if (!Array.isArray(written)) return [labelled(written, path)];
  const sources = written.map((form, i) => labelled(form, [...path, i]));
  const labels = sources.map(([label]) => label);
  const twice = labels.findIndex((label, i) => labels.indexOf(label) !== i);
  if (twice >= 0)
    reading.fail([...path, twice], { what: `${labels[twice]} comes twice`, expected: 'different values' });
  return sources;
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

function initDimensions(model: Model, init: WrittenPoints['init'], reading: Reading): Dimension[] {
  return Object.entries(init).map(([name, written]) => {
    const path: Path = ['init', name];
    return {
      path: path.join('.'),
      values: initValues(model.fields[name], written!, path, reading).map(([label, source]) => ({
        label,
        apply: ({ init, starts }) => {
          if (source.kind === 'shares') {
            init[name] = source.shares;
            delete starts[name];
          } else {
            starts[name] = source;
          }
        },
      })),
    };
  });
}

function initValues(
  field: Field,
  written: NonNullable<WrittenPoints['init'][string]>,
  path: Path,
  reading: Reading,
): [label: number | string, FieldSource | Pick<Source & { kind: 'shares' }, 'kind' | 'shares'>][] {
  if (field.kind === 'bit' && field.length === undefined && isAxis(written)) {
    const values = axisValues(written, false, path, reading.fail);
    return values.map(share => [share, { kind: 'shares', shares: [1 - share, share] }]);
  }
  const read: (...of: Parameters<typeof readSource>) => FieldSource =
    field.length === undefined ? readSource : readElements;
  return sourceValues(fieldTarget(field), written as Form | (number | Form)[], path, reading, read);
}
