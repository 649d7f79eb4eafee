// Known answers of shaders/lib on an engine: the generator, the permutations, fixed point, the logistic table.
import { describe, expect, test } from 'vitest';
import type { Engine, Population } from '../../src/engine/engine.ts';
import { isqrt } from '../../src/fixed.ts';
import { sequence, threefry2x32, type Words } from '../../src/random.ts';
import { permute } from '../reference/permutation.ts';
import { load } from '../support/runs.ts';
import { calculator, shuffler } from './toys.ts';

/** Random123's known answers for threefry2x32-20: counter, key, result. */
const RANDOM123: [Words, Words, Words][] = [
  [
    [0, 0],
    [0, 0],
    [0x6b200159, 0x99ba4efe],
  ],
  [
    [0xffffffff, 0xffffffff],
    [0xffffffff, 0xffffffff],
    [0x1cb996fc, 0xbb002be7],
  ],
  [
    [0x243f6a88, 0x85a308d3],
    [0x13198a2e, 0x03707344],
    [0xc4923a9c, 0x483df7a0],
  ],
];

interface Sum {
  a: number;
  b: number;
  c: number;
  d: number;
  x: number;
  y: number;
  bits: number;
}

const EDGES = [0, 1, 2, 3, 0x7fff, 0x8000, 0xffff, 0x10000, 0x7fffffff, 0x80000000, 0xffff0000, 0xfffffffe, 0xffffffff];
const SIGNED = [0, 1, 3, 5, 0x7fff, 0x8000, 0x10000, 0x18000, 2_097_151, 2_097_152, 0x7ffffffe, 0x7fffffff];

/** Squares and their neighbours, where a root is easily off by one. */
const ROOTED = [2, 3, 4, 5, 7, 8, 255, 256, 4095, 46340, 46341, 65534, 65535].flatMap(root => [
  root * root - 1,
  root * root,
  root * root + 1,
]);

function cases(): Sum[] {
  const { word } = sequence([1, 2]);
  const random = (): Omit<Sum, 'x' | 'y' | 'bits'> => ({ a: word(), b: word(), c: word(), d: word() });
  const list: Sum[] = RANDOM123.map(([[c, d], [a, b]]) => ({ a, b, c, d, x: 0, y: 0, bits: 1 }));
  for (const a of EDGES) for (const b of EDGES) list.push({ ...random(), a, b, x: 1, y: 1, bits: 1 });
  for (const x of SIGNED) {
    for (const y of SIGNED) {
      const bits = 1 + (word() % 31);
      const fits = (BigInt(x) * BigInt(y)) >> BigInt(bits) < 2n ** 30n;
      for (const [p, q] of [
        [x, y],
        [-x, y],
        [x, -y],
        [-x, -y],
      ])
        list.push({ ...random(), x: p, y: q, bits: fits ? bits : 31 });
    }
  }
  for (const a of ROOTED) list.push({ ...random(), a, x: 1, y: 1, bits: 1 });
  for (let k = 0; k < 1000; k++)
    list.push({ ...random(), x: word() >> (k % 32), y: word() >> 12, bits: 20 + (k % 12) });
  return list;
}

