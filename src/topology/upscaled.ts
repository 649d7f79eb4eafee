// A network of any size with the profile of a small one (profile.ts): its joint distribution of in- and out-degrees, and the mixing of its
// groups. Stubs are matched at random within what the mixing asks (a degree-corrected block model with hard constraints: Karrer &
// Newman 2011, PRE 83 016107), then edges are switched until the graph is simple (switching.ts). What is neither degree nor mixing,
// such as clustering and reciprocity, is lost on purpose.
import { GroundswellError } from '../errors.ts';
import { allot, dealt } from './allotment.ts';
import type { EdgeList, Rows } from './csr.ts';
import { edgesOf, graphOf, mergeDuplicates, rowsOf } from './csr.ts';
import type { Draws } from './draws.ts';
import type { Profile } from './profile.ts';
import type { Pairing } from './switching.ts';
import { makeSimple } from './switching.ts';
import type { Graph } from './types.ts';

/**
 * Classes of nodes are allotted by largest remainders, and so are the edges to the pairs of groups; the number of edges is the source's,
 * scaled and rounded. Where a group's stubs then miss its edges by a few, random stubs are doubled or removed (`adjustedStubs`).
 */
export function upscale(profile: Profile, simple: boolean, nodeCount: number, draws: Draws): Graph {
  if (simple) mustFit(profile, nodeCount);
  const { directed, groupNames } = profile;
  const nodes = dealNodes(profile, nodeCount, draws);
  const { edges, adjustedStubs } = matchStubs(profile, nodes, draws);
  const graph = simple
    ? simpleGraph({ nodeCount, directed, edges, ...(profile.mixing && { groups: nodes.groups }) }, draws)
    : graphOf(directed, rowsOf(nodeCount, edges, !directed));
  graph.report.adjustedStubs = adjustedStubs;
  if (groupNames) Object.assign(graph, { groups: nodes.groups, groupNames });
  return graph;
}

/** What was dealt to each node. `blocks` are the groups between which edges are counted: one for all when mixing is unknown. */
interface Nodes {
  out: Uint32Array;
  in: Uint32Array;
  groups: Uint32Array;
  blocks: Uint32Array;
}

function dealNodes({ classes, mixing }: Profile, nodeCount: number, draws: Draws): Nodes {
  const counts = allot(
    classes.map(entry => entry.count),
    nodeCount,
    draws,
  );
  const classOf = dealt(counts, draws);
  const groups = classOf.map(index => classes[index].group);
  return {
    out: classOf.map(index => classes[index].out),
    in: classOf.map(index => classes[index].in),
    groups,
    blocks: mixing ? groups : new Uint32Array(nodeCount),
  };
}

/** The stubs joined at random, as many in each pair of blocks as the mixing asks. */
function matchStubs(profile: Profile, nodes: Nodes, draws: Draws): { edges: EdgeList; adjustedStubs: number } {
  const { directed } = profile;
  const blockCount = profile.mixing ? (profile.groupNames?.length ?? 1) : 1;
  const cells = edgesBetween(profile, nodes.blocks, blockCount, draws);
  const wantedOut = new Float64Array(blockCount);
  const wantedIn = new Float64Array(blockCount);
  cells.forEach((count, cell) => {
    wantedOut[Math.floor(cell / blockCount)] += count;
    (directed ? wantedIn : wantedOut)[cell % blockCount] += count;
  });
  const members = membersOf(nodes.blocks, blockCount);
  const out = members.map((block, g) => fittedStubs(block, nodes.out, wantedOut[g], draws));
  const into = directed ? members.map((block, h) => fittedStubs(block, nodes.in, wantedIn[h], draws)) : out;
  let adjustedStubs = 0;
  for (const { adjusted } of directed ? [...out, ...into] : out) adjustedStubs += adjusted;

  const edgeCount = cells.reduce((sum, count) => sum + count, 0);
  const edges = { sources: new Uint32Array(edgeCount), targets: new Uint32Array(edgeCount) };
  let place = 0;
  cells.forEach((count, cell) => {
    const from = out[Math.floor(cell / blockCount)];
    const to = into[cell % blockCount];
    for (let e = 0; e < count; e++, place++) {
      edges.sources[place] = from.stubs[from.next++];
      edges.targets[place] = to.stubs[to.next++];
    }
  });
  return { edges, adjustedStubs };
}

