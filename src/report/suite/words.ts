// Words of the report of a suite: shares undone, verdicts, early signs.
import type { EarlySigns } from '../../experiment/early-signs.ts';
import type { Interval } from '../../experiment/interval.ts';
import type { PairedEffect } from '../../experiment/paired.ts';
import type { JudgedLever, ScenarioResult } from '../../experiment/suite.ts';
import type { Share } from '../../experiment/undone.ts';
import { formatInterval, formatNumber, intervalDecimals } from '../numbers.ts';

/** Decimals of a number that are worth reading in a table. */
const MOST_DECIMALS = 4;

/** `0.4120 ± 0.0013`, with no more decimals than are worth reading; a half-width below the last of them is rounded up to it. */
export function shortInterval(interval: Interval): string {
  const decimals = intervalDecimals([interval]);
  const last = 10 ** -MOST_DECIMALS;
  if (decimals === undefined || decimals <= MOST_DECIMALS || Math.abs(interval.mean) < 10 * last) {
    return formatInterval(interval, decimals);
  }
  return formatInterval({ ...interval, halfWidth: Math.max(last, interval.halfWidth) }, MOST_DECIMALS);
}

/** An effect, or that there is exactly none. */
export function shortEffect({ effect, equal }: PairedEffect): string {
  return equal ? '0 (equal)' : shortInterval(effect);
}

/** `63 % (55 to 72)`. */
export function undoneText({ value, low, high }: Share): string {
  const whole = (part: number): string => formatNumber(Math.round(100 * part), 6);
  if (!Number.isFinite(value)) return '–';
  return low === undefined || high === undefined
    ? `${whole(value)} %`
    : `${whole(value)} % (${whole(low)} to ${whole(high)})`;
}

/** What the verdict on a scenario means. */
export function verdictSentence({ verdict, measure, moves, headline, replicas }: ScenarioResult): string {
  const effect = shortInterval(headline.lastQuarter.effect);
  if (verdict === 'there')
    return `The effect is there: the risk moves ${measure} ${moves}, by ${effect} against the control.`;
  if (verdict === 'the other way') {
    return `The effect goes the other way: ${measure} should move ${moves}, but moves by ${effect} against the control. The hypothesis fails here.`;
  }
  if (headline.lastQuarter.equal)
    return `The effect is not there: ${measure} is the same in both runs, to the last bit.`;
  if (replicas < 2) return `Nothing can be told from one replica: ${measure} differs by ${effect}.`;
  return `The effect is not there: ${measure} should move ${moves}, but differs from the control by ${effect}, which cannot be told from nothing.`;
}

/** How early the effect can be seen; only for one that is there. */
export function earlySentence({ measure, early }: Pick<ScenarioResult, 'measure' | 'early'>): string {
  const { shows, half, before, lead } = early;
  const parts = [
    shows === undefined
      ? `The interval of ${measure} does not leave zero for good.`
      : `The effect on ${measure} shows for good from step ${shows} on.`,
    before
      ? `Another measure shows before: ${before.measure}, from step ${before.step} on.`
      : 'No other measure shows before.',
    half === undefined
      ? ''
      : `Half of the effect is there at step ${half}${lead === undefined ? '' : lead > 0 ? `, ${steps(lead)} after the first sign` : ', as soon as there is a sign'}.`,
  ];
  return [...parts, warningSentence(early)].filter(part => part !== '').join(' ');
}

function warningSentence({ warning, half }: EarlySigns): string {
  if (!warning) return 'There are too few measured steps before the half for an early-warning signal.';
  const told = (['autocorrelation', 'variance'] as const).map(statistic => {
    const { risk, control, effect } = warning[statistic];
    const apart = Math.abs(effect.mean) > effect.halfWidth;
    const verdict = apart
      ? effect.mean > 0
        ? 'a warning'
        : 'no warning, but less than there'
      : 'no warning: not told from it';
    return `${statistic === 'variance' ? 'variance' : 'lag-1 autocorrelation'} τ = ${shortInterval(risk)}, control ${shortInterval(control)} (${verdict})`;
  });
  return `Slowing down up to step ${half}, by the trend of a rolling statistic over time: ${told.join('; ')}.`;
}

/** The lever that undoes most, among those that help; of several that undo everything, the cheapest. */
export function bestLever({ levers }: ScenarioResult): JudgedLever | undefined {
  const part = ({ undone }: JudgedLever): number => Math.min(1, undone.value);
  return levers.filter(({ verdict }) => verdict === 'helps').sort((a, b) => part(b) - part(a) || a.cost - b.cost)[0];
}

/** The cost for each agent; nothing where there is none. */
export function costText(cost: number): string {
  return cost === 0 ? '0' : formatNumber(cost, 3);
}

function steps(count: number): string {
  return `${count} step${count === 1 ? '' : 's'}`;
}
