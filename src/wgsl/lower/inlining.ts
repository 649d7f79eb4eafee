// Decides which functions are inlined: all, unless a function would grow too large to be optimised as one.
import type { FunctionIr } from '../ir.ts';
import type { PrivateUse } from './privates.ts';
import { visitBody } from './visit.ts';

/** V8 does not optimise functions beyond 60 kB of bytecode; a node of the IR makes about 8 bytes. */
const MAX_NODES = 6000;
/** Functions this small are inlined whatever the kernel's size: a call would not be smaller. */
const SMALL = 40;

/**
 * Functions to be called instead of inlined, so that neither the entry nor any of them is larger than `maxNodes`, if that can be. `functions` are all that the entry
 * reaches, callees first, the entry last.
 */
export function functionsToCall(
  functions: readonly FunctionIr[],
  uses: ReadonlyMap<FunctionIr, PrivateUse>,
  maxNodes = MAX_NODES,
): ReadonlySet<FunctionIr> {
  const profiles = new Map(functions.map(made => [made, profile(made)]));
  const called = new Set<FunctionIr>();
  const stuck = new Set<FunctionIr>();
  for (;;) {
    const sizes = expandedSizes(profiles, called);
    const excess = (made: FunctionIr): number => sizes.get(made)! - maxNodes;
    const tooLarge = [functions[functions.length - 1], ...called].find(made => excess(made) > 0 && !stuck.has(made));
    if (!tooLarge) return called;
    const candidates = [...sitesWithin(tooLarge, profiles, called)]
      .map(([made, sites]) => {
        const size = sizes.get(made)!;
        return { made, sites, size, saved: sites * (size - 1), exposes: uses.get(made)!.set.size > 0 };
      })
      // a function with a pointer parameter is inlined always: scalars in locals have no address
      .filter(({ made, size }) => size > SMALL && made.params.every(param => param.kind !== 'pointer'));
    const best = bestToCall(candidates, excess(tooLarge), maxNodes);
    if (best) called.add(best.made);
    else stuck.add(tooLarge);
  }
}

interface Candidate {
  made: FunctionIr;
  /** How often it would be inlined. */
  sites: number;
  size: number;
  saved: number;
  /** It sets private variables, which have to live in memory then. */
  exposes: boolean;
}

/** The one that is called least often of those that suffice alone, or else the one that saves most. */
function bestToCall(candidates: readonly Candidate[], excess: number, maxNodes: number): Candidate | undefined {
  // one that is itself too large moves the problem, and helps only if nothing else does
  const small = candidates.filter(({ size }) => size <= maxNodes);
  const sound = small.filter(({ exposes }) => !exposes);
  const preferred = [sound, small, candidates].find(list => list.length > 0) ?? [];
  const enough = preferred.filter(({ saved }) => saved >= excess);
  if (enough.length > 0) return enough.sort((a, b) => a.sites - b.sites || a.size - b.size)[0];
  return [...preferred].sort((a, b) => b.saved - a.saved)[0];
}

/** Nodes of each function with all that is inlined into it. */
function expandedSizes(
  profiles: ReadonlyMap<FunctionIr, Profile>,
  called: ReadonlySet<FunctionIr>,
): Map<FunctionIr, number> {
  const sizes = new Map<FunctionIr, number>();
  for (const [made, { nodes, calls }] of profiles) {
    const inlined = calls.map(callee => (called.has(callee) ? 1 : sizes.get(callee)!));
    sizes.set(
      made,
      inlined.reduce((sum, size) => sum + size, nodes),
    );
  }
  return sizes;
}

/** How often each function is inlined into one, directly or not. */
function sitesWithin(
  outer: FunctionIr,
  profiles: ReadonlyMap<FunctionIr, Profile>,
  called: ReadonlySet<FunctionIr>,
): Map<FunctionIr, number> {
  const sites = new Map([[outer, 1]]);
  for (const [made, { calls }] of [...profiles].reverse()) {
    for (const callee of calls) {
      if (sites.has(made) && !called.has(callee)) sites.set(callee, (sites.get(callee) ?? 0) + sites.get(made)!);
    }
  }
  sites.delete(outer);
  return sites;
}

interface Profile {
  nodes: number;
  /** One entry for each call. */
  calls: FunctionIr[];
}

function profile(made: FunctionIr): Profile {
  const result: Profile = { nodes: 0, calls: [] };
  visitBody(made.body, {
    statement: () => result.nodes++,
    expression: expression => {
      result.nodes += expression.kind !== 'pointer' && expression.type.kind === 'vector' ? expression.type.size : 1;
      if (expression.kind === 'call') result.calls.push(expression.callee);
    },
  });
  return result;
}
