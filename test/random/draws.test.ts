// Draws as a rule sees them, on the CPU engine: uniform, of the right frequency, and independent by site, iteration, agent, step, stream and rule.
import { expect, test } from 'vitest';
import { integerField, probability } from '../../src/model/index.ts';
import { seedKey } from '../../src/random.ts';
import { Draws } from '../reference/draws.ts';
import { chiSquareTest, correlation, holm, normalTwoSided, shareError, uniformTest } from '../support/statistics.ts';
import { probeModel, type Values, watch } from './probe.ts';

/** Chance of a false alarm of each test below; several checks of one test share it. */
const ALPHA = 0.001;
const WORD = integerField({ max: 2 ** 32 - 1 });

const bounded = probeModel('bounded', {
  fields: {
    two: integerField({ max: 1 }),
    seven: integerField({ max: 6 }),
    hundred: integerField({ max: 99 }),
    most: WORD,
    none: integerField({ max: 1 }),
  },
  update: 'synchronous',
  text: `
    import package::agent::{set_hundred, set_most, set_none, set_seven, set_two};
    import package::random::{below, below_at};

    fn probe(me: u32) {
      set_two(below(2u));
      set_seven(below(7u));
      set_hundred(below_at(3u, 100u));
      set_most(below(3000000000u));
      set_none(below(0u));
    }`,
});

// 1e6 draws each: a deviation of 2 % of one value of 7 is found with probability above 0.99 (see statistics.test.ts), of one of 100 from 8 % on.
test('below(n) is uniform over 2, 7, 100 and 3e9 values (in 64 bins), and 0 for n = 0: 1e6 draws each', async () => {
  const counts = [2, 7, 100, 64].map(cells => new Array<number>(cells).fill(0));
  let nonzero = 0;
  const fields = ['two', 'seven', 'hundred', 'most', 'none'];
  const spec = { model: 'bounded', population: 10_000, steps: 100, seed: 'bounded' };
  await watch(spec, [bounded], fields, ([two, seven, hundred, most, none]) => {
    for (let i = 0; i < two.length; i++) {
      counts[0][two[i]]++;
      counts[1][seven[i]]++;
      counts[2][hundred[i]]++;
      counts[3][Math.floor((most[i] / 3e9) * 64)]++;
      nonzero += none[i];
    }
  });
  const ps = counts.map(cells => uniformTest(cells).p);
  expect(ps.length).toBe(4);
  expect(holm(ps, ALPHA)).toEqual([false, false, false, false]);
  expect(nonzero).toBe(0);
});

const hits = probeModel('hits', {
  fields: { hit: integerField({ max: 1 }), hit_at: integerField({ max: 1 }), hit_with: integerField({ max: 1 }) },
  params: { p: probability({ default: 0, about: 'chance of a hit' }) },
  update: 'synchronous',
  text: `
    import package::agent::{param, set_hit, set_hit_at, set_hit_with};
    import package::random::{chance, chance_at, chance_with};

    fn probe(me: u32) {
      set_hit(u32(chance(param.p)));
      set_hit_at(u32(chance_at(5u, param.p)));
      set_hit_with(u32(chance_with(me ^ 1u, param.p)));
    }`,
});

test('chance(p): frequencies for p = 0, 2⁻³¹, 0.3 and 1 in 1e6 draws (0.3 ± 0.00046), one coin for a pair', async () => {
  const p = [0, 2 ** -31, 0.3, 1];
  const sums = p.map(() => [0, 0, 0]);
  const agents = 10_000;
  let differ = 0;
  const spec = { model: 'hits', population: agents, params: { p }, steps: 100, seed: 'hits' };
  await watch(spec, [hits], ['hit', 'hit_at', 'hit_with'], values => {
    for (const [k, field] of values.entries()) {
      for (let i = 0; i < field.length; i++) sums[Math.floor(i / agents)][k] += field[i];
    }
    for (let i = 0; i < values[2].length; i += 2) differ += values[2][i] ^ values[2][i + 1];
  });
  expect(sums[0]).toEqual([0, 0, 0]);
  // one hit in 1e6 draws has probability 0.0005
  expect(sums[1]).toEqual([0, 0, 0]);
  expect(sums[3]).toEqual([1e6, 1e6, 1e6]);
  expect(differ).toBe(0);
  // the shared coin is tossed 5e5 times
  const zs = sums[2].map((hit, k) => (hit / 1e6 - 0.3) / shareError(0.3, k === 2 ? 5e5 : 1e6));
  expect(holm(zs.map(normalTwoSided), ALPHA)).toEqual([false, false, false]);
});

