// The noise of stances as it acts on a density: the sum of four uniform variables, centred and scaled to variance 1, times σ. Four box filters, each a running sum, so
// that a step costs the same whatever σ.

/** The sum of four uniform variables on [−½, ½] has variance 1/3. */
const SCALE = Math.sqrt(3);

/** Bins that must be empty at both ends of what is spread: the reach of four boxes, and the margin of one. */
export const noiseMargin = (sigma: number, bin: number): number => 5 * Math.ceil((SCALE * sigma) / bin / 2);

/** Spreads masses by bin; those within `noiseMargin` of the ends must be 0. */
export function spread(mass: Float64Array, sigma: number, bin: number): Float64Array {
  const width = (SCALE * sigma) / bin;
  let spreading = mass;
  for (let time = 0; time < 4; time++) spreading = box(spreading, width);
  return spreading;
}

/** Each bin's mass goes evenly to an interval of `width` bins around it, and from there to the two bins nearest, in proportion. */
function box(mass: Float64Array, width: number): Float64Array {
  const inner = Math.floor(width / 2 - 1);
  const outer = Math.ceil(width / 2);
  const weight = (offset: number): number => (ramp(offset + width / 2) - ramp(offset - width / 2)) / width;
  const edges: { offset: number; weight: number }[] = [];
  for (let offset = inner + 1; offset <= outer; offset++) {
    edges.push({ offset, weight: weight(offset) });
    if (offset > 0) edges.push({ offset: -offset, weight: weight(-offset) });
  }
  const before = new Float64Array(mass.length + 1);
  for (let b = 0; b < mass.length; b++) before[b + 1] = before[b] + mass[b];
  const result = new Float64Array(mass.length);
  for (let b = outer; b < mass.length - outer; b++) {
    let sum = inner >= 0 ? (before[b + inner + 1] - before[b - inner]) / width : 0;
    for (const { offset, weight } of edges) sum += weight * mass[b + offset];
    result[b] = sum;
  }
  return result;
}

/** ∫ max(0, 1 − |u|) du from −∞ to x. */
function ramp(x: number): number {
  if (x <= -1) return 0;
  if (x >= 1) return 1;
  return x < 0 ? (1 + x) ** 2 / 2 : 1 - (1 - x) ** 2 / 2;
}
