// How early a risk can be seen: when its effect shows, when half of it is there, which other measure shows before, and whether the run slows down as one does before it tips.
import { earlyWarning } from './early-warning.ts';
import { seriesOf } from './indicators.ts';
import { type Interval, meanInterval } from './interval.ts';
import { pairedEffect } from './paired.ts';
import type { MeasureEffect } from './paired-rows.ts';
import type { SideRun } from './sides.ts';

/** Steps are measured ones; each is undefined where there is none. */
export interface EarlySigns {
  /** From which on the interval of the effect leaves out zero up to the end. */
  shows: number | undefined;
  /** The first at which the mean effect is half of that over the last quarter. */
  half: number | undefined;
  /** The measure whose effect is the first to show for good, if that is before the headline's. Those that differ at step 0 are no signs. */
  before: { measure: string; step: number } | undefined;
  /** Steps from the first sign, of any measure, to the half. */
  lead: number | undefined;
  /** Kendall's τ of a rolling statistic up to the half, over the replicas of the run with the risk and of the control, and their paired difference. Undefined for too short a series. */
  warning: Record<WarningStatistic, { risk: Interval; control: Interval; effect: Interval }> | undefined;
}

const STATISTICS = ['autocorrelation', 'variance'] as const;
type WarningStatistic = (typeof STATISTICS)[number];
/** Measured steps that a rolling statistic needs at least. */
const LEAST_STEPS = 12;

/** The signs of the effect on the headline measure, beside the effects on others. */
export function earlySigns(
  headline: MeasureEffect,
  others: readonly MeasureEffect[],
  control: SideRun,
  risk: SideRun,
): EarlySigns {
  const shows = headline.onset.lasting;
  const half = halfway(headline);
  const before = others
    .flatMap(({ measure, onset: { differs, lasting } }) => (lasting === undefined || differs === 0 ? [] : [{ measure, step: lasting }])) // biome-ignore format: one thought
    .filter(({ step }) => shows === undefined || step < shows)
    .sort((a, b) => a.step - b.step)[0];
  const first = before?.step ?? shows;
  return {
    shows,
    half,
    before,
    lead: half === undefined || first === undefined ? undefined : Math.max(0, half - first),
    warning: half === undefined ? undefined : warningOf(headline.measure, half, control, risk),
  };
}

function halfway({ lastQuarter, course: { steps, effects } }: MeasureEffect): number | undefined {
  const whole = lastQuarter.effect.mean;
  if (!(Math.abs(whole) > 0)) return undefined;
  return steps[effects.findIndex(({ effect }) => effect.mean / whole >= 0.5)];
}

function warningOf(measure: string, until: number, control: SideRun, risk: SideRun): EarlySigns['warning'] {
  const [ofControl, ofRisk] = [control, risk].map(run =>
    seriesOf(run.rows, measure)
      .sort((a, b) => a.replica - b.replica)
      .map(({ steps, values }) => ({ steps, values: values.slice(0, steps.filter(step => step <= until).length) })),
  );
  const [{ steps, values }] = ofRisk;
  const gaps = new Set(values.slice(1).map((_, k) => steps[k + 1] - steps[k]));
  if (values.length < LEAST_STEPS || gaps.size > 1) return undefined;
  const told = STATISTICS.map(statistic => {
    const tau = (series: { values: number[] }): number => earlyWarning(series.values, { statistic }).tau;
    const [a, b] = [ofControl.map(tau), ofRisk.map(tau)];
    const { effect } = pairedEffect(a, b);
    return [statistic, { risk: meanInterval(b), control: meanInterval(a), effect }];
  });
  return Object.fromEntries(told);
}
