// Makes a kernel cheaper without changing what it computes: the passes and their order.
import { type Kernel, sizeOf } from '../code.ts';
import { dropKnownComparisons } from './bounds.ts';
import { removeDead } from './dead.ts';
import { hoist } from './hoist.ts';
import { shareLoads } from './loads.ts';
import { propagate } from './propagate.ts';
import { unrollLoops } from './unroll.ts';
import { dropUnreadStarts, forwardCopies, splitVersions } from './versions.ts';

export function optimize(kernel: Kernel): Kernel {
  const unrolled = propagate(unrollLoops(propagate(removeDead(kernel))));
  let current = splitVersions(dropUnreadStarts(propagate(removeDead(unrolled))));
  // Each round feeds the next: a dropped first value makes a local constant, a constant folds a branch away. Rounds shrink the
  // kernel or are the last.
  for (let size = Number.POSITIVE_INFINITY; ; ) {
    current = propagate(forwardCopies(dropKnownComparisons(removeDead(current))));
    const next = sizeOf(current.body) + current.routines.reduce((sum, { body }) => sum + sizeOf(body), 0);
    if (next >= size) break;
    size = next;
  }
  return removeDead(shareLoads(hoist(current)));
}
