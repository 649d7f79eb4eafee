// Weighing what is heard against one's first opinion, stated with exact rationals and one rounding where the rule has one.
import type { Rule } from './society.ts';

const WHOLE = 2n ** 31n;

/** a / b, b > 0, rounded half away from zero. */
function divide(a: bigint, b: bigint): bigint {
  const size = ((a < 0n ? -a : a) * 2n + b) / (2n * b);
  return a < 0n ? -size : size;
}

/** λ × heard + (1 − λ) × innate. */
function weigh(susceptibility: number, heard: bigint, innate: number): { opinion: number } {
  const lambda = BigInt(Math.round(susceptibility * 2 ** 31));
  return { opinion: Number(divide(lambda * heard + (WHOLE - lambda) * BigInt(innate), WHOLE)) };
}

/** Everyone is heard, oneself included. */
export const weighEveryone: Rule = ({ state, me, params }) => {
  const sum = state.opinion.reduce((total, opinion) => total + BigInt(opinion), 0n);
  return weigh(params.susceptibility, divide(sum, BigInt(state.opinion.length)), state.innate[me]);
};

/** Neighbours are heard by equal shares, in units of 2⁻³¹ of which the first have one more; who has none hears itself. */
export const weighNeighbors: Rule = ({ state, me, neighbors, params }) => {
  if (neighbors.length === 0) return weigh(params.susceptibility, BigInt(state.opinion[me]), state.innate[me]);
  const links = BigInt(neighbors.length);
  const sum = neighbors.reduce(
    (total, other, k) => total + (WHOLE / links + (BigInt(k) < WHOLE % links ? 1n : 0n)) * BigInt(state.opinion[other]),
    0n,
  );
  return weigh(params.susceptibility, divide(sum, WHOLE), state.innate[me]);
};

/** The word of an opinion drawn from [−1, 1] by a uniform number in [0, 1). */
export const innateOpinion = (unit: number): number => {
  const scaled = (2 * unit - 1) * 2 ** 29;
  return scaled < 0 ? -Math.round(-scaled) : Math.round(scaled);
};
