// Statistics for tests that measure: tails of distributions, exact distributions, and tests that count how often something came out.

const LANCZOS = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
  12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
];

/** ln Γ(x) for x > 0, to about 14 digits (Lanczos, g = 7). */
export function logGamma(x: number): number {
  if (x < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * x)) - logGamma(1 - x);
  const t = x + 6.5;
  const series = LANCZOS.reduce((sum, c, k) => (k === 0 ? c : sum + c / (x - 1 + k)), 0);
  return 0.5 * Math.log(2 * Math.PI) + (x - 0.5) * Math.log(t) - t + Math.log(series);
}

/** The regularised upper incomplete gamma function Q(a, x): a series for small x, a continued fraction (modified Lentz) otherwise. */
export function upperGamma(a: number, x: number): number {
  if (x <= 0) return 1;
  const front = Math.exp(a * Math.log(x) - x - logGamma(a));
  if (x < a + 1) {
    let term = 1 / a;
    let sum = term;
    for (let n = 1; term > sum * 1e-16; n++) {
      term *= x / (a + n);
      sum += term;
    }
    return 1 - front * sum;
  }
  const tiny = 1e-300;
  let b = x + 1 - a;
  let c = 1 / tiny;
  let d = 1 / b;
  let fraction = d;
  for (let n = 1; n < 100_000; n++) {
    const numerator = -n * (n - a);
    b += 2;
    d = 1 / (numerator * d + b || tiny);
    c = b + numerator / c || tiny;
    fraction *= c * d;
    if (Math.abs(c * d - 1) < 1e-15) break;
  }
  return front * fraction;
}

/** The probability that a chi-square variable exceeds `statistic`. */
export function chiSquareTail(statistic: number, freedom: number): number {
  return upperGamma(freedom / 2, statistic / 2);
}

/** The probability that a standard normal variable is at least as far from 0 as z. */
export function normalTwoSided(z: number): number {
  return upperGamma(0.5, (z * z) / 2);
}

/** The value that a chi-square variable exceeds with probability `alpha`. */
export function chiSquareCritical(freedom: number, alpha: number): number {
  let low = 0;
  let high = freedom + 50 * Math.sqrt(2 * freedom) + 100;
  for (let turn = 0; turn < 100; turn++) {
    const middle = (low + high) / 2;
    if (chiSquareTail(middle, freedom) > alpha) low = middle;
    else high = middle;
  }
  return high;
}

/** The probability that a chi-square test at level `alpha` rejects when its statistic has this noncentrality, n Σ (p − p₀)² / p₀. */
export function chiSquarePower(freedom: number, noncentrality: number, alpha: number): number {
  const critical = chiSquareCritical(freedom, alpha);
  const half = noncentrality / 2;
  const from = Math.max(0, Math.floor(half - 10 * Math.sqrt(half) - 10));
  const to = Math.ceil(half + 10 * Math.sqrt(half) + 20);
  let power = 0;
  for (let j = from; j <= to; j++) {
    const weight = Math.exp(-half + (half > 0 ? j * Math.log(half) : j === 0 ? 0 : -Infinity) - logGamma(j + 1));
    power += weight * chiSquareTail(critical, freedom + 2 * j);
  }
  return power;
}

export interface ChiSquare {
  statistic: number;
  freedom: number;
  /** The probability of a statistic at least as large when the expectation holds. */
  p: number;
}

