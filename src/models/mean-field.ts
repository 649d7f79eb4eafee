// Mean-field courses: what the update makes of a map for the state of one agent. Exact for complete graphs as N → ∞.
import type { TheoryContext } from '../model/index.ts';

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

/** The values at the given (ascending) steps of x ← advance(x), from `start` at step 0. */
export function iterate<State>(start: State, steps: readonly number[], advance: (state: State) => State): State[] {
  let state = start;
  let at = 0;
  return steps.map(step => {
    for (; at < step; at++) state = advance(state);
    return state;
  });
}
