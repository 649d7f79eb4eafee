// Matchings stated independently of shaders/agent/matching.wgsl: one edge after the other, in the order of their places, each if both ends are still alone.
import { threefry2x32, type Words } from '../../src/random.ts';
import { mix } from './permutation.ts';
import type { Neighbors } from './society.ts';

/** Whom an agent meets in a step (itself: nobody), and whether it is the first of the two. */
export interface Pair {
  partner: number;
  first: boolean;
}

/** The pairs of every agent under the key of a step, along the edges of an undirected graph. */
export function greedyMatching(neighbors: Neighbors, key: Words): Pair[] {
  const edges = neighbors.flatMap((row, i) => row.filter(j => i < j).map(j => ({ i, j, place: edgePlace(i, j, key) })));
  edges.sort((a, b) => (a.place < b.place ? -1 : Number(a.place > b.place)));
  const pairs: Pair[] = neighbors.map((_, i) => ({ partner: i, first: false }));
  for (const { i, j } of edges) {
    if (pairs[i].partner !== i || pairs[j].partner !== j) continue;
    const lowerFirst = threefry2x32(key, [i, j])[0] >= 2 ** 31;
    pairs[i] = { partner: j, first: lowerFirst };
    pairs[j] = { partner: i, first: !lowerFirst };
  }
  return pairs;
}

function edgePlace(i: number, j: number, [high, low]: Words): bigint {
  const [a, b] = mix((i ^ high) >>> 0, (j ^ low) >>> 0);
  const [x, y] = mix((a + low) % 2 ** 32, (b + high) % 2 ** 32);
  return BigInt(x) * 2n ** 32n + BigInt(y);
}
