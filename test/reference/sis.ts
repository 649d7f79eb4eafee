// Recovers with probability γ if infected; else escapes each infected one that it looks at with probability 1 − β, one after the other.
import type { Rule } from './society.ts';

export const catchOrRecover: Rule = ({ state, me, step, neighbors, draws, params: { infection, recovery } }) => {
  if (state.infected[me] === 1) return { infected: draws.chance(recovery, 0, me, step) ? 0 : 1 };
  const escapes = neighbors.filter(j => state.infected[j] === 1).reduce(product => product * (1 - infection), 1);
  return { infected: draws.chance(1 - escapes, 0, me, step) ? 1 : 0 };
};
