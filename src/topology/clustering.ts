// Clustering of an undirected simple graph (Watts & Strogatz 1998; Newman, Strogatz & Watts 2001). O(Σ over edges of a degree), so it is
// asked for, not part of `statistics`.
import type { Graph } from './types.ts';

interface Clustering {
  /** The mean over nodes of the share of a node's pairs of neighbours that are joined; 0 for a node with fewer than two. */
  average: number;
  /** Three times the triangles over the paths of length two; 0 when there are none. */
  transitivity: number;
}

export function clustering({ nodeCount, rowOffsets, neighbors }: Graph): Clustering {
  const triangles = new Float64Array(nodeCount);
  const seenFrom = new Uint32Array(nodeCount); // i + 1 while the row of i is marked
  for (let i = 0; i < nodeCount; i++) {
    for (let e = rowOffsets[i]; e < rowOffsets[i + 1]; e++) seenFrom[neighbors[e]] = i + 1;
    for (let e = rowOffsets[i]; e < rowOffsets[i + 1]; e++) {
      const j = neighbors[e];
      if (j <= i) continue;
      for (let f = rowOffsets[j]; f < rowOffsets[j + 1]; f++) {
        const k = neighbors[f];
        if (k <= j || seenFrom[k] !== i + 1) continue;
        triangles[i]++;
        triangles[j]++;
        triangles[k]++;
      }
    }
  }
  let local = 0;
  let closed = 0;
  let paths = 0;
  for (let i = 0; i < nodeCount; i++) {
    const degree = rowOffsets[i + 1] - rowOffsets[i];
    const pairs = (degree * (degree - 1)) / 2;
    if (pairs > 0) local += triangles[i] / pairs;
    closed += triangles[i];
    paths += pairs;
  }
  return { average: nodeCount === 0 ? 0 : local / nodeCount, transitivity: paths === 0 ? 0 : closed / paths };
}
