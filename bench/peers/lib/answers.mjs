// Whether samples of a contender and of the reference come from one distribution, as far as means tell.
import { meanOf } from './statistics.mjs';

/** Standard errors by which means may differ: three statistics of three workloads stay within 4 with probability .999. */
const BOUND = 4;

/** Compares every statistic's mean: { answers }, and `wrong` where one is off. */
export function judgeSamples(samples, expected) {
  const answers = {};
  const faults = [];
  for (const [name, values] of Object.entries(expected)) {
    const [own, reference] = [meanOf(samples?.[name] ?? [Number.NaN, Number.NaN]), meanOf(values)];
    const error = Math.hypot(own.error, reference.error);
    answers[name] = { mean: round(own.mean), reference: round(reference.mean), standardError: round(error) };
    // NaN is off, too
    if (!(Math.abs(own.mean - reference.mean) <= BOUND * error))
      faults.push(`${name} ${round(own.mean)}, expected ${round(reference.mean)} ± ${round(error)}`);
  }
  return faults.length > 0 ? { answers, wrong: faults.join('; ') } : { answers };
}

const round = value => Number(value.toPrecision(4));
