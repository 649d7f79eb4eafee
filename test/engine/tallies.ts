// Aggregates of two words, sums of products, maxima, and powers: what rules know of everybody beyond counts and means, recomputed in plain TypeScript.
import { describe, expect, test } from 'vitest';
import type { Engine } from '../../src/engine/engine.ts';
import { arrayOf, fixed, integerField, type Model, perGroup } from '../../src/model/index.ts';
import { load } from '../support/runs.ts';
import { toy } from './toys.ts';

const WORD = { max: 2 ** 32 - 1 };

/** Every group learns what its agents say in all, by weight, as words and as a quotient; and everybody learns the largest weight. */
const criers: Model = toy(
  {
    name: 'criers',
    updates: ['synchronous'],
    fields: {
      said: arrayOf(fixed({ min: -1, max: 1 }), 2),
      loud: fixed({ min: 0, max: 2 ** 18 }),
      low: perGroup(arrayOf(integerField(WORD), 2)),
      high: perGroup(arrayOf(integerField(WORD), 2)),
      total_low: perGroup(integerField(WORD)),
      total_high: perGroup(integerField(WORD)),
      mean: perGroup(arrayOf(fixed({ min: -1, max: 1 }), 2)),
      largest: fixed({ min: 0, max: 2 ** 18 }),
    },
    aggregates: {
      heard: { kind: 'sum', field: 'said', weight: 'loud', by: 'group', before: 'tally' },
      volume: { kind: 'sum', field: 'loud', by: 'group', before: 'tally' },
      loudest: { kind: 'maximum', field: 'loud', before: 'note' },
    },
    rules: ['tally', 'note'],
    groupRules: ['tally'],
    measures: {},
  },
  {
    tally: `import package::agent::{heard, set_high, set_low, set_mean, set_total_high, set_total_low, volume};
import package::fixed::wide_quotient;
fn tally(g: u32) {
  for (var k = 0u; k < 2u; k++) {
    set_low(k, heard(g, k).x);
    set_high(k, heard(g, k).y);
    set_mean(k, wide_quotient(heard(g, k), volume(g)));
  }
  set_total_low(volume(g).x);
  set_total_high(volume(g).y);
}`,
    note: `import package::agent::{loudest, set_largest};
fn note(me: u32) {
  set_largest(loudest());
}`,
  },
);

/** x to a power, and its logarithm. */
const climbers: Model = toy(
  {
    name: 'climbers',
    updates: ['synchronous'],
    fields: {
      x: integerField(WORD),
      exponent: integerField({ min: -(2 ** 20), max: 2 ** 20 }),
      raised: integerField(WORD),
      logarithm: integerField({ min: -(2 ** 30), max: 2 ** 30 }),
    },
    rules: ['climb'],
    measures: {},
  },
  {
    climb: `import package::agent::{exponent, set_logarithm, set_raised, x};
import package::power::{log2_fixed, power};
fn climb(me: u32) {
  set_logarithm(log2_fixed(x(me)));
  set_raised(power(x(me), exponent(me)));
}`,
  },
);

function divide(a: bigint, b: bigint): bigint {
  const size = (a < 0n ? -a : a) * 2n + b;
  const rounded = size / (2n * b);
  return a < 0n ? -rounded : rounded;
}

