// How many edges join two nodes, while a few of them change: the rows of the first pairing, searched by bisection, and a map of the
// differences since. (A hash set of all edges would take several times as long to fill as all the rest of a generator.)
import type { EdgeList, Rows } from './csr.ts';
import { rowsOf } from './csr.ts';

export class Multiplicities {
  private readonly nodeCount: number;
  private readonly directed: boolean;
  private readonly rows: Rows;
  private readonly changes = new Map<number, number>();

  constructor(nodeCount: number, edges: EdgeList, directed: boolean) {
    this.nodeCount = nodeCount;
    this.directed = directed;
    this.rows = rowsOf(nodeCount, directed ? edges : lowerFirst(edges), false);
  }

  /** Counts an edge more (1) or less (−1). */
  add(a: number, b: number, change: number): void {
    const key = this.key(a, b);
    const changed = (this.changes.get(key) ?? 0) + change;
    if (changed === 0) this.changes.delete(key);
    else this.changes.set(key, changed);
  }

  /** Whether the edge at a place of the list is a self-loop or one of several. */
  isFaulty({ sources, targets }: EdgeList, edge: number): boolean {
    const a = sources[edge];
    const b = targets[edge];
    return a === b || this.count(a, b) > 1;
  }

  /** The faults that two edges not yet counted would add: self-loops and copies of an edge that is there. */
  faultsOf(a: number, b: number, c: number, d: number): number {
    const same = a !== b && this.key(a, b) === this.key(c, d);
    return (a === b || this.count(a, b) > 0 ? 1 : 0) + (c === d || same || this.count(c, d) > 0 ? 1 : 0);
  }

  /** The places of all self-loops and of all but one edge between the same nodes, ascending. For the list as first given. */
  faultyEdges({ sources, targets }: EdgeList): { faulty: number[]; selfLoops: number; duplicates: number } {
    const surplus = this.surplus();
    const faulty: number[] = [];
    let selfLoops = 0;
    for (let e = 0; e < sources.length; e++) {
      const a = sources[e];
      const b = targets[e];
      if (a === b) {
        selfLoops++;
        faulty.push(e);
      } else if (surplus.nodes[this.directed ? a : Math.min(a, b)] === 1) {
        const key = this.key(a, b);
        const left = surplus.edges.get(key) ?? 0;
        if (left > 0) {
          surplus.edges.set(key, left - 1);
          faulty.push(e);
        }
      }
    }
    return { faulty, selfLoops, duplicates: faulty.length - selfLoops };
  }

  /** For each pair with several edges, how many there are beyond one; and which rows hold such pairs. */
  private surplus(): { edges: Map<number, number>; nodes: Uint8Array } {
    const { rowOffsets, neighbors } = this.rows;
    const edges = new Map<number, number>();
    const nodes = new Uint8Array(this.nodeCount);
    for (let i = 0; i < this.nodeCount; i++) {
      for (let e = rowOffsets[i] + 1; e < rowOffsets[i + 1]; e++) {
        if (neighbors[e] !== neighbors[e - 1] || neighbors[e] === i) continue;
        const key = this.key(i, neighbors[e]);
        edges.set(key, (edges.get(key) ?? 0) + 1);
        nodes[i] = 1;
      }
    }
    return { edges, nodes };
  }

  private count(a: number, b: number): number {
    const row = this.directed || a < b ? a : b;
    const target = row === a ? b : a;
    const { rowOffsets, neighbors } = this.rows;
    let low = rowOffsets[row];
    const end = rowOffsets[row + 1];
    let high = end;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (neighbors[middle] < target) low = middle + 1;
      else high = middle;
    }
    let count = 0;
    for (; low < end && neighbors[low] === target; low++) count++;
    return count + (this.changes.get(this.key(a, b)) ?? 0);
  }

  /** Exact in a double below 2⁵³: for up to 94 million nodes. */
  private key(a: number, b: number): number {
    return this.directed || a < b ? a * this.nodeCount + b : b * this.nodeCount + a;
  }
}

function lowerFirst({ sources, targets }: EdgeList): EdgeList {
  const lower = new Uint32Array(sources.length);
  const higher = new Uint32Array(sources.length);
  for (let e = 0; e < sources.length; e++) {
    lower[e] = Math.min(sources[e], targets[e]);
    higher[e] = Math.max(sources[e], targets[e]);
  }
  return { sources: lower, targets: higher };
}
