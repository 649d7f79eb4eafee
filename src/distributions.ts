// The distributions that values can be drawn from: their keys, and how a value comes from uniform numbers by exactly defined arithmetic
// (+ − × ÷, square roots, and the logarithm and exponential made of them), so that every machine draws the same bits. Not where the
// uniform numbers come from, and not what the values are for.
import { ln } from './exact.ts';
import { exactExp } from './fixed.ts';

/** The next uniform number in (0, 1], with 53 random bits. */
export type Unit = () => number;

/** A key of a distribution. */
interface Key {
  about: string;
  min: number;
  max: number;
}

/** A distribution of real numbers. */
interface Distribution {
  about: string;
  /** Its keys in the order of a short form, as in `normal(0.8, 0.1)`. */
  keys: Readonly<Record<string, Key>>;
  /** One value. */
  draw(of: Readonly<Record<string, number>>, unit: Unit): number;
  /** One integer; absent: a value is rounded. */
  drawInteger?(of: Readonly<Record<string, number>>, unit: Unit): number;
}

/** Beyond this nothing that a field or parameter can hold is lost. */
const FAR = 2 ** 32;
const real = (about: string): Key => ({ about, min: -FAR, max: FAR });
const spread = (about: string, max = FAR): Key => ({ about, min: 0, max });
/** Shapes from a thousandth to a million: below, every gamma value is 0 or huge; above, it is as good as normal. */
const shape = (about: string): Key => ({ about, min: 1e-3, max: 1e6 });

/** Distributions by name. `uniform` is the only one whose range is its own: it has the keys `min` and `max`, which bound all others. */
export const DISTRIBUTIONS: Readonly<Record<DistributionName, Distribution>> = {
  uniform: {
    about: 'Every value from min to max is as likely as any other; for integers, both ends included.',
    keys: { min: real('The smallest value.'), max: real('The largest value.') },
    draw: ({ min, max }, unit) => min + (max - min) * (1 - unit()),
    drawInteger: ({ min, max }, unit) => min + Math.floor((max - min + 1) * (1 - unit())),
  },
  normal: {
    about: 'Gaussian.',
    keys: {
      mean: real('The mean, before values outside of the range are drawn again.'),
      sd: spread('The standard deviation.'),
    },
    draw: ({ mean, sd }, unit) => mean + sd * standardNormal(unit),
  },
  lognormal: {
    about: 'Its logarithm is normal.',
    keys: {
      median: { about: 'The median.', min: 1e-9, max: FAR },
      sigma: spread('The standard deviation of the natural logarithm.', 50),
    },
    draw: ({ median, sigma }, unit) => median * exactExp(sigma * standardNormal(unit)),
  },
  exponential: {
    about: 'Exponential.',
    keys: { mean: spread('The mean.') },
    draw: ({ mean }, unit) => -mean * ln(unit()),
  },
  gamma: {
    about: 'Gamma; its mean is shape × scale.',
    keys: { shape: shape('The shape.'), scale: spread('The scale.') },
    draw: ({ shape: k, scale }, unit) => scale * exactExp(Math.max(-EXTREME, lnGamma(k, unit))),
  },
  beta: {
    about: 'Beta, from 0 to 1; its mean is alpha / (alpha + beta).',
    keys: { alpha: shape('The first shape.'), beta: shape('The second shape.') },
    draw: ({ alpha, beta }, unit) => {
      // X / (X + Y) of two gamma values, by their logarithms, since with small shapes both underflow
      const ratio = lnGamma(beta, unit) - lnGamma(alpha, unit);
      return 1 / (1 + exactExp(Math.max(-EXTREME, Math.min(EXTREME, ratio))));
    },
  },
};

export type DistributionName = 'uniform' | 'normal' | 'lognormal' | 'exponential' | 'gamma' | 'beta';

/** `exactExp` holds within ±745 below and 709 above. */
const EXTREME = 700;

/** A standard normal number: the polar method (Marsaglia & Bray 1964), of whose two the second is left. */
function standardNormal(unit: Unit): number {
  for (;;) {
    const x = 2 * unit() - 1;
    const y = 2 * unit() - 1;
    const s = x * x + y * y;
    if (s > 0 && s < 1) return x * Math.sqrt((-2 * ln(s)) / s);
  }
}

/**
 * The logarithm of a gamma number of scale 1: Marsaglia & Tsang 2000, "A simple method for generating gamma variables". Shapes below 1
 * by a number of the next shape times U^(1 / shape).
 */
function lnGamma(k: number, unit: Unit): number {
  const boost = k < 1 ? ln(unit()) / k : 0;
  const d = (k < 1 ? k + 1 : k) - 1 / 3;
  const c = 1 / (3 * Math.sqrt(d));
  for (;;) {
    const x = standardNormal(unit);
    const root = 1 + c * x;
    if (root <= 0) continue;
    const v = root * root * root;
    if (ln(unit()) < (x * x) / 2 + d - d * v + d * ln(v)) return ln(d) + ln(v) + boost;
  }
}

/** The number of the first share whose running sum exceeds a uniform number: value k with the share `shares[k]`. */
export function drawChoice(shares: readonly number[], unit: Unit): number {
  const u = 1 - unit();
  let sum = 0;
  for (let k = 0; k < shares.length; k++) {
    sum += shares[k];
    if (u < sum) return k;
  }
  // rounding may leave the sum just below 1
  return shares.findLastIndex(share => share > 0);
}
