// Labels at the ends of lines, and beside upright rules, where they do not overlap. Positions only; nothing is drawn here.
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

/** Part of a panel's width that a label beside a rule needs, with a margin. */
const LABEL_WIDTH = 0.36;
/** What a label would rather avoid: marks under it count 1 each, these more or less. */
const COST = { overLabel: 1000, overRule: 3, lower: 0.01, inner: 0.005 };

/** A place for a label, as a part of the panel's height from below, and on which side of its rule it stands. */
export interface Beside {
  y: number;
  side: 'left' | 'right';
}

/** Places for labels of the rules at `xs`, ascending; these and the marks are parts of the panel's width and height. The emptiest place wins, of equals the highest. */
export function placeBeside(
  xs: readonly number[],
  marks: readonly { x: number; y: number }[],
  height: number,
): Beside[] {
  const line = LABEL_HEIGHT / height;
  const lines = Math.max(1, Math.floor(1 / line));
  const placed: { from: number; to: number; y: number }[] = [];
  return xs.map((x, i) => {
    const outer = i < (xs.length - 1) / 2 ? 'left' : 'right';
    const options = Array.from({ length: lines }, (_, k) => 1 - (k + 0.6) * line).flatMap((y, k) =>
      (['left', 'right'] as const).map(side => {
        const [from, to] = side === 'left' ? [x - LABEL_WIDTH, x] : [x, x + LABEL_WIDTH];
        const covers = (mark: { x: number; y: number }): boolean =>
          mark.x >= from && mark.x <= to && Math.abs(mark.y - y) < 0.7 * line;
        const cost =
          marks.filter(covers).length +
          COST.overLabel *
            placed.filter(other => other.from < to && other.to > from && Math.abs(other.y - y) < line).length +
          COST.overLabel * Number(from < 0 || to > 1) +
          COST.overRule * xs.filter((other, j) => j !== i && other > from && other < to).length +
          COST.lower * k +
          COST.inner * Number(side !== outer);
        return { y, side, from, to, cost };
      }),
    );
    const best = options.reduce((least, option) => (option.cost < least.cost ? option : least));
    placed.push(best);
    return { y: best.y, side: best.side };
  });
}
