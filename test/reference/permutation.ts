// The keyed permutation stated independently of shaders/lib/permutation.wgsl: BigInt arithmetic mod 2³², arrays instead of masks.
import type { Words } from '../../src/random.ts';

const WORD = 2n ** 32n;

/** pcg2d (Jarzynski & Olano 2020). */
export function mix(first: number, second: number): [number, number] {
  let x = (BigInt(first) * 1664525n + 1013904223n) % WORD;
  let y = (BigInt(second) * 1664525n + 1013904223n) % WORD;
  for (let turn = 0; turn < 2; turn++) {
    x = (x + y * 1664525n) % WORD;
    y = (y + x * 1664525n) % WORD;
    x ^= x >> 16n;
    y ^= y >> 16n;
  }
  return [Number(x), Number(y)];
}

const word = (x: number): number => x >>> 0;

/**
 * Swap-or-not with 24 rounds below 4,096; above, ten rounds of an alternating Feistel network, walked until the image is below n. With fewer rounds it is a
 * weaker permutation, for tests that must notice.
 */
export function permute(i: number, n: number, key: Words, rounds = n < 4096 ? 24 : 10): number {
  if (n < 4096) {
    let x = i;
    for (let round = 0; round < rounds; round++) {
      const [shift, tweak] = mix(word(key[0] + round), key[1]);
      const other = ((shift % n) - x + n) % n;
      const [bits] = mix(word(Math.max(x, other) ^ tweak), key[0]);
      if (bits >= 2 ** 31) x = other;
    }
    return x;
  }
  const bits = Math.ceil(Math.log2(n));
  const low = Math.floor(bits / 2);
  const lowSize = 2 ** low;
  const highSize = 2 ** (bits - low);
  let x = i;
  do {
    let right = x % lowSize;
    let left = Math.floor(x / lowSize);
    for (let round = 0; round < rounds; round += 2) {
      left ^= Math.floor(mix(word(right ^ key[0]), word(key[1] + round))[0] / 128) % highSize;
      right ^= Math.floor(mix(word(left ^ key[1]), word(key[0] + round))[0] / 128) % lowSize;
    }
    x = left * lowSize + right;
  } while (x >= n);
  return x;
}
