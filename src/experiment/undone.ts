// The share of a damage that a lever undoes: a ratio of two paired effects, and its interval. Fieller 1954, J. R. Stat. Soc. B 16:175.
import { meanOf, tQuantile } from './interval.ts';

/** A share with its two-sided 95 % interval, which need not be symmetric; absent where the damage is too uncertain to divide by. */
export interface Share {
  value: number;
  low?: number;
  high?: number;
}

/**
 * Σ gains / Σ damages over paired replicas: (lever − risk) / (control − risk), 0: nothing is undone, 1: all. Fieller's interval is exact for normal pairs; it is bounded only where the
 * interval of the damage leaves zero out.
 */
export function shareUndone(gains: readonly number[], damages: readonly number[]): Share {
  const pairs = gains.flatMap((gain, k) =>
    Number.isNaN(gain) || Number.isNaN(damages[k]) ? [] : [[gain, damages[k]]],
  );
  const n = pairs.length;
  const means = [0, 1].map(of => meanOf(pairs.map(pair => pair[of])));
  const [gain, damage] = means;
  const value = gain / damage;
  if (n < 2) return { value };
  const factor = tQuantile(0.95, n - 1) ** 2 / (n * (n - 1));
  const spread = (i: 0 | 1, j: 0 | 1): number =>
    factor * pairs.reduce((sum, pair) => sum + (pair[i] - means[i]) * (pair[j] - means[j]), 0);
  const a = damage ** 2 - spread(1, 1);
  const b = gain * damage - spread(0, 1);
  const c = gain ** 2 - spread(0, 0);
  const root = b ** 2 - a * c;
  if (!(a > 0 && root >= 0)) return { value };
  return { value, low: (b - Math.sqrt(root)) / a, high: (b + Math.sqrt(root)) / a };
}
