// Small worlds (Watts & Strogatz 1998, Nature 393 440): a ring in which a share of the edges is rewired, with their procedure. Edges are
// conserved and the graph stays simple, but its degrees vary: the near end of an edge stays, the far end moves.
import { graphOf, mustHaveOffsets, rowsOf } from './csr.ts';
import type { Draws } from './draws.ts';
import { ring } from './implicit.ts';
import type { Graph, WattsStrogatzSpec } from './types.ts';

/**
 * In one lap for each distance from 1 to `reach`, every agent in turn rewires its edge to the agent at that distance clockwise, with
 * probability `rewiring`: the far end goes to an agent drawn uniformly from those that the near one is not joined to. An agent that is joined
 * to all others leaves its edge. So every agent keeps at least `reach` neighbours.
 */
export function wattsStrogatz({ reach, rewiring }: WattsStrogatzSpec, nodeCount: number, draws: Draws): Graph {
  const lattice = ring({ kind: 'ring', reach }, nodeCount);
  mustHaveOffsets(2 * reach * nodeCount);
  const sources = new Uint32Array(nodeCount * reach);
  const targets = new Uint32Array(nodeCount * reach);
  for (let i = 0, e = 0; i < nodeCount; i++) {
    for (let lap = 0; lap < reach; lap++, e++) {
      sources[e] = i;
      targets[e] = lattice.neighbor(i, 2 * lap);
    }
  }
  if (rewiring > 0) rewire(targets, { nodeCount, reach, rewiring }, draws);
  return graphOf(false, rowsOf(nodeCount, { sources, targets }, true));
}

/** Moves far ends in place; agent i's edges are the entries from i · reach. */
function rewire(
  targets: Uint32Array,
  { nodeCount, reach, rewiring }: { nodeCount: number; reach: number; rewiring: number },
  draws: Draws,
): void {
  const degrees = new Uint32Array(nodeCount).fill(2 * reach);
  for (let lap = 0; lap < reach; lap++) {
    for (let i = 0; i < nodeCount; i++) {
      if (draws.positiveUnit() > rewiring || degrees[i] === nodeCount - 1) continue;
      let other = draws.below(nodeCount);
      while (other === i || joined(targets, reach, i, other)) other = draws.below(nodeCount);
      const edge = i * reach + lap;
      degrees[targets[edge]]--;
      degrees[other]++;
      targets[edge] = other;
    }
  }
}

/** Whether one of two agents has an edge to the other. An edge stays with its near end, so that only their own need be looked at. */
function joined(targets: Uint32Array, reach: number, a: number, b: number): boolean {
  for (let e = a * reach; e < (a + 1) * reach; e++) if (targets[e] === b) return true;
  for (let e = b * reach; e < (b + 1) * reach; e++) if (targets[e] === a) return true;
  return false;
}
