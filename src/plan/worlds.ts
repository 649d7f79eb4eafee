// The setup arena: tables, groups, and a row per world with everything in which worlds differ: graph, keys, parameters and initial counts.
import { encodeParam, type Model } from '../model/index.ts';
import { streamKey, type Words } from '../random.ts';
import { initialBounds } from '../spec/shares.ts';
import type { Point } from '../spec/spec.ts';

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
  /** First word of the graph's row offsets, and of its agents' groups, within their blocks. */
  graph: number;
  groups: number;
  keys: number;
  params: number;
  /** First threshold of a field's initial counts, by field. */
  init: Readonly<Record<string, number>>;
  words: number;
}

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
): RowLayout {
  const keys = 2;
  const params = keys + 2 * purposes.length;
  let next = params + Object.keys(model.params).length;
  const init: Record<string, number> = {};
  for (const [field, size] of Object.entries(initSizes)) {
    init[field] = next;
    next += size;
  }
  return { graph: 0, groups: 1, keys, params, init, words: next };
}

/** What rows are made of besides the points. */
interface RowContext {
  layout: RowLayout;
  purposes: readonly string[];
  seed: Words;
  population: number;
  /** Each graph has its own assignment of agents to groups. */
  groupsPerGraph: boolean;
}

/** The rows of all worlds. */
export function worldRows(
  model: Model,
  worlds: readonly WorldPlan[],
  points: readonly Point[],
  { layout, purposes, seed, population, groupsPerGraph }: RowContext,
): Uint32Array {
  const rows = new Uint32Array(worlds.length * layout.words);
  const keysOfStream = new Map<number, Words[]>();
  worlds.forEach((world, index) => {
    const row = rows.subarray(index * layout.words, (index + 1) * layout.words);
    const point = points[world.point];
    row[layout.graph] = world.graph * (population + 1);
    row[layout.groups] = groupsPerGraph ? world.graph * population : 0;
    const keys = keysOfStream.get(world.stream) ?? purposes.map(purpose => streamKey(seed, world.stream, purpose));
    keysOfStream.set(world.stream, keys);
    for (const [k, key] of keys.entries()) row.set(key, layout.keys + 2 * k);
    Object.entries(model.params).forEach(([name, param], k) => {
      row[layout.params + k] = encodeParam(param, point.params[name]);
    });
    for (const [field, at] of Object.entries(layout.init)) row.set(initialBounds(point.init[field], population), at);
  });
  return rows;
}
