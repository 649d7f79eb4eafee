// The setup arena's rows: one per world, with everything in which worlds differ: graph, keys, parameters and initial counts.
import { encodeParam, type Model, scalarParams, tableParams } from '../model/index.ts';
import { streamKey, type Words } from '../random.ts';
import { initialBounds } from '../spec/shares.ts';
import type { FieldSource, Point } from '../spec/spec.ts';
import type { Values } from '../values/index.ts';

/** One world: a replica of a point. */
export interface WorldPlan {
  point: number;
  replica: number;
  /** Number of the draw stream; points share streams, so that differences between them are paired. */
  stream: number;
  /** Which of the graphs. */
  graph: number;
}

/** Word offsets within a world's row. */
export interface RowLayout {
  /** First word of the graph's row offsets (of a regular one, of its links), of its agents' groups, and of the sizes of its groups, within their blocks. */
  graph: number;
  groups: number;
  groupSizes: number;
  /** Added to the number of a link among all graphs: its place among the links of all replicas. */
  links: number;
  /** First word of the graph's classes within their block. */
  classes: number;
  keys: number;
  params: number;
  /** First threshold of a field's initial counts, by field. */
  init: Readonly<Record<string, number>>;
  /** Where the values of a parameter that varies by agent are: the first of them in the setup arena, and the words from one agent to the next. */
  agentParams: Readonly<Record<string, number>>;
  /** Likewise of a field that starts from values per agent; 0 and 0 in a world where it starts from shares. */
  starts: Readonly<Record<string, number>>;
  /** Where a table is: its first value in the setup arena, and the number of its last. */
  tables: Readonly<Record<string, number>>;
  /** Where the bits of the agents are that an intervention is aimed at, by its name, if it is not everybody. */
  targets: Readonly<Record<string, number>>;
  /** Where the values are that interventions write: first word and words from one agent to the next. */
  writes: ReadonlyMap<FieldSource, number>;
  words: number;
}

/** What interventions add to the rows. */
export interface RowAdditions {
  /** Parameters that differ between agents on the way. */
  divided: readonly string[];
  /** The bits of those whom an intervention is aimed at, by its name and by replica. */
  masks: Readonly<Record<string, readonly Uint32Array[]>>;
  /** Values that interventions write, and the field that they are for. */
  writes: ReadonlyMap<FieldSource, string>;
}

/** Rows have a multiple of so many words, for the same reason for which additions come last. */
const ROW_WORDS = 32;

export const NO_ADDITIONS: RowAdditions = { divided: [], masks: {}, writes: new Map() };

/** Worlds in the order of the results: point by point, replica by replica. */
export function worldsOf(points: number, replicas: number, graphs: number): WorldPlan[] {
  return Array.from({ length: points * replicas }, (_, index) => {
    const replica = index % replicas;
    return { point: Math.floor(index / replicas), replica, stream: replica, graph: replica % graphs };
  });
}

export function layOutRow(
  model: Model,
  purposes: readonly string[],
  initSizes: Readonly<Record<string, number>>,
  points: readonly Point[] = [],
  { divided, masks, writes: written }: RowAdditions = NO_ADDITIONS,
): RowLayout {
  const head = { graph: 0, groups: 1, groupSizes: 2, links: 3, classes: 4 } as const;
  const params = 5;
  let next = params + scalarParams(model.params).length;
  const init: Record<string, number> = {};
  for (const [field, size] of Object.entries(initSizes)) {
    init[field] = next;
    next += size;
  }
  const pairs = (names: readonly string[]): Record<string, number> => {
    const places = Object.fromEntries(names.map((name, k) => [name, next + 2 * k]));
    next += 2 * names.length;
    return places;
  };
  const used = (of: (point: Point) => object | undefined) =>
    new Set(points.flatMap(point => Object.keys(of(point) ?? {})));
  const [varying, started] = [used(point => point.agentParams), used(point => point.starts)];
  const agentParams = pairs(Object.keys(model.params).filter(name => varying.has(name) || divided.includes(name)));
  const starts = pairs(Object.keys(model.fields).filter(name => started.has(name)));
  const tables = pairs(tableParams(model.params).map(([name]) => name));
  // what interventions add comes last, so that runs with and without them share their kernels
  const keys = next;
  next += 2 * purposes.length;
  const targets = Object.fromEntries(Object.keys(masks).map((name, k) => [name, next + k]));
  next += Object.keys(targets).length;
  const writes = new Map([...written.keys()].map((source, k) => [source, next + 2 * k]));
  next += 2 * writes.size;
  const words = ROW_WORDS * Math.ceil(next / ROW_WORDS);
  return { ...head, keys, params, init, agentParams, starts, tables, targets, writes, words };
}