export function arithmeticSuite(engine: Engine): void {
  describe('arithmetic', async () => {
    const list = cases();
    const results: Record<string, number[]> = {};
    const { population } = await load(
      engine,
      { model: 'calculator', population: list.length, topology: 'ring', steps: 1 },
      { models: [calculator] },
    );
    for (const name of ['a', 'b', 'c', 'd', 'bits'] as const)
      await population.write(
        name,
        Uint32Array.from(list, sum => sum[name]),
      );
    for (const name of ['x', 'y'] as const)
      await population.write(
        name,
        Int32Array.from(list, sum => sum[name]),
      );
    await population.step(1, { every: 0 });
    for (const { name } of population.plan.layout.fields) results[name] = [...(await population.read(name))];
    const saturated = await population.saturations();
    await population.dispose();

    test('threefry: Random123 and the host', () => {
      RANDOM123.forEach(([, , block], i) => {
        expect([results.block_low[i], results.block_high[i]]).toEqual(block);
      });
      list.forEach(({ a, b, c, d }, i) => {
        expect([results.block_low[i], results.block_high[i]]).toEqual(threefry2x32([a, b], [c, d]));
      });
    });

    test('mul_wide: all 64 bits', () => {
      list.forEach(({ a, b }, i) => {
        const product = BigInt(results.product_low[i]) | (BigInt(results.product_high[i]) << 32n);
        expect(product, `${a} × ${b}`).toBe(BigInt(a) * BigInt(b));
      });
    });

    test('mul_fixed: half away from zero, odd', () => {
      list.forEach(({ x, y, bits }, i) => {
        const product = BigInt(x) * BigInt(y);
        const size = ((product < 0n ? -product : product) + (1n << BigInt(bits - 1))) >> BigInt(bits);
        expect(BigInt(results.scaled[i]), `${x} × ${y} / 2^${bits}`).toBe(product < 0n ? -size : size);
      });
      const halves = list.findIndex(({ x, y, bits }) => x === 1 && y === 1 && bits === 1);
      expect(results.scaled[halves]).toBe(1);
    });

    test('mul_fixed_saturated: the same, or the largest of its sign', () => {
      let beyond = 0;
      list.forEach(({ a, b, bits }, i) => {
        const product = BigInt((a | 1) >> 0) * BigInt((b | 1) >> 0);
        const size = ((product < 0n ? -product : product) + (1n << BigInt(bits - 1))) >> BigInt(bits);
        const largest = size < 2n ** 31n ? size : 2n ** 31n - 1n;
        if (largest !== size) beyond++;
        expect(BigInt(results.saturated_scaled[i])).toBe(product < 0n ? -largest : largest);
      });
      expect(beyond).toBeGreaterThan(10);
      expect(beyond).toBeLessThan(list.length - 10);
    });

    test('wide_fraction: rounded down below 2³¹, within 2⁻²⁹ above', () => {
      const seen = new Set<number>();
      list.forEach(({ a, b, c, d }, i) => {
        const width = 1 + (((c + d) >>> 0) % 63);
        const bits = width > 32 ? [a, b >>> (64 - width)] : width === 32 ? [a, 0] : [a >>> (32 - width), 0];
        const whole = [Math.max(bits[0], 1), bits[1]];
        const part = [Math.min(whole[0], c), Math.min(whole[1], d)];
        const [p, w] = [part, whole].map(([low, high]) => BigInt(low) | (BigInt(high) << 32n));
        const exact = Number((p << 31n) / w);
        const allowed = w < 2n ** 31n ? 0 : 4;
        expect(Math.abs(results.wide_ratio[i] - exact), `${p} / ${w}`).toBeLessThanOrEqual(allowed);
        seen.add(w.toString(2).length);
      });
      expect(seen.size).toBeGreaterThan(40);
    });

    test('fraction: rounded down, exact', () => {
      list.forEach(({ c, d, bits }, i) => {
        const whole = Math.max(c >>> 1, 1);
        const part = d % (whole + 1);
        expect(results.ratio[i], `${part} / ${whole} at ${bits}`).toBe(
          Number((BigInt(part) << BigInt(bits)) / BigInt(whole)),
        );
      });
    });

    test('isqrt: rounded down, on squares and beside them, as on the host', () => {
      list.forEach(({ a }, i) => {
        const root = BigInt(results.root_of_a[i]);
        expect(root * root <= BigInt(a) && BigInt(a) < (root + 1n) ** 2n, `√${a}`).toBe(true);
        expect(isqrt(a)).toBe(results.root_of_a[i]);
      });
      expect(ROOTED.every(a => list.some(sum => sum.a === a))).toBe(true);
    });

    test('logistic: within 1e-6, symmetric, monotone', () => {
      const byX = new Map(list.map(({ x }, i) => [x, results.chance_of_x[i]]));
      for (const [x, value] of byX) {
        expect(Math.abs(value / 2 ** 31 - 1 / (1 + Math.exp(-x / 65536)))).toBeLessThan(1e-6);
        if (byX.has(-x)) expect(value + byX.get(-x)!).toBe(2 ** 31);
      }
      const ascending = [...byX].sort(([a], [b]) => a - b).map(([, value]) => value);
      for (let k = 1; k < ascending.length; k++) expect(ascending[k]).toBeGreaterThanOrEqual(ascending[k - 1]);
    });

    test('nothing was clamped', () => {
      expect([...saturated]).toEqual([0]);
    });
  });

  test('permutations are permutations, and those of the reference', async () => {
    const sizes = [...Array.from({ length: 70 }, (_, k) => k + 1), 4095, 4096, 4097, 10007];
    const items = sizes.flatMap(size => Array.from({ length: size }, (_, item) => ({ item, size })));
    const spec = { model: 'shuffler', population: items.length, topology: 'ring', steps: 1 };
    const { population } = await load(engine, spec, { models: [shuffler] });
    const write = (name: 'item' | 'size'): Promise<void> =>
      population.write(
        name,
        Uint32Array.from(items, entry => entry[name]),
      );
    await Promise.all([write('item'), write('size')]);
    await population.step(1, { every: 0 });
    const images = await population.read('image');
    await (population satisfies Population).dispose();
    let at = 0;
    for (const size of sizes) {
      const image = images.subarray(at, at + size);
      expect(
        image
          .slice()
          .sort()
          .every((value, i) => value === i),
        `a permutation of ${size}`,
      ).toBe(true);
      const key: Words = [0x12345678, 0x9abcdef0];
      for (const i of [0, size >> 1, size - 1]) expect(image[i], `${i} of ${size}`).toBe(permute(i, size, key));
      at += size;
    }
  });
}
