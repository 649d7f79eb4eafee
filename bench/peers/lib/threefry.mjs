// Threefry-2x32 with 20 rounds and the making of keys, stated once more: the expected answers must not come from the code under test.
import seedrandom from 'seedrandom';

const ROTATIONS = [13, 15, 26, 6, 17, 29, 16, 24];

/** The block of a key and a counter, each two 32-bit words. */
export function threefry([k0, k1], [c0, c1]) {
  const keys = [k0, k1, k0 ^ k1 ^ 0x1bd11bda];
  let a = (c0 + k0) | 0;
  let b = (c1 + k1) | 0;
  for (let group = 0; group < 5; group++) {
    for (let k = 0; k < 4; k++) {
      const rotation = ROTATIONS[4 * (group % 2) + k];
      a = (a + b) | 0;
      b = ((b << rotation) | (b >>> (32 - rotation))) ^ a;
    }
    a = (a + keys[(group + 1) % 3]) | 0;
    b = (b + keys[(group + 2) % 3] + group + 1) | 0;
  }
  return [a >>> 0, b >>> 0];
}

/** The key of a rule in the first replica: the block of the seed's key at (replica, FNV-1a of the rule's name). */
export function ruleKey(seed, rule) {
  const words = seedrandom(String(seed));
  const key = [words.int32() >>> 0, words.int32() >>> 0];
  const hash = [...Buffer.from(rule)].reduce((sum, byte) => Math.imul(sum ^ byte, 0x01000193), 0x811c9dc5);
  return threefry(key, [0, hash >>> 0]);
}

/** Endless draws of a key, for start states and for reference simulations. */
export function draws(key) {
  let block = 0;
  /** 32 random bits. */
  const word = () => threefry(key, [block++ >>> 0, 0])[0];
  return { word, unit: () => word() / 2 ** 32, below: bound => Math.floor((word() / 2 ** 32) * bound) };
}
