// Adopts 1 with probability [1 + tanh β(m + h)] / 2 of the heard mean m, in the fixed-point steps that the model documents: m with 16 fraction bits (its size rounded
// down), 2β(m + h) with 16 (rounded half away from zero), and the probability interpolated between multiples of 1/128.
import type { Rule } from './society.ts';

const Q16 = 65536;

/** The logistic function at i / 128, with 31 fraction bits. */
function tableValue(i: number): number {
  return Math.round(2 ** 31 / (1 + Math.exp(-i / 128)));
}

/** The logistic function of x (16 fraction bits) with 31 fraction bits, as kernels interpolate it. */
export function adoption(x: number): number {
  const size = Math.min(Math.abs(x), 32 * Q16);
  const i = Math.min(Math.floor(size / 512), 4095);
  const value = tableValue(i) + Math.floor(((tableValue(i + 1) - tableValue(i)) * (size - i * 512)) / 512);
  return x < 0 ? 2 ** 31 - value : value;
}

export const conformToMajority: Rule = ({ state, me, step, neighbors, draws, params }) => {
  if (neighbors.length === 0 || state.zealot[me] === 1) return {};
  const heard = neighbors.length;
  const lead = neighbors.reduce((sum, other) => sum + (state.opinion[other] === 1 ? 1 : -1), 0);
  const mean = Math.sign(lead) * Math.floor((Math.abs(lead) * Q16) / heard);
  const force = mean + Math.round(params.bias * Q16) * params.bias_sign;
  const product = 2 * Math.round(params.majority_force * Q16) * force;
  const x = Math.sign(product) * Math.floor(Math.abs(product) / Q16 + 0.5);
  return { opinion: Number(draws.bits(0, me, step) >> 33n) < adoption(x) ? 1 : 0 };
};