export function talliesSuite(engine: Engine): void {
  test.each([
    { points: 1, loud: (i: number) => 4096 + (i % 7) * 1000 },
    { points: 1, loud: (i: number) => (i % 5 === 0 ? 2 ** 28 : 3) },
  ])('sums of products by group, and the largest of all: $loud', async ({ loud }) => {
    const sizes = [90, 210];
    const spec = {
      model: 'criers',
      population: 300,
      replicas: 2,
      topology: 'ring',
      groups: { few: sizes[0], many: sizes[1] },
      steps: 1,
    };
    const { population } = await load(engine, spec, { models: [criers] });
    const weights = Int32Array.from({ length: 600 }, (_, i) => loud(i));
    const said = Int32Array.from({ length: 1200 }, (_, i) => Math.round(Math.sin(1 + i * 12.9898) * 2 ** 29));
    await population.write('loud', weights);
    await population.write('said', said);
    await population.step(1, { every: 0 });
    const read = async (field: string) => population.read(field);
    const [low, high] = [await read('low'), await read('high')];
    const [totalLow, totalHigh, mean] = [await read('total_low'), await read('total_high'), await read('mean')];
    for (let replica = 0; replica < 2; replica++) {
      for (let g = 0; g < 2; g++) {
        const first = 300 * replica + (g === 0 ? 0 : sizes[0]);
        const agents = Array.from({ length: sizes[g] }, (_, i) => first + i);
        const volume = agents.reduce((sum, i) => sum + BigInt(weights[i]), 0n);
        const at = 2 * replica + g;
        expect(BigInt(totalLow[at]) + (BigInt(totalHigh[at]) << 32n)).toBe(volume);
        for (let k = 0; k < 2; k++) {
          const sum = agents.reduce((total, i) => total + BigInt(weights[i]) * BigInt(said[2 * i + k]), 0n);
          const found = BigInt(low[2 * at + k]) + (BigInt(high[2 * at + k]) << 32n);
          expect(BigInt.asIntN(64, found)).toBe(sum);
          const exact = divide(sum, volume);
          // beyond 31 bits of volume both lose bits: less than 2⁻²⁹ of the result, and a unit
          expect(Math.abs(mean[2 * at + k] - Number(exact))).toBeLessThanOrEqual(volume < 2n ** 31n ? 0 : 2);
        }
      }
      const largest = Math.max(...weights.subarray(300 * replica, 300 * replica + 300));
      expect((await read('largest'))[300 * replica + 17]).toBe(largest);
    }
    await population.dispose();
  });

  test('powers and logarithms are within their bounds', async () => {
    // and an octave in steps that no table has
    const octave = Array.from({ length: 97 }, (_, k) => 0x10000 + 683 * k);
    const xs = [1, 2, 3, 255, 6554, 0x8000, 0xffff, 1e6, 0x20000, 2 ** 31, 2 ** 32 - 1, ...octave];
    const exponents = [0, 1, 0x4000, 0x8000, 0x10000, 0x18000, 0x20000, -0x8000];
    const cases = xs.flatMap(x => exponents.map(exponent => ({ x, exponent })));
    const spec = { model: 'climbers', population: cases.length, topology: 'ring', steps: 1 };
    const { population } = await load(engine, spec, { models: [climbers] });
    await population.write(
      'x',
      Uint32Array.from(cases, ({ x }) => x),
    );
    await population.write(
      'exponent',
      Int32Array.from(cases, ({ exponent }) => exponent),
    );
    await population.step(1, { every: 0 });
    const [raised, logarithm] = [await population.read('raised'), await population.read('logarithm')];
    for (const [i, { x, exponent }] of cases.entries()) {
      expect(Math.abs(logarithm[i] / 2 ** 24 - Math.log2(x / 2 ** 16)), `log2(${x})`).toBeLessThan(3e-6);
      const exact = Math.min((x / 2 ** 16) ** (exponent / 2 ** 16), 2 ** 14);
      const bound = exact * 1e-5 * (1 + Math.abs(exponent) / 2 ** 16) + 0.5 / 2 ** 16;
      expect(Math.abs(raised[i] / 2 ** 16 - exact), `${x}^${exponent}`).toBeLessThanOrEqual(bound + 1e-12);
    }
    await population.dispose();
  });

  describe('mistakes', () => {
    test.each([
      [{ kind: 'maximum', field: 'said', before: 'note' } as const, 'maximum'],
      [{ kind: 'sum', field: 'loud', weight: 'said', before: 'note' } as const, 'weight'],
      [{ kind: 'count', field: 'loud', weight: 'loud', before: 'note' } as const, 'weight'],
    ])('%o is refused', (aggregate, word) => {
      const wrong = () => toy({ ...criers, aggregates: { wrong: aggregate } }, {});
      expect(wrong).toThrow(word);
    });
  });
}
