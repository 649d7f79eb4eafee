// Many checks at once: what a paired effect is worth as one of several. Holm 1979, Scand. J. Statist. 6:65.
import { tProbability, tQuantile } from './interval.ts';
import type { PairedEffect } from './paired.ts';

/** The two-sided p-value of a paired t-test that an effect is zero, in [0, 1]. 1 where the sides are equal or there are fewer than two pairs. */
export function pValue({ effect: { mean, halfWidth, count }, equal }: PairedEffect): number {
  if (equal || count < 2) return 1;
  if (halfWidth === 0) return 0;
  return 1 - tProbability((Math.abs(mean) / halfWidth) * tQuantile(0.95, count - 1), count - 1);
}

/** The p-values adjusted: rejecting those below a level is false anywhere among all with at most the probability of that level, by Holm's step-down method. */
export function holm(values: readonly number[]): number[] {
  const order = values.map((_, i) => i).sort((i, j) => values[i] - values[j]);
  const adjusted: number[] = [];
  let most = 0;
  for (const [rank, i] of order.entries()) {
    most = Math.max(most, Math.min(1, (values.length - rank) * values[i]));
    adjusted[i] = most;
  }
  return adjusted;
}
