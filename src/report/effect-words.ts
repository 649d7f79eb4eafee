// Effects as texts, and which of them are worth a figure: shared by reports and the command line.
import type { Interval } from '../experiment/interval.ts';
import type { PairedEffect } from '../experiment/paired.ts';
import type { MeasureEffect } from '../experiment/paired-rows.ts';
import { formatInterval, formatNumber } from './numbers.ts';

/** `0.012 ± 0.003`, or that there is exactly none. */
export function effectText({ effect, equal }: PairedEffect, decimals?: number): string {
  if (equal) return '0 (equal)';
  return formatInterval(effect, decimals);
}

/** A derivative, or that the sides of its difference are equal. */
export function derivativeText({ mean, halfWidth, count }: Interval, { equal }: PairedEffect): string {
  return equal ? '0 (equal)' : formatInterval({ mean, halfWidth, count });
}

/** What tables tell of an effect: the two sides at the end, the effect there and over the last quarter, and its size. */
export function effectCells({ final, lastQuarter }: Pick<MeasureEffect, 'final' | 'lastQuarter'>): string[] {
  return [
    formatInterval(final.a),
    formatInterval(final.b),
    effectText(final),
    effectText(lastQuarter),
    optional(final.size),
  ];
}

/** A number with its sign as words need it; a dash where it is undefined. */
export function optional(value: number | undefined, digits = 3): string {
  return value === undefined ? '–' : formatNumber(value, digits);
}

/** A part of one as a percentage. */
export function percent(value: number | undefined): string {
  return value === undefined ? '–' : `${formatNumber(Math.round(1000 * value) / 10, 4)} %`;
}

/** When an effect shows, in a few words. */
export function onsetText({ onset: { differs, first, lasting } }: MeasureEffect): string {
  if (differs === undefined) return 'never differs';
  if (first === undefined) return 'never';
  if (first === lasting) return `from ${first} on`;
  return lasting === undefined ? `${first}, not to the end` : `${first}, for good from ${lasting} on`;
}

/** Whether the sides differ at any measured step. */
export function everDiffers({ onset }: MeasureEffect): boolean {
  return onset.differs !== undefined;
}
