// The law of llm-conformity in numbers: what its theories share.
import type { TheoryContext } from '../model/index.ts';

export type Params = Readonly<Record<string, number>>;

/** Probability of adopting + when the heard mean is m: [1 + tanh β(m + h)] / 2. */
export function adoption(mean: number, { majority_force, bias, bias_sign }: Params): number {
  return (1 + Math.tanh(majority_force * (mean + bias * bias_sign))) / 2;
}

/** Mean adoption of an agent that hears k others, each misaligned with probability p. */
export function expectedAdoption(k: number, p: number, params: Params): number {
  if (p <= 0 || p >= 1) return adoption(2 * p - 1, params);
  let sum = 0;
  let logWeight = k * Math.log(1 - p);
  for (let j = 0; j <= k; j++) {
    sum += Math.exp(logWeight) * adoption((2 * j) / k - 1, params);
    logWeight += Math.log((k - j) / (j + 1)) + Math.log(p / (1 - p));
  }
  return sum;
}

/** Shares of the population: stubborn agents that are misaligned, and all stubborn ones. */
export function stubborn({ params, population }: TheoryContext): { up: number; all: number } {
  const up = params.zealots_up / population;
  return { up, all: up + params.zealots_down / population };
}
