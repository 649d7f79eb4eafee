// Roots and fixed points of functions of one number, for the theories of models. Plain bracketing: what changes sign between two neighbours of a grid is found; two
// roots between them are found if the function turns once there, which is so just inside a fold.
import type { Branch, ScalarMap } from '../model/index.ts';

/** Brackets of a grid over [low, high]. */
const CELLS = 200;
/** Halvings that take a bracket to the last bits of a double. */
const HALVINGS = 60;

/** Where a function changes its sign between two numbers at which it has different ones (or is 0). */
export function bisect(f: ScalarMap, low: number, high: number, halvings = HALVINGS): number {
  const sign = Math.sign(f(low));
  if (sign === 0) return low;
  let [near, far] = [low, high];
  for (let k = 0; k < halvings; k++) {
    const middle = (near + far) / 2;
    if (Math.sign(f(middle)) === sign) near = middle;
    else far = middle;
  }
  return far;
}

/** All roots in [low, high] that the grid tells apart, ascending. */
export function roots(f: ScalarMap, low: number, high: number, cells = CELLS): number[] {
  const xs = Array.from({ length: cells + 1 }, (_, k) => low + ((high - low) * k) / cells);
  const ys = xs.map(f);
  const found = new Set<number>();
  for (let k = 0; k <= cells; k++) {
    if (ys[k] === 0) found.add(xs[k]);
    else if (k > 0 && ys[k - 1] * ys[k] < 0) found.add(bisect(f, xs[k - 1], xs[k]));
    if (k === 0 || k === cells || ys[k] === 0 || !turnsTowardsZero(ys[k - 1], ys[k], ys[k + 1])) continue;
    const turn = nearest(f, xs[k - 1], xs[k + 1]);
    if (f(turn) * ys[k] > 0) continue;
    found.add(bisect(f, turn, xs[k - 1])).add(bisect(f, turn, xs[k + 1]));
  }
  return [...found].sort((a, b) => a - b);
}

/**
 * The fixed points of a map of [low, high] into itself, ascending. One is stable if the map brings both its sides nearer: it lies above the diagonal below the point and
 * below it above, and falls by less than 1 per unit (a steeper fall overshoots).
 */
export function fixedPoints(map: ScalarMap, { low = 0, high = 1, cells = CELLS } = {}): Branch[] {
  const excess = (x: number): number => map(x) - x;
  const points = roots(excess, low, high, cells);
  return points.map((value, k) => {
    const room = Math.min(value - (points[k - 1] ?? low - 1), (points[k + 1] ?? high + 1) - value);
    const step = Math.min(1e-3 * (high - low), room / 4);
    const [below, above] = [Math.max(low, value - step), Math.min(high, value + step)];
    const attracts = (below === value || excess(below) > 0) && (above === value || excess(above) < 0);
    return { value, stable: attracts && (map(above) - map(below)) / (above - below) > -1 };
  });
}

/** Whether the middle of three neighbours of one sign is the nearest to 0. */
function turnsTowardsZero(before: number, at: number, after: number): boolean {
  if (before * at <= 0 || at * after <= 0) return false;
  return Math.abs(at) <= Math.abs(before) && Math.abs(at) <= Math.abs(after);
}

/** Where |f|, which has one minimum between two numbers, is smallest: by thirds. */
function nearest(f: ScalarMap, from: number, to: number): number {
  const sign = Math.sign(f(from));
  let [low, high] = [from, to];
  for (let k = 0; k < HALVINGS; k++) {
    const [left, right] = [low + (high - low) / 3, high - (high - low) / 3];
    if (sign * f(left) < sign * f(right)) high = right;
    else low = left;
  }
  return (low + high) / 2;
}
