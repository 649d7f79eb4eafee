// The host twin of shaders/lib/random.wgsl: Threefry-2x32 with 20 rounds (Salmon, Moraes, Dror & Shaw 2011, "Parallel random
// numbers: as easy as 1, 2, 3"). There is no generator state: a draw is a function of its key and its counter.
import seedrandom from 'seedrandom';

/** Two 32-bit words: a key, a counter or a block of random bits. Each is an unsigned integer below 2³². */
export type Words = readonly [number, number];

const PARITY = 0x1bd11bda;
const ROTATIONS = [13, 15, 26, 6, 17, 29, 16, 24];

/** The Threefry-2x32-20 block of a key and a counter. */
export function threefry2x32(key: Words, counter: Words): [number, number] {
  const schedule = [key[0], key[1], key[0] ^ key[1] ^ PARITY];
  let x0 = (counter[0] + key[0]) | 0;
  let x1 = (counter[1] + key[1]) | 0;
  for (let round = 0; round < 20; round++) {
    const rotation = ROTATIONS[round % 8];
    x0 = (x0 + x1) | 0;
    x1 = ((x1 << rotation) | (x1 >>> (32 - rotation))) ^ x0;
    if (round % 4 === 3) {
      const injection = (round + 1) / 4;
      x0 = (x0 + schedule[injection % 3]) | 0;
      x1 = (x1 + schedule[(injection + 1) % 3] + injection) | 0;
    }
  }
  return [x0 >>> 0, x1 >>> 0];
}

/** The key of a user's seed, a string or a number: `seedrandom` (ARC4) is used here only, on the host. */
export function seedKey(seed: string | number): Words {
  const generator = seedrandom(String(seed));
  return [generator.int32() >>> 0, generator.int32() >>> 0];
}

/**
 * The key of (stream, purpose). A stream is a replica's number; a purpose is the name of a rule or of anything else that draws.
 * Purposes enter by a hash of their name, so that adding one changes no draw of another.
 */
export function streamKey(seed: Words, stream: number, purpose: string): Words {
  return threefry2x32(seed, [stream >>> 0, hashName(purpose)]);
}

/** FNV-1a of a name's UTF-8 bytes, 32 bits. */
export function hashName(name: string): number {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(name)) hash = Math.imul(hash ^ byte, 0x01000193);
  return hash >>> 0;
}

/** A host-side sequence of draws under one key, for what is built before a run (graphs, assignments). */
export interface Sequence {
  /** The next 32 random bits, an unsigned integer. */
  word(): number;
  /** A uniform integer in [0, bound), 1 ≤ bound ≤ 2³². Unbiased: out-of-range words are rejected. */
  below(bound: number): number;
  /** A uniform number in [0, 1) with 53 random bits. */
  unit(): number;
}

/** The sequence of blocks 0, 1, 2, … of a key. Two sequences of one key are equal. */
export function sequence(key: Words): Sequence {
  let block = 0;
  let spare = -1;
  const word = (): number => {
    if (spare >= 0) {
      const value = spare;
      spare = -1;
      return value;
    }
    const [first, second] = threefry2x32(key, [block >>> 0, Math.floor(block / 2 ** 32)]);
    block++;
    spare = second;
    return first;
  };
  return {
    word,
    below(bound) {
      const limit = 2 ** 32 - (2 ** 32 % bound);
      let value = word();
      while (value >= limit) value = word();
      return value % bound;
    },
    unit: () => (word() >>> 5) * 2 ** -27 + (word() >>> 6) * 2 ** -53,
  };
}
