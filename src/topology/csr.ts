// Compressed sparse rows from a list of edges in linear time: two stable counting sorts, by target and then by source
// (a transposition twice over; Gustavson 1978), leave every row in ascending order.
import { GroundswellError } from '../errors.ts';
import type { Graph, GraphReport } from './types.ts';

/** A list of edges; entry e goes from `sources[e]` to `targets[e]`. */
export interface EdgeList {
  sources: Uint32Array;
  targets: Uint32Array;
  weights?: Float64Array;
}

/** Rows without the rest of a graph. */
export interface Rows {
  rowOffsets: Uint32Array;
  neighbors: Uint32Array;
  weights?: Float64Array;
}

/**
 * The rows of a list of edges, each ascending, equal neighbours in the order of the list. With `bothWays` an edge enters the rows of both ends
 * (a self-loop twice).
 */
export function rowsOf(nodeCount: number, edges: EdgeList, bothWays: boolean): Rows {
  const { sources, targets } = edges;
  mustHaveOffsets(sources.length * (bothWays ? 2 : 1));
  const byTarget = bucket(nodeCount, targets, sources, edges.weights, bothWays);
  // A list that enters both ways is its own reverse, so its offsets are known.
  return transpose(nodeCount, byTarget, bothWays ? byTarget.rowOffsets : undefined);
}

/** Fails unless 32-bit row offsets can count so many row entries. Generators ask before they draw. */
export function mustHaveOffsets(arcCount: number): void {
  if (arcCount < 2 ** 32) return;
  throw new GroundswellError({
    what: 'too many edges',
    where: 'topology',
    expected: 'fewer than 2^32',
    got: `${arcCount}`,
  });
}

/** The rows of the reversed graph: row j holds, ascending, the nodes whose rows hold j. `offsets`: its row offsets, if known. */
export function transpose(nodeCount: number, rows: Rows, offsets = reversedOffsets(nodeCount, rows)): Rows {
  const { rowOffsets, neighbors, weights } = rows;
  const next = offsets.slice(0, nodeCount);
  const sorted = new Uint32Array(neighbors.length);
  const sortedWeights = weights && new Float64Array(weights.length);
  for (let i = 0; i < nodeCount; i++) {
    for (let e = rowOffsets[i]; e < rowOffsets[i + 1]; e++) {
      const place = next[neighbors[e]]++;
      sorted[place] = i;
      if (sortedWeights && weights) sortedWeights[place] = weights[e];
    }
  }
  return { rowOffsets: offsets, neighbors: sorted, ...(sortedWeights && { weights: sortedWeights }) };
}

function reversedOffsets(nodeCount: number, { neighbors }: Rows): Uint32Array {
  const offsets = new Uint32Array(nodeCount + 1);
  for (let e = 0; e < neighbors.length; e++) offsets[neighbors[e] + 1]++;
  for (let i = 0; i < nodeCount; i++) offsets[i + 1] += offsets[i];
  return offsets;
}

/** Rows in the order of the list: row `keys[e]` receives `values[e]`, and with `bothWays` row `values[e]` receives `keys[e]`. */
function bucket(
  nodeCount: number,
  keys: Uint32Array,
  values: Uint32Array,
  weights: Float64Array | undefined,
  bothWays: boolean,
): Rows {
  const offsets = new Uint32Array(nodeCount + 1);
  for (let e = 0; e < keys.length; e++) offsets[keys[e] + 1]++;
  if (bothWays) for (let e = 0; e < values.length; e++) offsets[values[e] + 1]++;
  for (let i = 0; i < nodeCount; i++) offsets[i + 1] += offsets[i];
  const next = offsets.slice(0, nodeCount);
  const neighbors = new Uint32Array(offsets[nodeCount]);
  const placed = weights && new Float64Array(neighbors.length);
  for (let e = 0; e < keys.length; e++) {
    const place = next[keys[e]]++;
    neighbors[place] = values[e];
    if (placed && weights) placed[place] = weights[e];
    if (!bothWays) continue;
    const mirror = next[values[e]]++;
    neighbors[mirror] = keys[e];
    if (placed && weights) placed[mirror] = weights[e];
  }
  return { rowOffsets: offsets, neighbors, ...(placed && { weights: placed }) };
}

/** The rows with equal neighbours merged into one (weights added), and how many entries that took away. */
export function mergeDuplicates(nodeCount: number, rows: Rows): { rows: Rows; merged: number } {
  const { rowOffsets, neighbors, weights } = rows;
  const offsets = new Uint32Array(nodeCount + 1);
  const first = new Uint32Array(neighbors.length);
  const sums = weights && new Float64Array(weights.length);
  let kept = 0;
  for (let i = 0; i < nodeCount; i++) {
    for (let e = rowOffsets[i]; e < rowOffsets[i + 1]; e++) {
      const repeats = kept > offsets[i] && first[kept - 1] === neighbors[e];
      if (!repeats) first[kept++] = neighbors[e];
      if (sums && weights) sums[kept - 1] += weights[e];
    }
    offsets[i + 1] = kept;
  }
  const compact: Rows = { rowOffsets: offsets, neighbors: first.slice(0, kept) };
  if (sums) compact.weights = sums.slice(0, kept);
  return { rows: compact, merged: neighbors.length - kept };
}

/** The edges of the rows, in their order. */
export function edgesOf({ rowOffsets, neighbors, weights }: Rows): EdgeList {
  const sources = new Uint32Array(neighbors.length);
  for (let i = 0; i + 1 < rowOffsets.length; i++) sources.fill(i, rowOffsets[i], rowOffsets[i + 1]);
  return { sources, targets: neighbors, ...(weights && { weights }) };
}

/** A graph of finished rows. What the report leaves out is zero; isolated nodes are counted here. */
export function graphOf(directed: boolean, rows: Rows, report: Partial<GraphReport> = {}): Graph {
  const nodeCount = rows.rowOffsets.length - 1;
  let isolated = 0;
  for (let i = 0; i < nodeCount; i++) if (rows.rowOffsets[i] === rows.rowOffsets[i + 1]) isolated++;
  const none = { met: 0, kept: 0 };
  return {
    nodeCount,
    directed,
    ...rows,
    report: { selfLoops: none, duplicates: none, switches: 0, adjustedStubs: 0, dropped: 0, ...report, isolated },
  };
}
