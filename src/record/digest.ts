// The digest of a run: a 64-bit chain over the state digests and integer measures of every recorded step. Two histories with
// the same end differ. It detects accidents and differences between engines; it is no cryptographic signature.
import { threefry2x32 } from '../random.ts';

/** A running digest. The caller adds worlds by ascending step, and by ascending world index within a step. */
export interface DigestChain {
  /**
   * Adds one world at one step. `stateDigest` is taken modulo 2⁶⁴; `terms` are the integers behind the measures, each within
   * ±2¹²⁷. How the additions are batched makes no difference.
   */
  add(step: number, worldIndex: number, stateDigest: bigint, terms: readonly bigint[]): void;
  /** The same, with terms from 0 to 2⁶⁴ − 1 as they lie in a buffer: two words each, the low one first. */
  addCells(step: number, worldIndex: number, stateDigest: bigint, cells: Uint32Array): void;
  /** The digest of everything added so far: 16 hexadecimal digits. More may be added afterwards. */
  value(): string;
}

/** What an empty chain begins with. */
const EMPTY = '67726f756e647377';

/** A chain that goes on from another's value, or an empty one. Its state is the key of a Threefry block whose counter is the next word: state ← threefry(state, word). */
export function createDigestChain(from = EMPTY): DigestChain {
  const sponge = createSponge(Number.parseInt(from.slice(0, 8), 16), Number.parseInt(from.slice(8), 16));
  // The frame's shape comes first, so that no two lists of terms are one sequence of words.
  const begin = (step: number, worldIndex: number, terms: number, wide: number, stateDigest: bigint): void => {
    sponge.words(step, worldIndex);
    sponge.words(terms, wide);
    sponge.word64(stateDigest);
  };
  return {
    add(step, worldIndex, stateDigest, terms) {
      const wide = terms.filter(term => BigInt.asIntN(64, term) !== term).length;
      begin(step, worldIndex, terms.length, wide, stateDigest);
      for (const term of terms) sponge.word64(term);
      if (wide === 0) return;
      for (const [index, term] of terms.entries()) {
        if (BigInt.asIntN(64, term) === term) continue;
        sponge.words(index, 0);
        sponge.word64(term >> 64n);
      }
    },
    addCells(step, worldIndex, stateDigest, cells) {
      // terms of 2⁶³ and more do not fit a signed number of 64 bits
      const wide: number[] = [];
      for (let at = 1; at < cells.length; at += 2) if (cells[at] >= 0x80000000) wide.push(at >> 1);
      begin(step, worldIndex, cells.length / 2, wide.length, stateDigest);
      for (let at = 0; at < cells.length; at += 2) sponge.words(cells[at], cells[at + 1]);
      for (const index of wide) {
        sponge.words(index, 0);
        sponge.words(0, 0);
      }
    },
    value: () => sponge.hex(),
  };
}

/** The digest of a text's UTF-8 bytes: 16 hexadecimal digits. */
export function digestText(text: string): string {
  const bytes = new TextEncoder().encode(text);
  const padded = new Uint8Array(Math.ceil(bytes.length / 8) * 8);
  padded.set(bytes);
  const view = new DataView(padded.buffer);
  const sponge = createSponge(0x74657874, bytes.length);
  for (let at = 0; at < padded.length; at += 8) sponge.words(view.getUint32(at, true), view.getUint32(at + 4, true));
  return sponge.hex();
}

/** A 64-bit digest (taken modulo 2⁶⁴) as 16 hexadecimal digits. */
export function hex64(digest: bigint): string {
  return BigInt.asUintN(64, digest).toString(16).padStart(16, '0');
}

function createSponge(first: number, second: number) {
  let state: [number, number] = [first >>> 0, second >>> 0];
  const scratch = new DataView(new ArrayBuffer(8));
  const words = (low: number, high: number): void => {
    state = threefry2x32(state, [low, high]);
  };
  return {
    words,
    word64(value: bigint): void {
      scratch.setBigUint64(0, value, true);
      words(scratch.getUint32(0, true), scratch.getUint32(4, true));
    },
    hex: (): string => state.map(word => word.toString(16).padStart(8, '0')).join(''),
  };
}
