// Growth with preferential attachment (Barabási & Albert 1999, Science 286 509): degrees fall off as k⁻³. Undirected and simple; agents are
// numbered by age, so that low numbers are the hubs.
import { GroundswellError } from '../errors.ts';
import { graphOf, mustHaveOffsets, type Rows } from './csr.ts';
import type { Draws } from './draws.ts';
import type { BarabasiAlbertSpec, Graph } from './types.ts';

/**
 * Starts as a star: agent 0 joined to agents 1 to `links`. Each further agent is joined to `links` different earlier ones: ends of the
 * edges so far, drawn uniformly (so an agent in proportion to its degree), and again where the agent was drawn already. The number of edges
 * is `links` · (n − `links`).
 */
export function barabasiAlbert({ links }: BarabasiAlbertSpec, nodeCount: number, draws: Draws): Graph {
  if (links >= nodeCount) {
    throw new GroundswellError({
      what: 'a new agent has more links than there are others',
      where: 'topology.links',
      expected: `at most ${nodeCount - 1}`,
      got: `${links}`,
    });
  }
  const edgeCount = links * (nodeCount - links);
  mustHaveOffsets(2 * edgeCount);
  const older = new Uint32Array(edgeCount);
  for (let i = links + 1; i < nodeCount; i++) attach(i, links, older, draws);
  return graphOf(false, rowsByAge(nodeCount, links, older));
}

/** The first edge that an agent brings. Agents 1 to `links` bring one each, and agent 0 none. */
const firstEdge = (i: number, links: number): number => (i <= links ? i - 1 : links * (i - links));

/** Draws the older ends of the edges that agent i brings, ascending, into their places. */
function attach(i: number, links: number, older: Uint32Array, draws: Draws): void {
  const known = firstEdge(i, links);
  for (let e = known; e < known + links; ) {
    const other = endOf(draws.below(2 * known), links, older);
    const place = placeOf(other, older, known, e);
    if (place < e && older[place] === other) continue;
    for (let later = e; later > place; later--) older[later] = older[later - 1];
    older[place] = other;
    e++;
  }
}

/** The agent at an end: the older one of edge e at end 2 e, the newer one at end 2 e + 1. */
function endOf(end: number, links: number, older: Uint32Array): number {
  const edge = end >>> 1;
  if ((end & 1) === 0) return older[edge];
  return edge < links ? edge + 1 : links + Math.floor(edge / links);
}

/** The first place in an ascending stretch that holds the value or a larger one; `to` where there is none. */
function placeOf(value: number, values: Uint32Array, from: number, to: number): number {
  let low = from;
  let high = to;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (values[middle] < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Each row: first the older agents to which the agent brought its edges, then the younger ones, in the order in which they came. */
function rowsByAge(nodeCount: number, links: number, older: Uint32Array): Rows {
  const rowOffsets = new Uint32Array(nodeCount + 1);
  for (let i = 1; i < nodeCount; i++) rowOffsets[i + 1] = firstEdge(i + 1, links) - firstEdge(i, links);
  for (let e = 0; e < older.length; e++) rowOffsets[older[e] + 1]++;
  for (let i = 0; i < nodeCount; i++) rowOffsets[i + 1] += rowOffsets[i];
  const next = rowOffsets.slice(0, nodeCount);
  const neighbors = new Uint32Array(2 * older.length);
  for (let i = 1; i < nodeCount; i++) {
    const end = firstEdge(i + 1, links);
    for (let e = firstEdge(i, links); e < end; e++) {
      neighbors[next[i]++] = older[e];
      neighbors[next[older[e]]++] = i;
    }
  }
  return { rowOffsets, neighbors };
}
