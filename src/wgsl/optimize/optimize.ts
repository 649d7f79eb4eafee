// Makes a kernel cheaper without changing what it computes: the passes and their order.
import { type Code, type Kernel, scalarsOf, visitCode, visitScalar } from '../code.ts';
import { removeDead } from './dead.ts';
import { hoist } from './hoist.ts';
import { propagate } from './propagate.ts';
import { splitVersions } from './versions.ts';

export function optimize(kernel: Kernel): Kernel {
  let current = splitVersions(propagate(removeDead(kernel)));
  // Each round feeds the next: a dropped first value makes a local constant, a constant folds a branch away. Rounds shrink the
  // kernel or are the last.
  for (let size = Number.POSITIVE_INFINITY; ; ) {
    current = propagate(removeDead(current));
    const next = sizeOf(current.body) + current.routines.reduce((sum, { body }) => sum + sizeOf(body), 0);
    if (next >= size) break;
    size = next;
  }
  return removeDead(hoist(current));
}

function sizeOf(list: readonly Code[]): number {
  let size = 0;
  visitCode(list, code => {
    size++;
    for (const scalar of scalarsOf(code)) visitScalar(scalar, () => size++);
  });
  return size;
}
