// G(n, p): every pair is an edge with probability p = meanDegree / (n − 1), independently (Gilbert 1959; Erdős & Rényi 1959).
// Pairs are walked in order, jumping over the absent ones by geometric gaps: O(n + m) (Batagelj & Brandes 2005, PRE 71 036113).
import { GroundswellError } from '../errors.ts';
import { ln, lnOneMinus } from '../exact.ts';
import { graphOf, rowsOf } from './csr.ts';
import type { Draws } from './draws.ts';
import { GrowingUint32 } from './growing.ts';
import type { ErdosRenyiSpec, Graph } from './types.ts';

export function erdosRenyi({ meanDegree, directed = false }: ErdosRenyiSpec, nodeCount: number, draws: Draws): Graph {
  if (meanDegree > 0 && meanDegree > nodeCount - 1) {
    throw new GroundswellError({
      what: 'the mean degree does not fit the population',
      where: 'topology.meanDegree',
      expected: `at most ${nodeCount - 1}`,
      got: `${meanDegree}`,
    });
  }
  const probability = meanDegree === 0 ? 0 : meanDegree / (nodeCount - 1);
  const gap = gaps(probability, draws);
  return directed ? orderedPairs(nodeCount, meanDegree, gap) : unorderedPairs(nodeCount, meanDegree, gap);
}

/** Draws how many pairs to jump over before the next edge: geometric, P(gap = g) = (1 − p)^g p. */
function gaps(probability: number, draws: Draws): () => number {
  if (probability === 0) return () => Infinity;
  if (probability >= 1) return () => 0;
  const scale = lnOneMinus(probability);
  return () => Math.floor(ln(draws.positiveUnit()) / scale);
}

/** The expected number of arcs and ten standard deviations. */
function capacity(nodeCount: number, meanDegree: number): number {
  const mean = nodeCount * meanDegree;
  return Math.ceil(mean + 10 * Math.sqrt(mean) + 16);
}

/** Pairs (v, w), w < v, in lexicographic order. */
function unorderedPairs(nodeCount: number, meanDegree: number, gap: () => number): Graph {
  const sources = new GrowingUint32(capacity(nodeCount, meanDegree / 2));
  const targets = new GrowingUint32(capacity(nodeCount, meanDegree / 2));
  let v = 1;
  let w = gap();
  while (v < nodeCount) {
    if (w >= v) {
      w -= v;
      v++;
      continue;
    }
    sources.push(v);
    targets.push(w);
    w += 1 + gap();
  }
  return graphOf(false, rowsOf(nodeCount, { sources: sources.view(), targets: targets.view() }, true));
}

/** The other nodes of row 0, of row 1, …: rows come out finished. */
function orderedPairs(nodeCount: number, meanDegree: number, gap: () => number): Graph {
  const rowOffsets = new Uint32Array(nodeCount + 1);
  const neighbors = new GrowingUint32(capacity(nodeCount, meanDegree));
  const others = nodeCount - 1;
  let position = gap();
  for (let i = 0; i < nodeCount; i++) {
    for (; position < others; position += 1 + gap()) neighbors.push(position < i ? position : position + 1);
    position -= others;
    rowOffsets[i + 1] = neighbors.length;
  }
  return graphOf(true, { rowOffsets, neighbors: neighbors.view().slice() });
}
