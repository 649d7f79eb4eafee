// Which replicas lie side by side. Worlds that look along the same edges are then computed together: an edge is read once for all of them, and a word holds the bits
// of 32. The points of a replica lie side by side in any case.
import { isPlain, isSigned, type Model } from '../model/index.ts';
import type { Spec } from '../spec/spec.ts';
import type { Effects } from './effects.ts';
import type { Neighborhood } from './neighborhood.ts';

/** Strands from which each agent begins with a word of its own, and is computed for so many at a time. */
export const MANY_STRANDS = 16;
/** Strands of a bundle, at most: what more would share is little, and its state has to fit into a cache. */
const MOST_STRANDS = 64;

/**
 * How many replicas make a bundle: 1, or a divisor of their number. Replicas are bundled if they have one graph, stored or computed, all that agents hold is bits, all agents
 * act at once, rules compute in words, and none draws whom it looks at: it would look at another in each replica, so that nothing is shared.
 */
export function bundledReplicas(
  { model, update, replicas, points }: Spec,
  neighborhood: Neighborhood,
  rules: readonly Effects[],
): number {
  const together = update.kind === 'synchronous' || update.kind === 'activation';
  const sharesEdges = neighborhood.graphs === 1 && neighborhood.file !== 'complete';
  const fits = rules.every(rule => rule.inWords && !choosesOthers(rule));
  if (!together || !sharesEdges || !hasBits(model) || !fits) return 1;
  // many points fill the vectors by themselves, and share their draws besides
  if (points.length >= MANY_STRANDS) return 1;
  let best = { bundled: 1, full: 0 };
  for (let bundled = 2; bundled <= replicas && bundled * points.length <= MOST_STRANDS; bundled++) {
    const strands = bundled * points.length;
    if (replicas % bundled !== 0 || strands < MANY_STRANDS) continue;
    const full = strands / (MANY_STRANDS * Math.ceil(strands / MANY_STRANDS));
    if (full > best.full || (full === best.full && strands <= 32)) best = { bundled, full };
  }
  return best.full > 0.5 ? best.bundled : 1;
}

/** Whether a rule reads at others and draws integers: then, most likely, the ones for the others. */
function choosesOthers({ names, readsOfOthers }: Effects): boolean {
  return readsOfOthers.size > 0 && (names.has('below') || names.has('below_at'));
}

/** Whether all that agents hold is bits. */
function hasBits({ fields }: Model): boolean {
  return Object.values(fields).every(field => isPlain(field) && !isSigned(field) && field.high === 1);
}
