// Makes a pairing of stubs simple without changing a degree: each self-loop and each surplus parallel edge is switched with a random
// other edge, (a, b), (c, d) → (a, d), (c, b), until none is left (McKay & Wormald 1990; Milo et al. 2003, arXiv:cond-mat/0312028;
// Fosdick, Larremore, Nishimura & Ugander 2018). While degrees are bounded the bias against uniform simple graphs is of order 1/n.
import type { EdgeList } from './csr.ts';
import type { Draws } from './draws.ts';
import { Multiplicities } from './multiplicities.ts';

/** The edges to make simple. */
export interface Pairing {
  nodeCount: number;
  directed: boolean;
  edges: EdgeList;
  /** Where given, the number of edges from each group to each group is preserved too: the sources or the targets that switch are of one group. */
  groups?: Uint32Array;
}

/** What was met and done. `unmended`: edges that no switch could make simple within the limit. */
export interface Switching {
  selfLoops: number;
  duplicates: number;
  switches: number;
  unmended: number;
}

/** Partners tried for one faulty edge. A handful is enough unless the graph, or a pair of its groups, is nearly full. */
const ATTEMPTS = 20_000;
/**
 * From this attempt on, a switch that only moves the fault is accepted too, and sound edges are switched between the attempts, so that the
 * search cannot be locked in.
 */
const PATIENCE = 100;
/** Attempts beyond that for all edges together, some seconds' worth: a graph that does not exist is not looked for without end. */
const BUDGET = 400_000;
/** Edges looked at for a partner whose group fits. */
const LOOKS = 1000;

/** Switches the edges of a pairing, in place, until they are simple. */
export function makeSimple(pairing: Pairing, draws: Draws): Switching {
  const { nodeCount, edges, directed } = pairing;
  const copies = new Multiplicities(nodeCount, edges, directed);
  const { faulty, selfLoops, duplicates } = copies.faultyEdges(edges);
  let switches = 0;
  let spent = 0;
  for (const first of faulty) {
    let edge = first;
    for (let attempt = 0; attempt < ATTEMPTS && copies.isFaulty(edges, edge); attempt++) {
      const patient = attempt < PATIENCE;
      if (!patient && ++spent > BUDGET) break;
      if (!patient && shake(pairing, copies, draws)) switches++;
      const partner = partnerOf(pairing, edge, draws);
      if (partner < 0 || !trySwitch(edges, copies, edge, partner, !patient)) continue;
      switches++;
      // The fault may have moved to the partner, which no list names.
      if (!copies.isFaulty(edges, edge)) edge = partner;
    }
  }
  const unmended = spent === 0 ? 0 : new Multiplicities(nodeCount, edges, directed).faultyEdges(edges).faulty.length;
  return { selfLoops, duplicates, switches, unmended };
}

/** Switches two random sound edges into two others, if they happen to allow it. */
function shake(pairing: Pairing, copies: Multiplicities, draws: Draws): boolean {
  const { edges } = pairing;
  const edge = draws.below(edges.sources.length);
  const partner = partnerOf(pairing, edge, draws);
  if (partner < 0 || copies.isFaulty(edges, edge) || copies.isFaulty(edges, partner)) return false;
  return trySwitch(edges, copies, edge, partner, true);
}

/** A random other edge that may be switched with this one, its ends traded at random when it is undirected; −1 when none was found. */
function partnerOf({ directed, edges: { sources, targets }, groups }: Pairing, edge: number, draws: Draws): number {
  for (let look = 0; look < LOOKS; look++) {
    const partner = draws.below(sources.length);
    if (partner === edge) continue;
    if (!directed && draws.below(2) === 1) {
      [sources[partner], targets[partner]] = [targets[partner], sources[partner]];
    }
    const alike =
      !groups ||
      groups[sources[edge]] === groups[sources[partner]] ||
      groups[targets[edge]] === groups[targets[partner]];
    if (alike) return partner;
  }
  return -1;
}

/** Switches two edges when that leaves fewer faults, or as many, one at most, where `sideways` is allowed. */
function trySwitch(
  { sources, targets }: EdgeList,
  copies: Multiplicities,
  edge: number,
  partner: number,
  sideways: boolean,
): boolean {
  const [a, b, c, d] = [sources[edge], targets[edge], sources[partner], targets[partner]];
  copies.add(a, b, -1);
  copies.add(c, d, -1);
  const before = copies.faultsOf(a, b, c, d);
  const after = copies.faultsOf(a, d, c, b);
  // Never two faults at once after: the caller follows one.
  const accepted = after < before || (after === before && after < 2 && sideways);
  if (accepted) {
    targets[edge] = d;
    targets[partner] = b;
  }
  copies.add(a, targets[edge], 1);
  copies.add(c, targets[partner], 1);
  return accepted;
}
