// The heat bath, in the fixed-point steps of the Fermi rule: 2Σ/T is cut to 16 fraction bits, and at 32.
import type { Rule } from './society.ts';
import { fermi } from './spatial-dilemma.ts';

export const chooseByHeatBath: Rule = ({ state, me, step, neighbors, draws, params: { temperature } }) => {
  const sum = neighbors.reduce((total, j) => total + (state.opinion[j] === 1 ? 1 : -1), 0);
  return { opinion: Number(draws.bits(0, me, step) >> 33n) < fermi(2 * sum * 65536, temperature) ? 1 : 0 };
};
