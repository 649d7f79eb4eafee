// Whole numbers of agents in given shares, as bounds.

/** Cumulative counts by value: places below bound v have a value of at most v. Exact by largest remainder, the smaller value first. */
export function initialBounds(shares: readonly number[], population: number): number[] {
  const counts = shares.map(share => Math.floor(share * population));
  const missing = population - counts.reduce((sum, count) => sum + count, 0);
  const byRemainder = shares
    .map((share, value) => ({ value, remainder: share * population - counts[value] }))
    .sort((a, b) => b.remainder - a.remainder || a.value - b.value);
  for (let k = 0; k < missing; k++) counts[byRemainder[k % counts.length].value]++;
  let bound = 0;
  return counts.map(count => {
    bound += count;
    return bound;
  });
}
