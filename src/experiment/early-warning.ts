// Early-warning signals of a tipping point: near one, a population recovers ever more slowly from small disturbances, so that what a rolling window sees of it
// becomes more alike from one measured step to the next, and varies more (Scheffer et al. 2009, Nature 461:53; Dakos et al. 2012, PLoS ONE 7:e41010).
import { GroundswellError } from '../errors.ts';
import { exactExp } from '../fixed.ts';
import { meanOf, sampleVariance } from './interval.ts';

/**
 * How alike neighbours in a series are: Σ (xₜ − x̄)(xₜ₊₁ − x̄) / Σ (xₜ − x̄)². No unit; in [−1, 1], 0 for independent values, φ for a long AR(1) series xₜ₊₁ = φ xₜ + noise.
 * The values must be equally far apart. NaN where they are all equal. Dakos et al. 2012.
 */
export function lagOneAutocorrelation(values: readonly number[]): number {
  const mean = meanOf(values);
  let [together, alone] = [0, 0];
  for (const [t, value] of values.entries()) {
    alone += (value - mean) ** 2;
    if (t > 0) together += (values[t - 1] - mean) * (value - mean);
  }
  return together / alone;
}

/**
 * Kendall's τ-b of a series with time: (pairs that rise − pairs that fall) / √(pairs × pairs that are not equal). No unit; in [−1, 1]: 1 for a series that always rises. NaN
 * for a constant one. Kendall 1938 and 1945 (ties).
 */
export function kendallTau(values: readonly number[]): number {
  let [rising, falling, pairs] = [0, 0, 0];
  for (let later = 1; later < values.length; later++) {
    for (let earlier = 0; earlier < later; earlier++) {
      pairs++;
      if (values[later] > values[earlier]) rising++;
      if (values[later] < values[earlier]) falling++;
    }
  }
  return (rising - falling) / Math.sqrt(pairs * (rising + falling));
}

/** How early warnings are looked for. */
export interface EarlyWarningOptions {
  /** What the window measures. Default `autocorrelation`, at lag 1. */
  statistic?: 'autocorrelation' | 'variance';
  /** Values in a window, as a share of the series in (0, 1]. Default 0.5. */
  window?: number;
  /** Width (standard deviation) of the Gaussian kernel of the local trend that is taken off first, as a share of the series. Default 0.1; 0 takes off nothing. */
  bandwidth?: number;
}

/** What the course of a statistic says. */
export interface EarlyWarning {
  /** Kendall's τ of the statistic with time, in [−1, 1]: near 1 is a warning. */
  tau: number;
  /** The statistic of the window that ends at each value, from the first that fills it. */
  statistic: number[];
}

/**
 * Whether a statistic of a rolling window rises as time goes on. The series ends before the transition, and its values are equally far apart. A τ means little by itself: compare
 * it with those of runs that do not tip. Dakos et al. 2012.
 */
export function earlyWarning(values: readonly number[], options: EarlyWarningOptions = {}): EarlyWarning {
  const { statistic = 'autocorrelation', window = 0.5, bandwidth = 0.1 } = options;
  const size = Math.round(window * values.length);
  if (!(size >= 3 && size <= values.length)) {
    const expected = 'a share that makes at least 3 values, and not more than there are';
    throw new GroundswellError({
      what: 'bad window',
      where: 'earlyWarning',
      expected,
      got: `${size} of ${values.length}`,
    });
  }
  const rest = bandwidth > 0 ? withoutTrend(values, bandwidth * values.length) : values;
  const measure = statistic === 'variance' ? sampleVariance : lagOneAutocorrelation;
  const windows = Array.from({ length: values.length - size + 1 }, (_, from) => measure(rest.slice(from, from + size)));
  return { tau: kendallTau(windows), statistic: windows };
}

/** What a line leaves that is fitted around each value with the weights of a Gaussian kernel: unlike a mean, it has no bias where a trend meets the ends of the series. */
function withoutTrend(values: readonly number[], width: number): number[] {
  const weights = values.map((_, distance) => exactExp(-Math.min(700, (distance / width) ** 2 / 2)));
  return values.map((value, t) => {
    let [w, wd, wdd, wx, wdx] = [0, 0, 0, 0, 0];
    for (const [other, x] of values.entries()) {
      const weight = weights[Math.abs(t - other)];
      const distance = other - t;
      w += weight;
      wd += weight * distance;
      wdd += weight * distance ** 2;
      wx += weight * x;
      wdx += weight * distance * x;
    }
    return value - (wdd * wx - wd * wdx) / (w * wdd - wd * wd);
  });
}
