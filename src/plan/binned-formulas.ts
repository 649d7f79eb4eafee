// Closing formulas of what is counted in equal bins, as plain functions of numbers. Values are encoded integers; a bin holds those from `low + b width` to
// `low + (b + 1) width − 1`, or to `high` if that is less.
import { ln } from '../exact.ts';
import { exactExp } from '../fixed.ts';

/** How many values there are in each bin, and the bins. */
export interface Counted {
  counts: readonly number[];
  low: number;
  high: number;
  width: number;
}

/** Besides, in each bin the sum of what its values exceed its lower end by. */
export interface Summed extends Counted {
  excesses: readonly number[];
}

const sumOf = (numbers: readonly number[]): number => numbers.reduce((sum, x) => sum + x, 0);
const lowerEnd = ({ low, width }: Counted, bin: number): number => low + bin * width;

/** What the largest value that a bin may hold exceeds its lower end by: 0 where it holds one value only. */
function spanOf(bins: Counted, bin: number): number {
  return Math.min(bins.width, bins.high + 1 - lowerEnd(bins, bin)) - 1;
}

/** The value below which a share `q` lies, linear inside its bin; `least` and `most` are the smallest and the largest value. NaN without values. */
export function quantileOf(bins: Counted, q: number, least: number, most: number): number {
  const target = q * sumOf(bins.counts);
  let before = 0;
  for (const [bin, count] of bins.counts.entries()) {
    if (count === 0) continue;
    if (before + count >= target) {
      const span = spanOf(bins, bin);
      const inside = span === 0 ? 0 : ((target - before) / count) * (span + 1);
      return Math.min(most, Math.max(least, lowerEnd(bins, bin) + inside));
    }
    before += count;
  }
  return Number.NaN;
}

/**
 * The largest possible Σ |x − y| over the pairs of `count` values in [0, span] whose sum is `excess`: all at the two ends but one (the sum is convex, so that it is
 * largest at a corner).
 */
function widestPairs(count: number, span: number, excess: number): number {
  if (span === 0) return 0;
  const atTop = Math.min(count, Math.floor(excess / span));
  const between = excess - atTop * span;
  const atBottom = count - atTop - (between > 0 ? 1 : 0);
  const ofOne = between > 0 ? atTop * (span - between) + atBottom * between : 0;
  return atTop * atBottom * span + ofOne;
}

/** Σ |x − y| over pairs: exact between bins, and within them two thirds of the largest possible. */
export function giniOf(bins: Summed): number {
  let [count, total, pairs] = [0, 0, 0];
  for (const [bin, own] of bins.counts.entries()) {
    const sum = own * lowerEnd(bins, bin) + bins.excesses[bin];
    pairs += count * sum - total * own + (2 / 3) * widestPairs(own, spanOf(bins, bin), bins.excesses[bin]);
    count += own;
    total += sum;
  }
  return pairs / (count * total);
}

/** What the top `share` holds of the total. The bin in which it ends counts as evenly filled around its mean. */
export function topShareOf(bins: Summed, share: number): number {
  const sums = bins.counts.map((own, bin) => own * lowerEnd(bins, bin) + bins.excesses[bin]);
  let left = share * sumOf(bins.counts);
  let held = 0;
  for (let bin = sums.length - 1; bin >= 0 && left > 0; bin--) {
    const own = bins.counts[bin];
    if (own <= left) held += sums[bin];
    else held += left * lowerEnd(bins, bin) + topOf(own, spanOf(bins, bin), bins.excesses[bin], left);
    left -= own;
  }
  return held / sumOf(sums);
}

/** What the `top` largest of `count` values in [0, span] with the sum `excess` add up to, if they are evenly spread; not beyond what is possible. */
function topOf(count: number, span: number, excess: number, top: number): number {
  const mean = excess / count;
  const even = top * (mean + (span / 2) * (1 - top / count));
  return Math.min(even, top * span, excess);
}

/** −Σ p ln p. */
export function entropyOf(counts: readonly number[]): number {
  const total = sumOf(counts);
  if (total === 0) return Number.NaN;
  return counts.reduce((sum, count) => (count === 0 ? sum : sum - (count / total) * ln(count / total)), 0);
}

/** e to the entropy. */
export function effectiveNumberOf(counts: readonly number[]): number {
  return exactExp(entropyOf(counts));
}

/** Esteban & Ray 1994, so scaled that two halves in the first and the last bin give 1. */
export function estebanRayOf(counts: readonly number[], alpha: number): number {
  const total = sumOf(counts);
  if (total === 0) return Number.NaN;
  if (counts.length === 1) return 0;
  const shares = counts.map(count => count / total);
  const powers = shares.map(share => (share === 0 ? 0 : exactExp((1 + alpha) * ln(share))));
  let sum = 0;
  for (const [i, power] of powers.entries()) {
    for (const [j, share] of shares.entries()) sum += power * share * Math.abs(i - j);
  }
  return (exactExp((1 + alpha) * Math.LN2) * sum) / (counts.length - 1);
}

/** Runs of bins, each with at least `least` of an even share, which together hold at least a share `least`; bins of a category are runs by themselves. */
export function clustersOf(counts: readonly number[], least: number, adjacent: boolean): number {
  const total = sumOf(counts);
  if (total === 0) return Number.NaN;
  let clusters = 0;
  let run = 0;
  const end = (): void => {
    if (run > 0 && run >= least * total) clusters++;
    run = 0;
  };
  for (const count of counts) {
    const occupied = count > 0 && count * counts.length >= least * total;
    if (!occupied || !adjacent) end();
    if (occupied) run += count;
  }
  end();
  return clusters;
}