/** What rows are made of besides the points. */
interface RowContext {
  layout: RowLayout;
  purposes: readonly string[];
  seed: Words;
  population: number;
  /** Each graph has its own assignment of agents to groups; there are so many groups. */
  groupsPerGraph: boolean;
  groupCount: number;
  /** Words from the row offsets of one graph to those of the next; of a regular graph, from its first link. */
  graphWords: number;
  /** Links of each graph. */
  links: readonly number[];
  /** Words that a graph's classes take; 0 without classes. */
  classWords: number;
  values: Values;
  /** Elements of array fields. */
  elements: ReadonlyMap<string, number>;
  additions: RowAdditions;
  /** First word of an array of values, and of the rows themselves, in the setup arena. */
  placeOf(words: Uint32Array): number;
  rowsAt: number;
}

/** The rows of all worlds. */
export function worldRows(
  model: Model,
  worlds: readonly WorldPlan[],
  points: readonly Point[],
  context: RowContext,
): Uint32Array {
  const {
    layout,
    purposes,
    seed,
    population,
    groupsPerGraph,
    groupCount,
    graphWords,
    links,
    classWords,
    values,
    additions,
    placeOf,
  } = context;
  const rows = new Uint32Array(worlds.length * layout.words);
  const keysOfStream = new Map<number, Words[]>();
  const linkOffsets = linkOffsetsOf(worlds, links);
  worlds.forEach((world, index) => {
    const row = rows.subarray(index * layout.words, (index + 1) * layout.words);
    const point = points[world.point];
    row[layout.graph] = world.graph * graphWords;
    row[layout.groups] = groupsPerGraph ? world.graph * population : 0;
    row[layout.groupSizes] = groupsPerGraph ? world.graph * groupCount : 0;
    row[layout.links] = linkOffsets[world.replica];
    row[layout.classes] = world.graph * classWords;
    const keys = keysOfStream.get(world.stream) ?? purposes.map(purpose => streamKey(seed, world.stream, purpose));
    keysOfStream.set(world.stream, keys);
    for (const [k, key] of keys.entries()) row.set(key, layout.keys + 2 * k);
    const source = (from: FieldSource, count = 1): [number, number] => {
      const words = values.agents.get(from)![world.replica];
      return [placeOf(words), words.length > count ? count : 0];
    };
    scalarParams(model.params).forEach(([name, param], k) => {
      const own = point.agentParams?.[name];
      const word = layout.params + k;
      if (!own) row[word] = encodeParam(param, point.params[name]);
      // where it does not vary at this point, everybody reads the row's own word
      if (name in layout.agentParams) {
        row.set(own ? source(own) : [context.rowsAt + index * layout.words + word, 0], layout.agentParams[name]);
      }
    });
    for (const [field, at] of Object.entries(layout.init)) {
      if (point.init[field]) row.set(initialBounds(point.init[field], population), at);
    }
    for (const [field, at] of Object.entries(layout.starts)) {
      const start = point.starts?.[field];
      if (start) row.set(source(start, context.elements.get(field)), at);
    }
    for (const [name, at] of Object.entries(layout.targets)) row[at] = placeOf(additions.masks[name][world.replica]);
    for (const [written, at] of layout.writes) {
      row.set(source(written, context.elements.get(additions.writes.get(written)!)), at);
    }
    for (const [name, at] of Object.entries(layout.tables)) {
      const table = values.tables[world.point][name];
      row.set([placeOf(table), table.length - 1], at);
    }
  });
  return rows;
}

/** By replica: where its links begin among those of all replicas, less where those of its graph begin among those of all graphs (modulo 2³²). */
function linkOffsetsOf(worlds: readonly WorldPlan[], links: readonly number[]): number[] {
  let next = 0;
  return worlds
    .filter(({ point }) => point === 0)
    .map(({ graph }) => {
      const first = links.slice(0, graph).reduce((sum, count) => sum + count, 0);
      const offset = next - first;
      next += links[graph];
      return offset;
    });
}
