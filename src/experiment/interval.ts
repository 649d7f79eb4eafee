// Means, variances and confidence intervals. What is made of two runs together is in paired.ts.

/** A mean with the half-width of its confidence interval; `halfWidth` is NaN for fewer than two values. */
export interface Interval {
  mean: number;
  halfWidth: number;
  /** Values that were numbers. */
  count: number;
}

/** The mean of some numbers; NaN of none. */
export const meanOf = (values: readonly number[]): number => values.reduce((sum, x) => sum + x, 0) / values.length;

/** Σ (x − x̄)² / (n − 1), the unbiased variance of a sample, in squared units of the values; at least 0, NaN for fewer than two. */
export function sampleVariance(values: readonly number[]): number {
  const mean = meanOf(values);
  return values.length < 2 ? Number.NaN : values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (values.length - 1);
}

/** The mean of the values that are numbers and its two-sided t-interval, default 95 %. The mean of nothing is NaN. */
export function meanInterval(values: Iterable<number>, confidence = 0.95): Interval {
  const known = [...values].filter(value => !Number.isNaN(value));
  const count = known.length;
  if (count === 0) return { mean: Number.NaN, halfWidth: Number.NaN, count };
  const mean = meanOf(known);
  if (count === 1) return { mean, halfWidth: Number.NaN, count };
  return { mean, halfWidth: tQuantile(confidence, count - 1) * Math.sqrt(sampleVariance(known) / count), count };
}

/** Intervals are asked for at every step of a run, with few different degrees of freedom. */
const quantiles = new Map<string, number>();

/**
 * The t for which a Student variable of `freedom` (an integer from 1) degrees of freedom is within ±t with probability
 * `confidence`, 0 < confidence < 1; exact to about 1e-12.
 */
export function tQuantile(confidence: number, freedom: number): number {
  const key = `${confidence} ${freedom}`;
  const found = quantiles.get(key) ?? bisectQuantile(confidence, freedom);
  quantiles.set(key, found);
  return found;
}

/** The probability that a Student variable of `freedom` (an integer from 1) degrees of freedom is within ±t, t ≥ 0. */
export function tProbability(t: number, freedom: number): number {
  return twoSided(Math.atan(t / Math.sqrt(freedom)), freedom);
}

function bisectQuantile(confidence: number, freedom: number): number {
  // Bisection on the angle atan(t/√ν), over which the probability grows from 0 to 1.
  let [low, high] = [0, Math.PI / 2];
  for (let round = 0; round < 60; round++) {
    const middle = (low + high) / 2;
    if (twoSided(middle, freedom) < confidence) low = middle;
    else high = middle;
  }
  return Math.tan((low + high) / 2) * Math.sqrt(freedom);
}

/** P(|T| < √ν tan θ): Abramowitz & Stegun (1964) 26.7.3 and 26.7.4, finite series for integer ν. */
function twoSided(theta: number, freedom: number): number {
  const odd = freedom % 2 === 1;
  const cosine2 = Math.cos(theta) ** 2;
  if (freedom === 1) return (2 * theta) / Math.PI;
  let term = odd ? Math.cos(theta) : 1;
  let sum = term;
  for (let k = odd ? 3 : 2; k <= freedom - 2; k += 2) {
    term *= ((k - 1) / k) * cosine2;
    sum += term;
  }
  const series = Math.sin(theta) * sum;
  return odd ? (2 / Math.PI) * (theta + series) : series;
}
