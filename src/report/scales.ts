// Scales that all figures share: a measure's range, a parameter's range, and the colour and marker of a series.
import type { Axis } from './axes.ts';
import type { Column } from './input.ts';
import { colourOf, shapeOf } from './theme.ts';

/** A range of values, low < high. */
export type Domain = [number, number];

/** The range in which to draw a column's values: shares start at 0 and reach 1 if they are large; others get round ends. */
export function measureDomain(column: Column, values: Iterable<number>): Domain {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  if (low > high) return [0, 1];
  if (isShare(column) && high > 0.4 && high <= 1.05) return [0, 1];
  if (low >= 0 && low < 0.6 * high) low = 0;
  return roundEnds(low, high);
}

const SHARES: readonly Column['kind'][] = [
  ...(['share', 'active-links', 'isolated', 'histogram'] as const),
  ...(['gini', 'top-share', 'herfindahl', 'esteban-ray'] as const),
];

/** Whether a column's values are in [0, 1] by nature. */
export function isShare({ kind }: Column): boolean {
  return SHARES.includes(kind);
}

/** Whether a parameter is better drawn on a logarithmic scale: positive values over more than a factor of 50. */
export function isLogarithmic(values: readonly number[]): boolean {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  return low > 0 && high / low > 50;
}

/** Colour and marker by series, with one legend; nothing when there is one series. */
export function seriesEncoding(series: Pick<Axis, 'values' | 'label'> | undefined, legend: boolean) {
  if (!series) return { color: { value: colourOf(0) }, shape: { value: shapeOf(0) } };
  const domain = [...series.values];
  const shared = { field: 'series', type: 'nominal' as const, title: series.label };
  const shown = legend ? {} : { legend: null };
  return {
    color: { ...shared, scale: { domain, range: domain.map((_, i) => colourOf(i)) }, ...shown },
    shape: { ...shared, scale: { domain, range: domain.map((_, i) => shapeOf(i)) }, ...shown },
  };
}

/** The panel's heading: the value alone if it is a word, with the axis's name if it is a number. */
export function facetHeading(axis: Axis, value: string): string {
  return axis.numeric ? `${axis.label} = ${value}` : value;
}

/** The range from low to high with ends that are easy to read. */
export function roundEnds(low: number, high: number): Domain {
  if (low === high) return low === 0 ? [-1, 1] : [low - Math.abs(low) / 2, high + Math.abs(high) / 2];
  const rough = (high - low) / 10;
  const power = 10 ** Math.floor(Math.log10(rough));
  const tick = [1, 2, 5, 10].find(step => step * power >= rough)! * power;
  return [Math.floor(low / tick + 1e-9) * tick, Math.ceil(high / tick - 1e-9) * tick];
}

/** The ends of an interval around a mean; without one both are the mean. */
export function endsOf({ mean, halfWidth }: { mean: number; halfWidth: number }): { low: number; high: number } {
  const half = Number.isNaN(halfWidth) ? 0 : halfWidth;
  return { low: mean - half, high: mean + half };
}