test('chance(p) compares the upper 31 bits of a draw with p: it turns exactly there, also at 2⁻³¹ steps', async () => {
  const draws = new Draws(seedKey('edge'), 0, 'probe');
  const agents = 20;
  const edges = Array.from({ length: agents }, (_, agent) => Number(draws.bits(0, agent, 1) >> 33n));
  const p = edges.flatMap(edge => [edge / 2 ** 31, (edge + 1) / 2 ** 31]);
  await watch(
    { model: 'hits', population: agents, params: { p }, steps: 1, seed: 'edge' },
    [hits],
    ['hit'],
    ([hit]) => {
      for (let agent = 0; agent < agents; agent++) {
        expect([hit[2 * agent * agents + agent], hit[(2 * agent + 1) * agents + agent]]).toEqual([0, 1]);
      }
    },
  );
});

const words = probeModel('words', {
  fields: { one: WORD, low: WORD, two: WORD, third: WORD, fourth: WORD },
  update: 'synchronous',
  text: `
    import package::agent::{set_fourth, set_low, set_one, set_third, set_two};
    import package::random::{draw, draw_at};

    fn probe(me: u32) {
      let bits = draw();
      set_one(bits.x);
      set_low(bits.y);
      set_two(draw().x);
      for (var k = 3u; k < 5u; k++) {
        let more = draw_at(k).x;
        if (k == 3u) {
          set_third(more);
        } else {
          set_fourth(more);
        }
      }
    }`,
});

/** How two sets of words hang together, as p values: correlation, and the joint frequencies of their upper and of their lower four bits. */
class Joint {
  readonly #upper = new Array<number>(256).fill(0);
  readonly #lower = new Array<number>(256).fill(0);
  readonly #zs: number[] = [];

  add(a: Values, b: Values): void {
    for (let i = 0; i < a.length; i++) {
      this.#upper[(a[i] >>> 28) * 16 + (b[i] >>> 28)]++;
      this.#lower[(a[i] & 15) * 16 + (b[i] & 15)]++;
    }
    this.#zs.push(correlation(a, b) * Math.sqrt(a.length));
  }

  ps(): number[] {
    const z = this.#zs.reduce((sum, x) => sum + x, 0) / Math.sqrt(this.#zs.length);
    return [normalTwoSided(z), uniformTest(this.#upper).p, uniformTest(this.#lower).p];
  }
}

// 1e6 pairs each: a correlation of 0.005 is five standard errors.
test('words are independent by site, iteration, agent, step and stream: 1e6 pairs each, 24 checks together', async () => {
  const agents = 2500;
  const joints = new Map<string, Joint>();
  const look = (name: string, a: Values, b: Values): void => {
    const joint = joints.get(name) ?? new Joint();
    joints.set(name, joint);
    joint.add(a, b);
  };
  let before: Values | undefined;
  const spec = { model: 'words', population: agents, replicas: 2, steps: 200, seed: 'words' };
  await watch(spec, [words], ['one', 'low', 'two', 'third', 'fourth'], ([one, low, two, third, fourth]) => {
    look('halves of a draw', one, low);
    look('sites', one, two);
    look('iterations', third, fourth);
    look('a site and an iteration of the next', two, third);
    look('neighbouring agents', one.subarray(0, -1), one.subarray(1));
    look('distant agents', one.subarray(0, agents / 2), one.subarray(agents / 2, agents));
    look('streams', one.subarray(0, agents), one.subarray(agents));
    if (before) look('steps', before, one);
    before = one.slice();
  });
  const ps = [...joints.values()].flatMap(joint => joint.ps());
  expect(ps.length).toBe(24);
  expect(holm(ps, ALPHA).filter(Boolean)).toEqual([]);
});

test('the same look finds a counter instead of draws, and one bit shared by two words', () => {
  const random = new Draws(seedKey('planted'), 0, 'probe');
  const fair = Uint32Array.from({ length: 20_000 }, (_, i) => Number(random.bits(0, i, 0) >> 32n));
  const other = Uint32Array.from({ length: 20_000 }, (_, i) => Number(random.bits(1, i, 0) >> 32n));
  const ps = (a: Values, b: Values): number[] => {
    const joint = new Joint();
    joint.add(a, b);
    return joint.ps();
  };
  expect(holm(ps(fair, other), ALPHA)).toEqual([false, false, false]);
  expect(
    holm(
      ps(
        fair,
        fair.map((_, i) => i * 1e5),
      ),
      ALPHA,
    ),
  ).toContain(true);
  expect(
    holm(
      ps(
        fair,
        other.map((word, i) => ((word & ~1) | (fair[i] & 1)) >>> 0),
      ),
      ALPHA,
    ),
  ).toEqual([false, false, true]);
  expect(chiSquareTest([20_000, 0], [0.5, 0.5]).p).toBeLessThan(ALPHA);
});
