// What groups say of the parameters and the start of their agents, laid over what the spec says of everybody.
import { decodeValue, type Field, type Model, type Param, startWord } from '../model/index.ts';
import type { WrittenGroup } from './groups.ts';
import type { Path } from './origin.ts';
import { fieldTarget, paramTarget, type Reading, readElements, readSource } from './sources.ts';
import type { ElementSources, FieldSource, Part, Point, Source } from './spec.ts';

/** By name of the parameter or field: the groups with values of their own. */
interface Overlays {
  params: ReadonlyMap<string, readonly Part<Source>[]>;
  init: ReadonlyMap<string, readonly Part<FieldSource>[]>;
}

/** The points with the groups' own values. Points with equal values for the others share their sources. */
export function withOverlays(
  model: Model,
  written: Readonly<Record<string, WrittenGroup>> | undefined,
  points: readonly Point[],
  reading: Reading,
): Point[] {
  const { params, init } = readOverlays(model, written, reading);
  if (params.size + init.size === 0) return [...points];
  const shared = new Map<string, Map<unknown, FieldSource>>();
  /** The source made from this base before, or a new one. */
  const once = <Of extends FieldSource>(path: string, base: unknown, make: () => Of): Of => {
    const made = shared.get(path) ?? new Map<unknown, FieldSource>();
    shared.set(path, made);
    const source = (made.get(base) as Of | undefined) ?? make();
    made.set(base, source);
    return source;
  };
  const base = new Bases(model, reading);
  return points.map(point => {
    const agentParams = { ...point.agentParams };
    for (const [name, parts] of params) {
      const key = point.agentParams?.[name] ?? point.params[name];
      agentParams[name] = once(`params.${name}`, key, () => laidOver(base.ofParam(point, name), parts, reading));
    }
    const starts = { ...point.starts };
    for (const [name, parts] of init) {
      const key = point.starts?.[name] ?? String(point.init[name]);
      starts[name] = once(`init.${name}`, key, () => laidOverField(base.ofField(point, name), parts, reading));
    }
    const varying = Object.fromEntries([...params.keys()].map(name => [name, Number.NaN]));
    return {
      ...point,
      params: { ...point.params, ...varying },
      ...(Object.keys(agentParams).length > 0 && { agentParams }),
      ...(Object.keys(starts).length > 0 && { starts }),
    };
  });
}

function readOverlays(model: Model, written: Readonly<Record<string, WrittenGroup>> = {}, reading: Reading): Overlays {
  const params = new Map<string, Part<Source>[]>();
  const init = new Map<string, Part<FieldSource>[]>();
  const add = <Of>(to: Map<string, Part<Of>[]>, name: string, part: Part<Of>): void => {
    to.set(name, [...(to.get(name) ?? []), part]);
  };
  for (const [group, more] of Object.entries(written)) {
    if (typeof more === 'number') continue;
    const where = reading.place(['groups', group], 'key');
    for (const [name, form] of Object.entries(more.params ?? {})) {
      if (form === undefined) continue;
      const path: Path = ['groups', group, 'params', name];
      const source = readSource(paramTarget(model.params[name] as Param), form, path, reading);
      add(params, name, { name: group, where, source });
    }
    for (const [name, form] of Object.entries(more.init ?? {})) {
      if (form === undefined) continue;
      const field = model.fields[name];
      const read = field.length === undefined ? readSource : readElements;
      const source: FieldSource = read(fieldTarget(field), form, ['groups', group, 'init', name], reading);
      add(init, name, { name: group, where, source });
    }
  }
  return { params, init };
}

/** What holds for the agents of other groups. */
class Bases {
  readonly #model: Model;
  readonly #reading: Reading;

  constructor(model: Model, reading: Reading) {
    this.#model = model;
    this.#reading = reading;
  }

  ofParam(point: Point, name: string): Source {
    const value = point.params[name];
    return point.agentParams?.[name] ?? this.#same(value, ['params', name]);
  }

  ofField(point: Point, name: string): FieldSource {
    const field = this.#model.fields[name];
    const path: Path = ['init', name];
    const source = point.starts?.[name] ?? this.#plain(field, point.init[name], path);
    if (source.kind === 'elements' || field.length === undefined) return source;
    return { kind: 'elements', each: true, sources: [source], where: source.where, label: source.label };
  }

  #plain(field: Field, shares: readonly number[] | undefined, path: Path): Source {
    if (!shares) return this.#same(decodeValue(field, startWord(field)), path);
    return { kind: 'shares', shares, where: this.#reading.place(path), label: 'shares' };
  }

  #same(value: number, path: Path): Source {
    return { kind: 'value', value, where: this.#reading.place(path), label: String(value) };
  }
}

function laidOver(rest: Source, parts: readonly Part<Source>[], { place }: Reading): Source {
  return { kind: 'parts', by: 'group', parts, rest, where: place(['groups']), label: labelOf(rest, parts) };
}

function laidOverField(rest: FieldSource, parts: readonly Part<FieldSource>[], reading: Reading): FieldSource {
  if (rest.kind !== 'elements') return laidOver(rest, parts as Part<Source>[], reading);
  return { ...rest, groups: parts as Part<ElementSources>[], label: labelOf(rest, parts) };
}

function labelOf(rest: { label: string }, parts: readonly Part<{ label: string }>[]): string {
  return `${rest.label}, but ${parts.map(({ name, source }) => `${name} ${source.label}`).join(', ')}`;
}