/** Pearson's test of counts against probabilities. Neighbouring cells are pooled until each is expected at least `least` times. */
export function chiSquareTest(observed: ArrayLike<number>, probabilities: ArrayLike<number>, least = 10): ChiSquare {
  if (observed.length !== probabilities.length) throw new Error('as many counts as probabilities, please');
  const total = Array.from(observed).reduce((sum, count) => sum + count, 0);
  const cells: { seen: number; expected: number }[] = [];
  let open = { seen: 0, expected: 0 };
  for (let k = 0; k < observed.length; k++) {
    open.seen += observed[k];
    open.expected += total * probabilities[k];
    if (open.expected >= least) {
      cells.push(open);
      open = { seen: 0, expected: 0 };
    }
  }
  if (cells.length === 0) throw new Error(`too few observations (${total}) for ${least} in each cell`);
  cells[cells.length - 1].seen += open.seen;
  cells[cells.length - 1].expected += open.expected;
  const statistic = cells.reduce((sum, { seen, expected }) => sum + (seen - expected) ** 2 / expected, 0);
  return { statistic, freedom: cells.length - 1, p: chiSquareTail(statistic, cells.length - 1) };
}

/** The same against equal probabilities. */
export function uniformTest(observed: ArrayLike<number>, least = 10): ChiSquare {
  return chiSquareTest(observed, new Array<number>(observed.length).fill(1 / observed.length), least);
}

/** Counts of keys, as many cells as there are possible keys: those that never came out count 0. */
export function tally(keys: Iterable<string | number>, possible: number): number[] {
  const counts = new Map<string | number, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  if (counts.size > possible) throw new Error(`${counts.size} different outcomes where ${possible} are possible`);
  return [...counts.values(), ...new Array<number>(possible - counts.size).fill(0)];
}

function logChoose(n: number, k: number): number {
  return logGamma(n + 1) - logGamma(k + 1) - logGamma(n - k + 1);
}

function logBeta(a: number, b: number): number {
  return logGamma(a) + logGamma(b) - logGamma(a + b);
}

/** Probabilities of 0 … n successes in n trials. */
export function binomialPmf(n: number, p: number): number[] {
  return Array.from({ length: n + 1 }, (_, k) =>
    Math.exp(logChoose(n, k) + (k > 0 ? k * Math.log(p) : 0) + (k < n ? (n - k) * Math.log1p(-p) : 0)),
  );
}

/** Probabilities of 0 … n successes in n trials whose success probability is Beta(a, b). */
export function betaBinomialPmf(n: number, a: number, b: number): number[] {
  return Array.from({ length: n + 1 }, (_, k) => Math.exp(logChoose(n, k) + logBeta(k + a, n - k + b) - logBeta(a, b)));
}

/** Which of several hypotheses are rejected when the chance of any false rejection is to be `alpha` (Holm 1979). */
export function holm(ps: readonly number[], alpha: number): boolean[] {
  const order = ps.map((_, k) => k).sort((a, b) => ps[a] - ps[b]);
  const rejected = ps.map(() => false);
  for (const [rank, k] of order.entries()) {
    if (ps[k] > alpha / (ps.length - rank)) break;
    rejected[k] = true;
  }
  return rejected;
}

export interface Estimate {
  mean: number;
  /** Standard error of the mean. */
  error: number;
}

/** Mean and standard error of independent values. */
export function estimate(values: ArrayLike<number>): Estimate {
  const all = Array.from(values);
  const mean = all.reduce((sum, x) => sum + x, 0) / all.length;
  const variance = all.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (all.length - 1);
  return { mean, error: Math.sqrt(variance / all.length) };
}

/** Mean and standard error of a share of `n` independent trials whose probability is `p`. */
export function shareError(p: number, n: number): number {
  return Math.sqrt((p * (1 - p)) / n);
}

/** Pearson's correlation coefficient. For independent values, √n times it is close to standard normal. */
export function correlation(xs: ArrayLike<number>, ys: ArrayLike<number>): number {
  const n = xs.length;
  let [sx, sy, sxx, syy, sxy] = [0, 0, 0, 0, 0];
  for (let i = 0; i < n; i++) {
    sx += xs[i];
    sy += ys[i];
    sxx += xs[i] * xs[i];
    syy += ys[i] * ys[i];
    sxy += xs[i] * ys[i];
  }
  return (sxy - (sx * sy) / n) / Math.sqrt((sxx - (sx * sx) / n) * (syy - (sy * sy) / n));
}