/** How many edges each pair of blocks has, in the order of the profile's mixing. Blocks that got no node get no edge. */
function edgesBetween(profile: Profile, blocks: Uint32Array, blockCount: number, draws: Draws): Uint32Array {
  const edgeCount = Math.round((profile.edgeCount * blocks.length) / profile.nodeCount);
  if (!profile.mixing) return Uint32Array.of(edgeCount);
  const inhabited = new Uint8Array(blockCount);
  for (const block of blocks) inhabited[block] = 1;
  const shares = profile.mixing.map((share, cell) =>
    inhabited[Math.floor(cell / blockCount)] && inhabited[cell % blockCount] ? share : 0,
  );
  return allot(shares, edgeCount, draws);
}

function membersOf(blocks: Uint32Array, blockCount: number): Uint32Array[] {
  const { rowOffsets, neighbors } = rowsOf(
    Math.max(blockCount, blocks.length),
    { sources: blocks, targets: Uint32Array.from(blocks, (_, i) => i) },
    false,
  );
  return Array.from({ length: blockCount }, (_, block) => neighbors.subarray(rowOffsets[block], rowOffsets[block + 1]));
}

interface Stubs {
  stubs: Uint32Array;
  /** The first stub not yet used. */
  next: number;
  adjusted: number;
}

/**
 * The stubs of a block's nodes in random order, as many as are wanted: surplus ones are left out, missing ones are copies of random stubs (or
 * go to random nodes where the block has no stub at all).
 */
function fittedStubs(members: Uint32Array, degrees: Uint32Array, wanted: number, draws: Draws): Stubs {
  const present = dealt(
    members.map(node => degrees[node]),
    draws,
  ).map(index => members[index]);
  const pool = present.length > 0 ? present : members;
  const stubs = new Uint32Array(wanted);
  stubs.set(present.subarray(0, wanted));
  for (let place = present.length; place < wanted; place++) stubs[place] = pool[draws.below(pool.length)];
  if (present.length < wanted) draws.shuffle(stubs);
  return { stubs, next: 0, adjusted: Math.abs(present.length - wanted) };
}

/** Switched until simple. What cannot be mended (a small block that is nearly full) is dropped and counted. */
function simpleGraph(pairing: Pairing, draws: Draws): Graph {
  const { nodeCount, directed, edges } = pairing;
  const { selfLoops, duplicates, switches, unmended } = makeSimple(pairing, draws);
  let rows = rowsOf(nodeCount, edges, !directed);
  let dropped = 0;
  if (unmended > 0) {
    rows = simpleRows(nodeCount, rows);
    const before = directed ? edges.sources.length : 2 * edges.sources.length;
    dropped = (before - rows.neighbors.length) / (directed ? 1 : 2);
  }
  return graphOf(directed, rows, {
    selfLoops: { met: selfLoops, kept: 0 },
    duplicates: { met: duplicates, kept: 0 },
    switches,
    dropped,
  });
}

function simpleRows(nodeCount: number, rows: Rows): Rows {
  const { sources, targets } = edgesOf(rows);
  const proper = (_: number, e: number): boolean => sources[e] !== targets[e];
  const edges = { sources: sources.filter(proper), targets: targets.filter(proper) };
  return mergeDuplicates(nodeCount, rowsOf(nodeCount, edges, false)).rows;
}

function mustFit({ classes }: Profile, nodeCount: number): void {
  const largest = classes.reduce((max, entry) => Math.max(max, entry.out, entry.in), 0);
  if (largest < nodeCount) return;
  throw new GroundswellError({
    what: `the population is too small for the largest degree of the network, ${largest}`,
    where: 'population',
    expected: `at least ${largest + 1}`,
    got: `${nodeCount}`,
  });
}
