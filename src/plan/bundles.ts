// Which replicas lie side by side. Worlds that look along the same edges are then computed together: an edge is read once for all of them, and a word holds the bits
// of 32. The points of a replica lie side by side in any case.
import { isPlain, isSigned, type Model } from '../model/index.ts';
import type { Spec } from '../spec/spec.ts';
import type { Neighborhood } from './neighborhood.ts';

/** Strands from which each agent begins with a word of its own, and is computed for so many at a time. */
export const MANY_STRANDS = 16;
/** Strands of a bundle, at most: what more would share is little, and its state has to fit into a cache. */
const MOST_STRANDS = 64;

/**
 * How many replicas make a bundle: 1, or a divisor of their number. Replicas are bundled if they have one graph that is stored or computed, their state is one bit or
 * several an agent, and all agents act at once.
 */
export function bundledReplicas({ model, update, replicas, points }: Spec, neighborhood: Neighborhood): number {
  const together = update.kind === 'synchronous' || update.kind === 'activation';
  const sharesEdges = neighborhood.graphs === 1 && neighborhood.file !== 'complete';
  // many points fill the vectors by themselves, and share their draws besides
  if (!together || !sharesEdges || !hasBits(model) || points.length >= MANY_STRANDS) return 1;
  let best = { bundled: 1, full: 0 };
  for (let bundled = 2; bundled <= replicas && bundled * points.length <= MOST_STRANDS; bundled++) {
    const strands = bundled * points.length;
    if (replicas % bundled !== 0 || strands < MANY_STRANDS) continue;
    const full = strands / (MANY_STRANDS * Math.ceil(strands / MANY_STRANDS));
    if (full > best.full || (full === best.full && strands <= 32)) best = { bundled, full };
  }
  return best.full > 0.5 ? best.bundled : 1;
}

/** Whether all that agents hold is a bit or several. */
function hasBits({ fields }: Model): boolean {
  return Object.values(fields).every(field => isPlain(field) && !isSigned(field) && field.high === 1);
}
