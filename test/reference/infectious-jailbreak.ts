// The first of a pair asks, the second answers. Carriers recover with probability γ; a carrier's question infects with probability β.
import type { Rule } from './society.ts';

export const infectAnswerer: Rule = ({ state, me, step, pair, draws, params: { infection, recovery } }) => {
  if (state.carrier[me] === 1) return draws.chance(recovery, 0, me, step) ? { carrier: 0 } : {};
  const asked = pair!.partner !== me && !pair!.first && state.carrier[pair!.partner] === 1;
  return asked && draws.chance(infection, 1, me, step) ? { carrier: 1 } : {};
};
