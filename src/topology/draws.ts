// Random words in bulk for building graphs: the very words of `sequence(key)` in random.ts (Threefry-2x32-20, Salmon et al. 2011),
// made a thousand blocks at a time with the rounds written out, about ten times as fast.
import type { Words } from '../random.ts';

const BLOCKS = 1024;
const PARITY = 0x1bd11bda;

/** The draws of one key. Two of one key are equal. Holds its position: pass it on, do not share it between graphs. */
export class Draws {
  private readonly words = new Uint32Array(2 * BLOCKS);
  private readonly key: Words;
  private position = 2 * BLOCKS;
  private block = 0;

  constructor(key: Words) {
    this.key = key;
  }

  /** The next 32 random bits, an unsigned integer. */
  word(): number {
    if (this.position === 2 * BLOCKS) this.refill();
    return this.words[this.position++];
  }

  /** A uniform integer in [0, bound), 1 ≤ bound < 2³²: the leading bits of a word, drawn again while they are too large. */
  below(bound: number): number {
    if (bound === 1) return 0;
    const shift = Math.clz32(bound - 1);
    let value = this.word() >>> shift;
    while (value >= bound) value = this.word() >>> shift;
    return value;
  }

  /** A uniform number in (0, 1] with 53 random bits. */
  positiveUnit(): number {
    return (this.word() >>> 5) * 2 ** -27 + ((this.word() >>> 6) + 1) * 2 ** -53;
  }

  /**
   * Puts the entries in a uniformly random order, in place (Fisher–Yates, Durstenfeld 1964). A long list is first dealt at random into 256
   * parts, each small enough for the cache (Rao 1961; Sandelius 1962): faster by a third, and as uniform.
   */
  shuffle(values: Uint32Array): void {
    if (values.length < 2 ** 18) {
      this.shuffleRange(values, 0, values.length);
      return;
    }
    const parts = new Uint8Array(values.length);
    const next = new Uint32Array(257);
    for (let i = 0, bits = 0; i < values.length; i++, bits >>>= 8) {
      if (i % 4 === 0) bits = this.word();
      parts[i] = bits; // the lowest 8 bits
      next[parts[i] + 1]++;
    }
    for (let part = 0; part < 256; part++) next[part + 1] += next[part];
    const dealt = new Uint32Array(values.length);
    for (let i = 0; i < values.length; i++) dealt[next[parts[i]]++] = values[i];
    values.set(dealt);
    for (let part = 0; part < 256; part++) this.shuffleRange(values, part === 0 ? 0 : next[part - 1], next[part]);
  }

  private shuffleRange(values: Uint32Array, from: number, to: number): void {
    for (let i = to - 1; i > from; i--) {
      const j = from + this.below(i - from + 1);
      const held = values[i];
      values[i] = values[j];
      values[j] = held;
    }
  }

  private refill(): void {
    const [k0, k1] = this.key;
    const k2 = k0 ^ k1 ^ PARITY;
    for (let at = 0; at < 2 * BLOCKS; at += 2, this.block++) {
      let a = ((this.block | 0) + k0) | 0;
      let b = (Math.floor(this.block / 2 ** 32) + k1) | 0;
      for (let group = 0; group < 5; group++) {
        // Four rounds, then the key is injected: (k1, k2), (k2, k0), (k0, k1), (k1, k2), (k2, k0).
        if (group % 2 === 0) {
          a = (a + b) | 0;
          b = ((b << 13) | (b >>> 19)) ^ a;
          a = (a + b) | 0;
          b = ((b << 15) | (b >>> 17)) ^ a;
          a = (a + b) | 0;
          b = ((b << 26) | (b >>> 6)) ^ a;
          a = (a + b) | 0;
          b = ((b << 6) | (b >>> 26)) ^ a;
        } else {
          a = (a + b) | 0;
          b = ((b << 17) | (b >>> 15)) ^ a;
          a = (a + b) | 0;
          b = ((b << 29) | (b >>> 3)) ^ a;
          a = (a + b) | 0;
          b = ((b << 16) | (b >>> 16)) ^ a;
          a = (a + b) | 0;
          b = ((b << 24) | (b >>> 8)) ^ a;
        }
        const injectA = group % 3 === 0 ? k1 : group % 3 === 1 ? k2 : k0;
        const injectB = group % 3 === 0 ? k2 : group % 3 === 1 ? k0 : k1;
        a = (a + injectA) | 0;
        b = (b + injectB + group + 1) | 0;
      }
      this.words[at] = a;
      this.words[at + 1] = b;
    }
    this.position = 0;
  }
}
