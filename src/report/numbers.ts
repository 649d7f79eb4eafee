// Numbers as a reader wants them: as many digits as are known, a true minus sign, thin groups of thousands.
import type { Interval } from '../experiment/interval.ts';

const MINUS = '\u2212';

/** A number to `digits` significant digits, without trailing zeros; NaN is a dash. */
export function formatNumber(value: number, digits = 4): string {
  if (Number.isNaN(value)) return '–';
  if (value === 0) return '0';
  const size = Math.abs(value);
  const text = size >= 1e7 || size < 1e-4 ? scientific(value, digits) : plain(value, digits);
  return text.replace(/^-/, MINUS);
}

/** An integer with groups of thousands. */
export function formatCount(value: number): string {
  return value.toLocaleString('en-US');
}

/** Decimals that show the half-widths to two significant digits; of many, as their median needs. Undefined if none has any. */
export function intervalDecimals(intervals: readonly Interval[]): number | undefined {
  const widths = intervals.filter(interval => !isNegligible(interval)).map(({ halfWidth }) => halfWidth);
  if (widths.length === 0) return undefined;
  const median = widths.sort((a, b) => a - b)[widths.length >> 1];
  return Math.min(12, Math.max(0, 1 - Math.floor(Math.log10(median))));
}

/** Whether a half-width is none, or only the rounding of equal numbers. */
function isNegligible({ mean, halfWidth }: Interval): boolean {
  return Number.isNaN(halfWidth) || halfWidth <= 1e-12 * Math.abs(mean);
}

/** `0.412 ± 0.013`: mean and half-width to the same number of decimals. */
export function formatInterval(interval: Interval, decimals = intervalDecimals([interval])): string {
  const { mean, halfWidth } = interval;
  if (isNegligible(interval) || decimals === undefined) {
    return Number.isNaN(halfWidth) ? formatNumber(mean) : `${formatNumber(mean)} ± 0`;
  }
  const size = Math.max(Math.abs(mean), halfWidth);
  if (size >= 1e7 || size < 1e-4) return `${formatNumber(mean)} ± ${formatNumber(halfWidth, 2)}`;
  const text = mean.toFixed(decimals);
  return `${(Number(text) === 0 ? text.replace('-', '') : text).replace('-', MINUS)} ± ${halfWidth.toFixed(decimals)}`;
}

/** Seconds in words: `0.42 s`, `3 min 20 s`. */
export function formatSeconds(seconds: number): string {
  if (seconds < 90) return `${formatNumber(seconds, 2)} s`;
  return `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`;
}

/** One and many: `1 world`, `216 worlds`. */
export function counted(count: number, noun: string): string {
  return `${formatCount(count)} ${noun}${count === 1 ? '' : 's'}`;
}

function plain(value: number, digits: number): string {
  const decimals = Math.max(0, digits - 1 - Math.floor(Math.log10(Math.abs(value))));
  const text = value.toFixed(Math.min(12, decimals));
  return text.includes('.') ? text.replace(/\.?0+$/, '') : formatCount(Number(text));
}

function scientific(value: number, digits: number): string {
  const [mantissa, exponent] = value.toExponential(digits - 1).split('e');
  const short = mantissa.includes('.') ? mantissa.replace(/\.?0+$/, '') : mantissa;
  return `${short} × 10^${Number(exponent)}`.replace('^-', `^${MINUS}`);
}
