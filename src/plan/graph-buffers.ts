// The buffers of stored graphs: row offsets, neighbours and, where rules ask for them, the weights of links.
import { GroundswellError } from '../errors.ts';
import { encodeFixed, NUMBER_BITS } from '../fixed.ts';
import type { Graph } from '../topology/index.ts';

/** Bound of the size of a weight: i32 with 16 fraction bits. */
const MAX_WEIGHT = 32767;
/** The shares of an agent's links sum to this: 1 with 31 fraction bits. */
const WHOLE = 2 ** 31;

/**
 * Offsets (absolute; none without `offsets`) and links of all graphs, one after the other. With `weights` the neighbours are followed by the weights of all links, and those by each one's
 * share of its row.
 */
export function graphBuffers(
  graphs: readonly Graph[],
  { weights, offsets }: { weights: boolean; offsets: boolean },
): { rows: Uint32Array; columns: Uint32Array } {
  const nodeCount = graphs[0].nodeCount;
  const links = graphs.reduce((sum, graph) => sum + graph.neighbors.length, 0);
  const words = weights ? 3 * links : links;
  if (words >= 2 ** 32) {
    throw new GroundswellError({
      what: 'too many edges',
      where: 'topology',
      expected: `fewer than 2³²${weights ? ' / 3, since they have weights,' : ''} over all realisations`,
      got: String(links),
    });
  }
  const rows = new Uint32Array(offsets ? graphs.length * (nodeCount + 1) : 0);
  // one graph's links are taken as they are
  const asTheyAre = graphs.length === 1 && !weights;
  const columns = asTheyAre ? graphs[0].neighbors : new Uint32Array(words);
  let first = 0;
  graphs.forEach((graph, index) => {
    const at = index * (nodeCount + 1);
    for (let i = 0; offsets && i <= nodeCount; i++) rows[at + i] = first + graph.rowOffsets[i];
    if (!asTheyAre) columns.set(graph.neighbors, first);
    if (weights) {
      columns.set(weightWords(graph), links + first);
      columns.set(shareWords(graph), 2 * links + first);
    }
    first += graph.neighbors.length;
  });
  return { rows, columns };
}

/** Weights with 16 fraction bits. */
function weightWords({ weights, ids, rowOffsets }: Graph): Int32Array {
  return Int32Array.from(weights!, (weight, link) => {
    if (Math.abs(weight) <= MAX_WEIGHT) return encodeFixed(weight, NUMBER_BITS);
    const row = rowOffsets.findLastIndex(offset => offset <= link);
    const expected = `a weight within ±${MAX_WEIGHT}`;
    throw new GroundswellError({
      what: `a link of agent ${ids?.[row] ?? row} weighs too much`,
      where: 'topology',
      expected,
      got: `${weight}`,
    });
  });
}

/**
 * Each link's share of its row's weights with 31 fraction bits, exact sums by largest remainder (the earlier link on a tie). A row without weight shares equally.
 */
function shareWords({ nodeCount, rowOffsets, weights, ids }: Graph): Uint32Array {
  const shares = new Uint32Array(weights!.length);
  for (let i = 0; i < nodeCount; i++) {
    const row = weights!.subarray(rowOffsets[i], rowOffsets[i + 1]);
    if (row.some(weight => weight < 0)) {
      throw new GroundswellError({
        what: `agent ${ids?.[i] ?? i} has a link of negative weight, which has no share`,
        where: 'topology',
        expected: 'weights of at least 0 for a model that averages over neighbours',
        got: `${row.find(weight => weight < 0)}`,
      });
    }
    shares.set(rowShares(row), rowOffsets[i]);
  }
  return shares;
}

function rowShares(row: Float64Array): Uint32Array {
  const total = row.reduce((sum, weight) => sum + weight, 0);
  const exact = Array.from(row, weight => (total > 0 ? (weight / total) * WHOLE : WHOLE / row.length));
  const shares = Uint32Array.from(exact, Math.floor);
  const missing = WHOLE - shares.reduce((sum, share) => sum + share, 0);
  const byRemainder = exact.map((share, k) => ({ k, remainder: share - shares[k] }));
  byRemainder.sort((a, b) => b.remainder - a.remainder || a.k - b.k);
  for (let n = 0; row.length > 0 && n < missing; n++) shares[byRemainder[n % row.length].k]++;
  return shares;
}
