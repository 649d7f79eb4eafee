// The annealed mean field by degree (Pastor-Satorras & Vespignani 2001): whom an agent looks at is drawn anew in each step, in proportion to how many look at
// each. An approximation for random graphs; on rings and lattices, where neighbours of neighbours are neighbours, it would mislead.
import type { StateMap, TheoryContext } from '../model/index.ts';
import { actingShare } from './mean-field.ts';

const STRUCTURED = ['complete', 'ring', 'lattice'];

/**
 * The map of the shares with state 1, by class of degrees, from their common start. `next` says with which probability an agent that acts has state 1
 * afterwards: from what it looks at (the chance that one of those has state 1), its class's share and how many it looks at. Undefined where the approximation
 * has no place.
 */
export function annealedMap(
  context: TheoryContext,
  start: number,
  next: (seen: number, own: number, out: number) => number,
): StateMap | undefined {
  const { kind, degrees } = context.topology;
  const links = degrees?.reduce((sum, { in: lookers, share }) => sum + lookers * share, 0) ?? 0;
  if (!degrees || links === 0 || STRUCTURED.includes(kind)) return undefined;
  const rate = actingShare(context);
  const mean = (weights: readonly number[], shares: readonly number[]): number =>
    weights.reduce((sum, weight, c) => sum + weight * shares[c], 0);
  const attention = degrees.map(({ in: lookers, share }) => (lookers * share) / links);
  const sizes = degrees.map(({ share }) => share);
  return {
    start: degrees.map(() => start),
    next(shares) {
      const seen = mean(attention, shares);
      return shares.map((own, c) => own + rate * (next(seen, own, degrees[c].out) - own));
    },
    measure: shares => mean(sizes, shares),
  };
}
