// What manifests and reports say of a graph. Linear in its size.
import { transpose } from './csr.ts';
import type { Graph } from './types.ts';

interface GraphStatistics {
  nodes: number;
  /** Directed edges, or undirected ones, each counted once. */
  edges: number;
  /** The mean row length: how many agents an agent looks at. */
  meanDegree: number;
  minOutDegree: number;
  maxOutDegree: number;
  minInDegree: number;
  maxInDegree: number;
  /** Nodes that look at nobody. */
  isolated: number;
  /** The share of row entries (i, j), i ≠ j, for which j looks at i as well. 1 for undirected graphs, NaN without edges. */
  reciprocity: number;
}

export function statistics(graph: Graph): GraphStatistics {
  const { nodeCount, neighbors, rowOffsets, directed } = graph;
  const incoming = transpose(nodeCount, graph);
  const out = degreeRange(rowOffsets);
  const into = degreeRange(incoming.rowOffsets);
  return {
    nodes: nodeCount,
    edges: directed ? neighbors.length : neighbors.length / 2,
    meanDegree: nodeCount === 0 ? 0 : neighbors.length / nodeCount,
    minOutDegree: out.min,
    maxOutDegree: out.max,
    minInDegree: into.min,
    maxInDegree: into.max,
    isolated: graph.report.isolated,
    reciprocity: reciprocity(graph, incoming),
  };
}

function degreeRange(rowOffsets: Uint32Array): { min: number; max: number } {
  let min = rowOffsets.length > 1 ? Infinity : 0;
  let max = 0;
  for (let i = 0; i + 1 < rowOffsets.length; i++) {
    const degree = rowOffsets[i + 1] - rowOffsets[i];
    min = Math.min(min, degree);
    max = Math.max(max, degree);
  }
  return { min, max };
}

/** Merges each row with the row of those who look back; both ascend. */
function reciprocity(graph: Graph, incoming: { rowOffsets: Uint32Array; neighbors: Uint32Array }): number {
  let mutual = 0;
  let total = 0;
  for (let i = 0; i < graph.nodeCount; i++) {
    let back = incoming.rowOffsets[i];
    const end = incoming.rowOffsets[i + 1];
    for (let e = graph.rowOffsets[i]; e < graph.rowOffsets[i + 1]; e++) {
      const j = graph.neighbors[e];
      if (j === i) continue;
      total++;
      while (back < end && incoming.neighbors[back] < j) back++;
      if (back < end && incoming.neighbors[back] === j) mutual++;
    }
  }
  return mutual / total;
}
