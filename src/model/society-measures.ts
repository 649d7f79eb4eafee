// Measures of how values are spread over a population, and how its members stand to each other: makers of the declarations, with what each is. How they
// are computed is the planner's affair.
import type { Binned, Measure, MeasureOptions } from './measures.ts';

/** The population standard deviation (division by N) of a field, in its units. */
export const deviation = (field: string, options: MeasureOptions = {}): Measure => ({
  kind: 'deviation',
  field,
  ...options,
});

/**
 * The value below which a share `q` in [0, 1] of the agents lie, in units of the field: linear inside a bin (default 256) and never outside the smallest and the
 * largest value. It differs from the ⌈qN⌉-th smallest value by less than the width of a bin, and not at all where a bin holds one value.
 */
export const quantile = (field: string, q: number, options: MeasureOptions & Binned = {}): Measure => ({
  kind: 'quantile',
  field,
  q,
  ...options,
});

/**
 * The Gini coefficient Σᵢⱼ |xᵢ − xⱼ| / (2 N² x̄), in [0, 1 − 1/N], of a field that is never negative. From counts and sums in bins (default 256): between bins it
 * is exact, and within them it lies two thirds of the way between the bounds of Gastwirth 1972 (the compromise of Cowell 2011), which errs by at most
 * w Σ s² / (6 x̄), where w is the width of a bin and s the share of agents in each. NaN where all values are 0.
 */
export const gini = (field: string, options: MeasureOptions & Binned = {}): Measure => ({
  kind: 'gini',
  field,
  ...options,
});

/**
 * What the `share` (default 0.01) of agents with the largest values hold of the total, in [0, 1], of a field that is never negative. From counts and sums in bins
 * (default 256); only the bin that the top ends in is not exact: the error is at most w s / (4 x̄), where w is its width and s its share of the agents.
 */
export const topShare = (field: string, options: MeasureOptions & Binned & { share?: number } = {}): Measure => ({
  kind: 'top-share',
  field,
  ...options,
});

/** The Herfindahl index Σ x² / (Σ x)², exact, in [1/N, 1], of a field that is never negative: 1/k where k agents share everything equally. */
export const herfindahl = (field: string, options: MeasureOptions = {}): Measure => ({
  kind: 'herfindahl',
  field,
  ...options,
});

/** The Shannon entropy −Σ p ln p, in nats, of the shares p of agents in equal bins (default as for a histogram). */
export const entropy = (field: string, options: MeasureOptions & Binned = {}): Measure => ({
  kind: 'entropy',
  field,
  ...options,
});

/** The effective number of bins or values, e to the entropy (Hill 1973, order 1): k where k of them are equally common. */
export const effectiveNumber = (field: string, options: MeasureOptions & Binned = {}): Measure => ({
  kind: 'effective-number',
  field,
  ...options,
});

/**
 * Sarle's coefficient of bimodality, (skewness² + 1) / kurtosis, in (0, 1]: 5/9 for an even spread, 1/3 for a normal one, 1 for two points. Population moments,
 * exact for values rounded down to 2⁻¹⁵ of the field's range. NaN where all values are equal.
 */
export const bimodality = (field: string, options: MeasureOptions = {}): Measure => ({
  kind: 'bimodality',
  field,
  ...options,
});

/**
 * Polarisation of Esteban & Ray 1994, Σ pᵢ^(1+α) pⱼ |i − j| / (bins − 1) over bins (default as for a histogram), times 2^(1+α): 1 for two halves at the two ends
 * of the range, 0 for one bin. α is in [0, 1.6], default 1.6: the larger, the more alike those of one camp must be.
 */
export const estebanRay = (field: string, options: MeasureOptions & Binned & { alpha?: number } = {}): Measure => ({
  kind: 'esteban-ray',
  field,
  ...options,
});

/**
 * The number of separate clusters of values: maximal runs of adjacent bins (default as for a histogram) in which each bin holds at least `least` of what an even
 * spread would put there, and which together hold at least a share `least` (default 0.05) of the agents. Values of a category are not adjacent.
 */
export const clusters = (field: string, options: MeasureOptions & Binned & { least?: number } = {}): Measure => ({
  kind: 'clusters',
  field,
  ...options,
});

/**
 * Newman's assortativity of a field over directed links (Newman 2003), in [−1, 1]: for a category (Σ eᵢᵢ − Σ aᵢbᵢ) / (1 − Σ aᵢbᵢ), else the correlation of the two
 * ends, of values rounded down to 2⁻¹⁵ of the field's range. NaN where all ends are alike. On a complete graph −1/(N − 1).
 */
export const assortativity = (field: string): Measure => ({ kind: 'assortativity', field });

/** The mean of a field less the mean of another: a proxy less what it stands for. */
export const gap = (field: string, less: string, options: MeasureOptions = {}): Measure => ({
  kind: 'gap',
  field,
  less,
  ...options,
});

/**
 * The misalignment of Kierans et al. 2024 (arXiv:2406.04231), Σ_{i<j} C(gᵢ, gⱼ) √(wᵢ wⱼ) / (N (N − 1) / 2): the conflict of the goals of two agents, by the weight
 * of both, over all pairs. Goals are equal bins of the field (default as for a histogram). `conflict`: a symmetric matrix with entries in [0, 1]; default
 * |g − h| / (bins − 1). `weight`: a field that is never negative; default 1. √w is an integer root, too small by less than 2⁻¹⁵ √(largest w); all else is exact.
 */
export const misalignment = (
  field: string,
  options: MeasureOptions & Binned & { weight?: string; conflict?: readonly (readonly number[])[] } = {},
): Measure => ({ kind: 'misalignment', field, ...options });
