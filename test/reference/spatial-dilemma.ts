// The weak prisoner's dilemma between neighbours, as rules for a society: payoffs with 16 fraction bits, probabilities with 31, rounded as the model documents.
import { adoption } from './llm-conformity.ts';
import type { Rule, Sight } from './society.ts';

const Q16 = 65536;
const ENDS_AT = 32;

export const playNeighbors: Rule = ({ state, me, neighbors, params }) => {
  const cooperators = neighbors.filter(j => state.strategy[j] === 0).length;
  const defects = state.strategy[me] === 1;
  const payoff = defects
    ? cooperators * Math.round(params.temptation * Q16)
    : (cooperators + params.self_interaction) * Q16;
  return { payoff: Math.min(payoff, 2 ** 30) };
};

/** The agent takes a strategy of the best, among itself and its neighbours; its own, if that is one of them. */
export const imitateBest: Rule = ({ state: { strategy, payoff }, me, neighbors }) => {
  const around = [me, ...neighbors];
  const most = Math.max(...around.map(j => payoff[j]));
  const best = around.filter(j => payoff[j] === most).map(j => strategy[j]);
  return { strategy: best.includes(strategy[me]) ? strategy[me] : best[0] };
};

/** Probability of imitation, 31 fraction bits: the quotient by the noise is cut to 16 fraction bits, and at 32. */
export function fermi(advantage: number, noise: number): number {
  const size = Math.min(Math.floor((Math.abs(advantage) * Q16) / Math.round(noise * Q16)), ENDS_AT * Q16);
  return adoption(advantage < 0 ? -size : size);
}

export const imitateRandom: Rule = ({ state, me, step, neighbors, draws, params }: Sight) => {
  if (neighbors.length === 0) return {};
  const model = neighbors[draws.below(neighbors.length, 0, me, step)];
  if (state.strategy[model] === state.strategy[me]) return {};
  const probability = fermi(state.payoff[model] - state.payoff[me], params.noise);
  return Number(draws.bits(1, me, step) >> 33n) < probability ? { strategy: state.strategy[model] } : {};
};
