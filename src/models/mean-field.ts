// What the update makes of a mean field, which says what becomes of the agents that act. Exact for complete graphs as N → ∞.
import type { ScalarMap, TheoryContext } from '../model/index.ts';

/**
 * Chance that an agent acts in a step. In a pairing of everyone exactly one of two does; in a sequential step one of N. Class by class everyone does, though later
 * classes see what earlier ones did, which a map for all at once does not know.
 */
export function actingShare({ update, population }: TheoryContext): number {
  switch (update.kind) {
    case 'synchronous':
    case 'sublattice':
      return 1;
    case 'activation':
      return update.activation ?? 1;
    case 'pairing':
      return 0.5;
    case 'sequential':
      return 1 / population;
  }
}

/** The map of a step in which only those who act move: x + rate · (f(x) − x), f the map of a step in which all do. */
export function acting(context: TheoryContext, map: ScalarMap): ScalarMap {
  const rate = actingShare(context);
  return rate === 1 ? map : x => x + rate * (map(x) - x);
}
