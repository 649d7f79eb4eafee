// Ways of learning in a game of two strategies among all others, in the fixed-point steps that the model documents: payoffs with 16 fraction bits, the share of
// defectors met with 30 (rounded down), probabilities with 31 (rounded down, or the interpolated logistic function).
import { adoption } from './llm-conformity.ts';
import type { Rule, Sight } from './society.ts';

const Q16 = 65536;
const CERTAIN = 2 ** 31;
const awayFromZero = (x: number): number => Math.sign(x) * Math.floor(Math.abs(x) + 0.5);
const q16 = (x: number): number => awayFromZero(x * Q16);

/** Payoff of a strategy that meets another. */
function payoff({ params }: Sight, own: number, met: number): number {
  if (own === 0) return q16(met === 0 ? params.reward : params.sucker);
  return q16(met === 0 ? params.temptation : params.punishment) + q16(params.advantage);
}

const defectorsOf = ({ state }: Sight): number => state.strategy.filter(strategy => strategy === 1).length;

/** Mean payoff of an agent with a strategy over all others. */
function expected(sight: Sight, own: number): number {
  const others = sight.state.strategy.length - 1;
  const share = Math.floor((Math.max(0, defectorsOf(sight) - own) * 2 ** 30) / others);
  const least = payoff(sight, own, 0);
  return least + awayFromZero(((payoff(sight, own, 1) - least) * share) / 2 ** 30);
}

/** A random agent other than `from`, by the draw at a site. */
function other({ state, draws, me, step }: Sight, from: number, site: number): number {
  const agents = state.strategy.map((_, i) => i).filter(i => i !== from);
  return agents[draws.below(agents.length, site, me, step)];
}

/** Imitates with a probability (31 fraction bits) that is compared at a site. */
function imitate({ state, draws, me, step }: Sight, model: number, probability: number, site: number) {
  return Number(draws.bits(site, me, step) >> 33n) < probability ? { strategy: state.strategy[model] } : {};
}

export const learnByExpectedPayoff: Rule = sight => {
  const { state, me, pair, params } = sight;
  const model = other(sight, me, 1);
  if (state.strategy[model] === state.strategy[me]) return {};
  const lead = expected(sight, state.strategy[model]) - expected(sight, state.strategy[me]);
  return imitate(sight, model, adoption(awayFromZero((q16(params.selection) * lead) / Q16)), pair ? 2 : 4);
};

export const learnByRealisedPayoff: Rule = sight => {
  const { state, me, pairs } = sight;
  const model = other(sight, me, 1);
  const [mine, its] = pairs ? [pairs[me].partner, pairs[model].partner] : [other(sight, me, 2), other(sight, model, 3)];
  if (mine === me || its === model) return {};
  const earned = (agent: number, met: number) => payoff(sight, state.strategy[agent], state.strategy[met]);
  const all = [0, 1].flatMap(own => [0, 1].map(met => payoff(sight, own, met)));
  const lead = Math.max(0, earned(model, its) - earned(me, mine));
  const probability = lead === 0 ? 0 : Math.floor((lead * CERTAIN) / (Math.max(...all) - Math.min(...all)));
  return imitate(sight, model, probability, pairs ? 2 : 4);
};

export const beReplaced: Rule = sight => {
  const { state, draws, me, step } = sight;
  const defectors = defectorsOf(sight);
  const agents = [state.strategy.length - defectors, defectors];
  const weights = agents.map((count, own) => count && count * Math.max(0, expected(sight, own)));
  const all = weights[0] + weights[1];
  if (all === 0) return {};
  const probability = Math.floor((weights[1] * CERTAIN) / all);
  return { strategy: Number(Number(draws.bits(0, me, step) >> 33n) < probability) };
};
