// The configuration model: a graph with given degrees, by matching shuffled stubs (Bollobás 1980; Molloy & Reed 1995), made simple by
// edge switches that keep the degrees (switching.ts). Undirected.
import { GroundswellError } from '../errors.ts';
import { allot, dealt } from './allotment.ts';
import type { EdgeList } from './csr.ts';
import { graphOf, rowsOf } from './csr.ts';
import type { Draws } from './draws.ts';
import { makeSimple } from './switching.ts';
import type { ConfigurationSpec, Graph } from './types.ts';

/** Pairings tried before a degree sequence is given up. One is enough but for the smallest and fullest graphs. */
const PAIRINGS = 20;

/**
 * Shares are allotted by largest remainders and dealt to the nodes at random. An odd sum of degrees is made even by one stub more for one
 * random node of the smallest degree above 0 (`adjustedStubs` in the report).
 */
export function configuration({ degrees: shares, simple }: ConfigurationSpec, nodeCount: number, draws: Draws): Graph {
  const total = shares.reduce((sum, { share }) => sum + share, 0);
  if (!(Math.abs(total - 1) < 1e-6)) {
    throw new GroundswellError({
      what: 'the shares of the degrees do not add up to 1',
      where: 'topology.degrees',
      expected: '1',
      got: `${total}`,
    });
  }
  const weights = shares.map(({ share }) => share);
  const degrees = dealt(allot(weights, nodeCount, draws), draws).map(index => shares[index].degree);
  const adjustedStubs = makeEven(degrees);
  if (simple !== false) mustBeGraphical(degrees);
  const graph = withDegrees(degrees, simple !== false, draws);
  graph.report.adjustedStubs = adjustedStubs;
  return graph;
}

/** A graph in which node i has `degrees[i]` stubs; the sum is even. Simple, or a multigraph in which a self-loop is two entries of its row. */
export function withDegrees(degrees: Uint32Array, simple: boolean, draws: Draws): Graph {
  const nodeCount = degrees.length;
  if (!simple) {
    const rows = rowsOf(nodeCount, paired(degrees, draws), true);
    return graphOf(false, rows, countFaults(rows.rowOffsets, rows.neighbors));
  }
  for (let pairings = 0; pairings < PAIRINGS; pairings++) {
    const edges = paired(degrees, draws);
    const done = makeSimple({ nodeCount, directed: false, edges }, draws);
    if (done.unmended > 0) continue;
    return graphOf(false, rowsOf(nodeCount, edges, true), {
      selfLoops: { met: done.selfLoops, kept: 0 },
      duplicates: { met: done.duplicates, kept: 0 },
      switches: done.switches,
    });
  }
  throw new GroundswellError({
    what: `no simple graph with these degrees was found in ${PAIRINGS} pairings`,
    where: 'topology',
    hint: 'lower the degrees, raise the population, or set "simple: false"',
  });
}

/** Stubs in random order, joined two by two. */
function paired(degrees: Uint32Array, draws: Draws): EdgeList {
  const stubs = dealt(degrees, draws);
  const edgeCount = stubs.length / 2;
  const sources = new Uint32Array(edgeCount);
  const targets = new Uint32Array(edgeCount);
  for (let e = 0; e < edgeCount; e++) {
    sources[e] = stubs[2 * e];
    targets[e] = stubs[2 * e + 1];
  }
  return { sources, targets };
}

/** The self-loops and surplus edges of a multigraph's rows, which it keeps. */
function countFaults(
  rowOffsets: Uint32Array,
  neighbors: Uint32Array,
): Pick<Graph['report'], 'selfLoops' | 'duplicates'> {
  let loopEntries = 0;
  let duplicates = 0;
  for (let i = 0; i + 1 < rowOffsets.length; i++) {
    for (let e = rowOffsets[i]; e < rowOffsets[i + 1]; e++) {
      if (neighbors[e] === i) loopEntries++;
      else if (neighbors[e] > i && e > rowOffsets[i] && neighbors[e] === neighbors[e - 1]) duplicates++;
    }
  }
  const selfLoops = loopEntries / 2;
  return { selfLoops: { met: selfLoops, kept: selfLoops }, duplicates: { met: duplicates, kept: duplicates } };
}

/** Gives the first node of the smallest positive degree one stub more when the sum is odd. The order of the nodes is random already. */
function makeEven(degrees: Uint32Array): number {
  let sum = 0;
  let chosen = -1;
  for (let i = 0; i < degrees.length; i++) {
    sum += degrees[i];
    if (degrees[i] > 0 && (chosen < 0 || degrees[i] < degrees[chosen])) chosen = i;
  }
  if (sum % 2 === 0) return 0;
  degrees[chosen]++;
  return 1;
}

/** The theorem of Erdős & Gallai (1960): for every k, the k largest degrees add up to at most k (k − 1) + Σ over the others of min(d, k). */
function mustBeGraphical(degrees: Uint32Array): void {
  const sorted = degrees.slice().sort().reverse();
  const n = sorted.length;
  const tail = new Float64Array(n + 1); // tail[i]: the sum of sorted[i …]
  for (let i = n - 1; i >= 0; i--) tail[i] = tail[i + 1] + sorted[i];
  let small = n; // the degrees from here on are at most k
  for (let k = 1; k <= n && sorted[k - 1] >= k; k++) {
    while (small > 0 && sorted[small - 1] <= k) small--;
    const from = Math.max(small, k);
    if (tail[0] - tail[k] <= k * (k - 1) + (from - k) * k + tail[from]) continue;
    throw new GroundswellError({
      what: `no simple graph has these degrees: the ${k} largest (from ${sorted[0]}) ask for more partners than there are`,
      where: 'topology.degrees',
      hint: 'lower the largest degrees, raise the population, or set "simple: false"',
    });
  }
}
