// The run digest: pinned, sensitive to every bit, and indifferent to nothing but batching.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createDigestChain, digestText, hex64 } from '../../src/record/digest.ts';

interface Addition {
  step: number;
  world: number;
  digest: bigint;
  terms: bigint[];
}

function chain(additions: readonly Addition[]): string {
  const digest = createDigestChain();
  for (const { step, world, digest: state, terms } of additions) digest.add(step, world, state, terms);
  return digest.value();
}

const addition = fc.record({
  step: fc.nat(),
  world: fc.nat(4096),
  digest: fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
  terms: fc.array(fc.bigInt({ min: -(2n ** 100n), max: 2n ** 100n }), { maxLength: 4 }),
});

describe('run digest', () => {
  it('is pinned: it must never change between versions', () => {
    expect(createDigestChain().value()).toBe('67726f756e647377');
    expect(chain([{ step: 0, world: 0, digest: 1n, terms: [5n, -5n] }])).toBe('65fedcdb73204f6b');
    expect(digestText('groundswell')).toBe('86630179fa94cbf7');
    expect(hex64(-1n)).toBe('ffffffffffffffff');
  });

  it('changes with any single bit of any addition', () => {
    fc.assert(
      fc.property(fc.array(addition, { minLength: 1, maxLength: 5 }), fc.nat(), fc.nat(63), (list, pick, bit) => {
        const before = chain(list);
        const at = pick % list.length;
        const variants: Addition[] = [
          { ...list[at], digest: list[at].digest ^ (1n << BigInt(bit)) },
          { ...list[at], step: (list[at].step ^ (1 << (bit % 31))) >>> 0 },
          { ...list[at], world: list[at].world ^ (1 << (bit % 12)) },
          ...list[at].terms.map((term, i) => ({
            ...list[at],
            terms: list[at].terms.with(i, term ^ (1n << BigInt(bit))),
          })),
          { ...list[at], terms: [...list[at].terms, 0n] },
        ];
        for (const variant of variants) expect(chain(list.with(at, variant))).not.toBe(before);
      }),
    );
  });

  it('tells wide terms from narrow ones with the same low 64 bits', () => {
    const ends = [-1n, 2n ** 64n - 1n, -1n - 2n ** 64n].map(term =>
      chain([{ step: 0, world: 0, digest: 0n, terms: [term] }]),
    );
    expect(new Set(ends).size).toBe(3);
  });

  it('is the same of cells as they lie in a buffer', () => {
    const unsigned = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n });
    fc.assert(
      fc.property(fc.array(unsigned, { maxLength: 6 }), terms => {
        const digest = createDigestChain();
        digest.addCells(3, 4, 5n, new Uint32Array(BigUint64Array.from(terms).buffer));
        expect(digest.value()).toBe(chain([{ step: 3, world: 4, digest: 5n, terms }]));
      }),
    );
  });

  it('tells two orders apart, and may be read on the way', () => {
    const a = { step: 1, world: 0, digest: 7n, terms: [] };
    const b = { step: 1, world: 1, digest: 9n, terms: [] };
    expect(chain([a, b])).not.toBe(chain([b, a]));
    const digest = createDigestChain();
    digest.add(1, 0, 7n, []);
    digest.value();
    digest.add(1, 1, 9n, []);
    expect(digest.value()).toBe(chain([a, b]));
  });

  it('tells texts apart that differ by trailing zero bytes', () => {
    expect(digestText('a')).not.toBe(digestText('a\0'));
  });
});
