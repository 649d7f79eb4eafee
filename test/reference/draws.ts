// Draws stated independently of shaders/lib/random.wgsl: 64-bit arithmetic in BigInt, probabilities as fractions.
import { hashName, seedKey, streamKey, threefry2x32, type Words } from '../../src/random.ts';

/** The draws of one purpose (rule) in one stream. */
export class Draws {
  readonly key: Words;

  constructor(seed: Words, stream: number, purpose: string) {
    this.key = streamKey(seed, stream, purpose);
  }

  /** 64 random bits for an agent, a step and a place in the rule's text; `k` counts iterations of a loop. */
  bits(site: number, agent: number, step: number, k = 0): bigint {
    const [high, low] = threefry2x32([this.key[0], (this.key[1] + site + k * 65536) >>> 0], [agent, step]);
    return (BigInt(high) << 32n) | BigInt(low);
  }

  /** floor(bits × bound / 2⁶⁴). */
  below(bound: number, site: number, agent: number, step: number, k = 0): number {
    return Number((this.bits(site, agent, step, k) * BigInt(bound)) >> 64n);
  }

  /** True for `probability` · 2³¹ of the 2³¹ values of the upper 31 bits. */
  chance(probability: number, site: number, agent: number, step: number): boolean {
    return Number(this.bits(site, agent, step) >> 33n) < Math.round(probability * 2 ** 31);
  }
}

/** A uniform number in [0, 1) for an agent, as values per agent are drawn: 53 bits of the block of (agent, 0) under the key of (seed, replica, purpose). */
export function uniform(seed: string, purpose: string, replica: number, agent: number): number {
  const [high, low] = threefry2x32(threefry2x32(seedKey(seed), [replica, hashName(purpose)]), [agent, 0]);
  return 1 - (Math.floor(high / 32) * 2 ** 26 + Math.floor(low / 64) + 1) / 2 ** 53;
}
