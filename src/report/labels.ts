// Labels at the ends of lines, moved apart so that they do not overlap. Positions only; nothing is drawn here.
import type { Domain } from './scales.ts';

/** Pixels from one label to the next. */
const LABEL_HEIGHT = 15;

/** The values at which to write labels of lines that end at `ends`, in a plot of `height` pixels over `domain`. */
export function placeLabels(ends: readonly number[], [low, high]: Domain, height: number): number[] {
  const unit = (high - low) / height;
  const gap = Math.min(LABEL_HEIGHT, height / Math.max(1, ends.length - 1)) * unit;
  const order = ends.map((_, i) => i).sort((a, b) => ends[a] - ends[b]);
  const placed = [...ends];
  // Upwards each label makes room for itself; then what stands too high is pushed back down.
  for (let k = 1; k < order.length; k++) placed[order[k]] = Math.max(placed[order[k]], placed[order[k - 1]] + gap);
  let ceiling = high;
  for (const i of order.reverse()) {
    placed[i] = Math.min(placed[i], ceiling);
    ceiling = placed[i] - gap;
  }
  return placed;
}
