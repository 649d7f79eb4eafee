// Statistics of two runs on the same draws: the effect over pairs of replicas, how large it is, and what the pairing gained. Numbers only; what the pairs are is
// told by whoever makes them.
import { type Interval, meanInterval, sampleVariance } from './interval.ts';

/** What two sides differ by, over the replicas in which both have a value. */
export interface PairedEffect {
  /** Over the replicas of either side alone. */
  a: Interval;
  b: Interval;
  /** The mean of b − a and its two-sided 95 % t-interval. Where all differences are exactly zero the interval is empty (half-width 0) whatever the number of replicas. */
  effect: Interval;
  /** Whether b equals a, to the last bit, in every replica. */
  equal: boolean;
  /** Cohen's d with the root of the mean of the two variances (d_av of Lakens 2013, Front. Psychol. 4 863); undefined where neither side varies. */
  size: number | undefined;
  /** 1 − Var(b − a) / (Var a + Var b): the variance of an unpaired difference that the pairing removed; below 0 where it added some. Undefined where neither side varies. */
  varianceRemoved: number | undefined;
}

/** At which measured steps an effect shows. Each is undefined where there is no such step. */
export interface Onset {
  /** The first at which the sides differ in any replica. */
  differs: number | undefined;
  /** The first at which 0 is outside the interval of the effect. */
  first: number | undefined;
  /** The first from which on 0 is outside it up to the end. */
  lasting: number | undefined;
}

/** Standard deviations below this part of the values are rounding. */
const ROUNDING = 1e-12;

/** The effect of side b over side a; `a[k]` and `b[k]` are of one replica. Pairs with NaN are left out. */
export function pairedEffect(a: readonly number[], b: readonly number[]): PairedEffect {
  const pairs = a.flatMap((value, k) => (Number.isNaN(value) || Number.isNaN(b[k]) ? [] : [[value, b[k]] as const]));
  const [ofA, ofB] = [pairs.map(([value]) => value), pairs.map(([, value]) => value)];
  const differences = pairs.map(([before, after]) => after - before);
  const equal = pairs.length > 0 && differences.every(difference => difference === 0);
  const effect = meanInterval(differences);
  const both = sampleVariance(ofA) + sampleVariance(ofB);
  const scale = Math.max(0, ...[...ofA, ...ofB].map(Math.abs));
  const varies = Math.sqrt(both) > ROUNDING * scale;
  return {
    a: meanInterval(ofA),
    b: meanInterval(ofB),
    effect: equal ? { mean: 0, halfWidth: 0, count: pairs.length } : effect,
    equal,
    size: varies ? effect.mean / Math.sqrt(both / 2) : undefined,
    varianceRemoved: varies ? 1 - sampleVariance(differences) / both : undefined,
  };
}

/** Whether 0 is outside the interval of an effect. False where there is none, as of one replica. */
export function leavesZero({ effect }: PairedEffect): boolean {
  return Math.abs(effect.mean) > effect.halfWidth;
}

/** When an effect shows, from the effects at ascending steps. The intervals hold for each step alone: of many steps without any effect about one in twenty leaves 0. */
export function onsetOf(steps: readonly number[], effects: readonly PairedEffect[]): Onset {
  const differs = effects.findIndex(({ equal, effect }) => effect.count > 0 && !equal);
  const first = effects.findIndex(leavesZero);
  const lastInside = effects.findLastIndex(effect => !leavesZero(effect));
  return { differs: steps[differs], first: steps[first], lasting: steps[lastInside + 1] };
}
