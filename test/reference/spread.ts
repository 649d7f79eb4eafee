// Definitions of measures of spread, on all values: sorted, paired or counted one by one, without bins where there is an exact form.

/** The smallest value that at least a share `q` does not exceed. */
export function exactQuantile(values: readonly number[], q: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(1, Math.ceil(q * values.length)) - 1];
}

/** Σᵢⱼ |xᵢ − xⱼ| / (2 n² x̄), from ranks. */
export function exactGini(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const n = values.length;
  const weighted = sorted.reduce((sum, x, i) => sum + (2 * (i + 1) - n - 1) * x, 0);
  return weighted / (n * sorted.reduce((sum, x) => sum + x, 0));
}

/** What the largest share · n values hold of all; the last of them in part. */
export function exactTopShare(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => b - a);
  const wanted = share * values.length;
  const held = sorted.reduce((sum, x, i) => sum + x * Math.max(0, Math.min(1, wanted - i)), 0);
  return held / sorted.reduce((sum, x) => sum + x, 0);
}

/** (skewness² + 1) / kurtosis. */
export function sarle(values: readonly number[]): number {
  const mean = values.reduce((sum, x) => sum + x, 0) / values.length;
  const moment = (k: number): number => values.reduce((sum, x) => sum + (x - mean) ** k, 0) / values.length;
  const skewness = moment(3) / moment(2) ** 1.5;
  return (skewness ** 2 + 1) / (moment(4) / moment(2) ** 2);
}

/** Pearson's correlation of pairs. */
export function correlation(pairs: readonly (readonly [number, number])[]): number {
  const mean = (of: 0 | 1): number => pairs.reduce((sum, pair) => sum + pair[of], 0) / pairs.length;
  const [mx, my] = [mean(0), mean(1)];
  const sum = (term: (x: number, y: number) => number): number =>
    pairs.reduce((s, [x, y]) => s + term(x - mx, y - my), 0);
  return sum((x, y) => x * y) / Math.sqrt(sum(x => x * x) * sum((_, y) => y * y));
}

/** Newman 2003, from the matrix of the shares of links between kinds. */
export function nominalAssortativity(pairs: readonly (readonly [number, number])[], kinds: number): number {
  const e = Array.from({ length: kinds }, () => new Array<number>(kinds).fill(0));
  for (const [a, b] of pairs) e[a][b] += 1 / pairs.length;
  const all = e.map((_, i) => i);
  const trace = all.reduce((sum, i) => sum + e[i][i], 0);
  const chance = all.reduce((sum, i) => {
    const starts = e[i].reduce((s, x) => s + x, 0);
    return sum + starts * e.reduce((s, row) => s + row[i], 0);
  }, 0);
  return (trace - chance) / (1 - chance);
}

/** Σ_{i<j} C(gᵢ, gⱼ) rᵢ rⱼ, pair by pair, in integers. */
export function conflictOfPairs(
  goals: readonly number[],
  roots: readonly bigint[],
  conflict: (g: number, h: number) => bigint,
): bigint {
  let sum = 0n;
  for (let i = 0; i < goals.length; i++) {
    for (let j = i + 1; j < goals.length; j++) sum += conflict(goals[i], goals[j]) * roots[i] * roots[j];
  }
  return sum;
}
