// Whole numbers in given proportions by the method of largest remainders (Hamilton's), so that shares are exact up to rounding.
import type { Draws } from './draws.ts';

/** Non-negative integers that add up to `total`, each the floor or the ceiling of its share. Equal remainders: by lot. */
export function allot(shares: ArrayLike<number>, total: number, draws: Draws): Uint32Array {
  let sum = 0;
  for (let i = 0; i < shares.length; i++) sum += shares[i];
  const counts = new Uint32Array(shares.length);
  const remainders = new Float64Array(shares.length);
  let allotted = 0;
  for (let i = 0; i < shares.length && sum > 0; i++) {
    const quota = (shares[i] * total) / sum;
    counts[i] = Math.floor(quota);
    remainders[i] = quota - counts[i];
    allotted += counts[i];
  }
  if (sum === 0) return counts;
  const order = Uint32Array.from(counts, (_, i) => i);
  draws.shuffle(order);
  order.sort((a, b) => remainders[b] - remainders[a]); // stable: ties stay in random order
  for (let i = 0; allotted < total; i++, allotted++) counts[order[i]]++;
  return counts;
}

/** Each index as often as its count says, in a uniformly random order. */
export function dealt(counts: Uint32Array, draws: Draws): Uint32Array {
  const dealing = repeated(counts);
  draws.shuffle(dealing);
  return dealing;
}

/** Each index as often as its count says, ascending: the stubs of a degree sequence. */
function repeated(counts: Uint32Array): Uint32Array {
  let total = 0;
  for (let i = 0; i < counts.length; i++) total += counts[i];
  const indices = new Uint32Array(total);
  let place = 0;
  for (let i = 0; i < counts.length; i++) {
    indices.fill(i, place, place + counts[i]);
    place += counts[i];
  }
  return indices;
}
