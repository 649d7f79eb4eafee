// Random regular graphs by the configuration model and edge switching (configuration.ts, switching.ts): exactly regular, simple, and
// nearly uniform while the degree is small against √n (McKay & Wormald 1990). Above half the population the complement is drawn.
import { GroundswellError } from '../errors.ts';
import { withDegrees } from './configuration.ts';
import { graphOf } from './csr.ts';
import type { Draws } from './draws.ts';
import type { Graph, RandomRegularSpec } from './types.ts';

export function randomRegular({ degree, simple = true }: RandomRegularSpec, nodeCount: number, draws: Draws): Graph {
  if (simple && degree >= nodeCount) {
    throw new GroundswellError({
      what: 'the degree does not fit the population',
      where: 'topology.degree',
      expected: `less than ${nodeCount}`,
      got: `${degree}`,
    });
  }
  if ((nodeCount * degree) % 2 === 1) {
    throw new GroundswellError({
      what: 'no graph has an odd number of agents of an odd degree',
      where: 'topology.degree',
      expected: `an even degree, or an even population`,
      got: `degree ${degree} and population ${nodeCount}`,
    });
  }
  if (simple && 2 * degree > nodeCount - 1) {
    return complement(withDegrees(new Uint32Array(nodeCount).fill(nodeCount - 1 - degree), true, draws));
  }
  return withDegrees(new Uint32Array(nodeCount).fill(degree), simple, draws);
}

/** The graph of the missing edges; the report is the drawn graph's. */
function complement(graph: Graph): Graph {
  const { nodeCount: n, rowOffsets, neighbors, report } = graph;
  const offsets = new Uint32Array(n + 1);
  const others = new Uint32Array(n * (n - 1) - neighbors.length);
  let place = 0;
  for (let i = 0; i < n; i++) {
    let next = rowOffsets[i];
    for (let j = 0; j < n; j++) {
      if (next < rowOffsets[i + 1] && neighbors[next] === j) next++;
      else if (j !== i) others[place++] = j;
    }
    offsets[i + 1] = place;
  }
  return graphOf(false, { rowOffsets: offsets, neighbors: others }, report);
}
