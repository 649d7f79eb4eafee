// Random matchings: whole outcomes at small populations, partners and their order at large ones, and weaker permutations that the same tests reject.
import { expect, test } from 'vitest';
import { openCpu } from '../../src/engine/cpu/engine.ts';
import { threefry2x32 } from '../../src/random.ts';
import { permute } from '../reference/permutation.ts';
import { load } from '../support/runs.ts';
import {
  chiSquareTest,
  correlation,
  holm,
  normalTwoSided,
  shareError,
  tally,
  uniformTest,
} from '../support/statistics.ts';
import { matchings, type Values, watch } from './probe.ts';

/** Chance of a false alarm of each test below; several checks of one test share it. */
const ALPHA = 0.001;

/** A whole outcome as text: pairs in order of who is first, `first>second`; who is left over does not appear. */
function outcome(mates: ArrayLike<number>, asks: ArrayLike<number>): string {
  const pairs: string[] = [];
  for (let i = 0; i < mates.length; i++) if (asks[i] === 1) pairs.push(`${i}>${mates[i]}`);
  return pairs.join();
}

const factorial = (n: number): number => (n < 2 ? 1 : n * factorial(n - 1));

/** Matchings times who is first in each pair: n! / ⌊n/2⌋! (the order of the pairs does not count). */
const outcomes = (n: number): number => factorial(n) / factorial(Math.floor(n / 2));

/** Matchings of many worlds and steps. */
async function drawn(population: number, replicas: number, steps: number): Promise<string[]> {
  const seen: string[] = [];
  const spec = { model: 'matchings', population, replicas, steps, seed: 'matchings' };
  await watch(spec, [matchings], ['mate', 'asks'], ([mates, asks]) => {
    for (let at = 0; at < mates.length; at += population) {
      seen.push(outcome(mates.subarray(at, at + population), asks.subarray(at, at + population)));
    }
  });
  return seen;
}

// A deviation of ε in half of the outcomes up, half down is found with probability above 0.95 from ε = 2, 2, 2 and 4 % on (see statistics.test.ts).
const SMALL = [
  { population: 4, possible: 12, replicas: 4000, steps: 50 },
  { population: 5, possible: 60, replicas: 4000, steps: 75 },
  { population: 6, possible: 120, replicas: 4000, steps: 75 },
  { population: 8, possible: 1680, replicas: 4000, steps: 50 },
];

test.each(SMALL)(
  'matchings of $population: $possible outcomes, equally frequent ($replicas worlds, $steps steps)',
  async ({ population, possible, replicas, steps }) => {
    expect(outcomes(population)).toBe(possible);
    const seen = await drawn(population, replicas, steps);
    expect(seen.length).toBe(replicas * steps);
    expect(uniformTest(tally(seen, possible)).p).toBeGreaterThan(ALPHA);
    // what one step says about the next, in the same world: 9 cells for 4 agents
    if (population === 4) {
      const unordered = seen.map(text =>
        text.includes('0>1') || text.includes('1>0') ? 1 : /0>2|2>0/.test(text) ? 2 : 3,
      );
      const pairs = unordered.slice(replicas).map((next, at) => 3 * unordered[at] + next);
      expect(uniformTest(tally(pairs, 9)).p).toBeGreaterThan(ALPHA);
    }
  },
);

/** Matchings from the plain statement of the permutation, with as many rounds as told. */
function stated(population: number, count: number, rounds: number): string[] {
  return Array.from({ length: count }, (_, step) => {
    const key = threefry2x32([2025, population], [0, step]);
    const mates = new Array<number>(population);
    const asks = new Array<number>(population).fill(0);
    for (let k = 0; k + 1 < population; k += 2) {
      const [one, other] = [permute(k, population, key, rounds), permute(k + 1, population, key, rounds)];
      mates[one] = other;
      asks[one] = 1;
    }
    return outcome(mates, asks);
  });
}

test('the same test rejects the permutation with 3 rounds, with a tenth of the matchings', () => {
  const wrong = SMALL.slice(0, 3).map(
    ({ population, possible }) => uniformTest(tally(stated(population, 20_000, 3), possible)).p,
  );
  expect(holm(wrong, ALPHA)).toEqual([true, true, true]);
});

const WORLDS = 8;
const STEPS = 250;

/** Checks of matchings at populations where whole outcomes cannot be counted, as p values by name. */
class Matchings {
  readonly #n: number;
  readonly #agents: readonly number[];
  readonly #partners: number[][];
  readonly #firsts: number[];
  readonly #apart: Float64Array;
  #matchings = 0;
  #transitions = 0;
  #repeated = 0;
  readonly #partnerCorrelations: number[] = [];
  readonly #orderCorrelations: number[] = [];

  constructor(n: number) {
    this.#n = n;
    this.#agents = [0, 1, n >> 1, n - 1];
    this.#partners = this.#agents.map(() => new Array<number>(40).fill(0));
    this.#firsts = this.#agents.map(() => 0);
    this.#apart = new Float64Array(n);
  }

  /** One matching; `before` is the one of the step before, in the same world. */
  add(mates: Values, asks: Values, before?: { mates: Values; asks: Values }): void {
    const n = this.#n;
    this.#matchings++;
    for (let i = 0; i < n; i++) {
      const mate = mates[i];
      if (mate === i || mates[mate] !== i || asks[i] + asks[mate] !== 1) throw new Error(`no matching at agent ${i}`);
      if (asks[i] === 1) this.#apart[this.#apartOf(i, mate)]++;
    }
    this.#agents.forEach((agent, k) => {
      this.#partners[k][Math.floor((mates[agent] * 40) / n)]++;
      this.#firsts[k] += asks[agent];
    });
    if (!before) return;
    this.#transitions++;
    for (let i = 0; i < n; i++) if (i < mates[i] && mates[i] === before.mates[i]) this.#repeated++;
    this.#partnerCorrelations.push(correlation(mates, before.mates) * Math.sqrt(n));
    this.#orderCorrelations.push(correlation(asks, before.asks) * Math.sqrt(n));
  }

  /** 1 … n − 1 by bitwise difference where n is a power of two, else by difference around the ring (each with the opposite sign's). */
  #apartOf(i: number, j: number): number {
    if ((this.#n & (this.#n - 1)) === 0) return i ^ j;
    const ahead = (i - j + this.#n) % this.#n;
    return Math.min(ahead, this.#n - ahead);
  }

  results(): Record<string, number> {
    const n = this.#n;
    const bins = Array.from({ length: 40 }, (_, b) => Math.ceil(((b + 1) * n) / 40) - Math.ceil((b * n) / 40));
    const ps: Record<string, number> = {};
    this.#agents.forEach((agent, k) => {
      const own = Math.floor((agent * 40) / n);
      const shares = bins.map((size, b) => (size - Number(b === own)) / (n - 1));
      ps[`partners of ${agent}`] = chiSquareTest(this.#partners[k], shares).p;
      const share = this.#firsts[k] / this.#matchings;
      ps[`${agent} comes first`] = normalTwoSided((share - 0.5) / shareError(0.5, this.#matchings));
    });
    const power = (n & (n - 1)) === 0;
    const classes = power ? n - 1 : n >> 1;
    const shares = Array.from({ length: classes }, (_, d) => (power || d + 1 < n / 2 ? (power ? 1 : 2) : 1) / (n - 1));
    ps['how far apart'] = chiSquareTest(this.#apart.subarray(1, classes + 1), shares).p;
    const repeats = (this.#transitions * n) / 2 / (n - 1);
    ps['same pair twice'] = normalTwoSided((this.#repeated - repeats) / Math.sqrt(repeats));
    const z = (values: number[]): number => values.reduce((a, b) => a + b, 0) / Math.sqrt(values.length);
    ps['partners in consecutive steps'] = normalTwoSided(z(this.#partnerCorrelations));
    ps['order in consecutive steps'] = normalTwoSided(z(this.#orderCorrelations));
    return ps;
  }
}

test.each([4096, 5000])(
  `matchings of %i (${WORLDS} worlds, ${STEPS} steps): partners of four agents in 40 bins, who is first, how far apart, repetition, correlations`,
  async population => {
    const checks = new Matchings(population);
    const before: { mates: Values; asks: Values }[] = [];
    const spec = { model: 'matchings', population, replicas: WORLDS, steps: STEPS, seed: 'large' };
    await watch(spec, [matchings], ['mate', 'asks'], ([mates, asks]) => {
      for (let world = 0; world < WORLDS; world++) {
        const part = [world * population, (world + 1) * population] as const;
        const now = { mates: mates.slice(...part), asks: asks.slice(...part) };
        checks.add(now.mates, now.asks, before[world]);
        before[world] = now;
      }
    });
    const ps = checks.results();
    expect(Object.keys(ps).filter((_, k) => holm(Object.values(ps), ALPHA)[k])).toEqual([]);
  },
);

test('the same checks reject a Feistel network of 2 rounds, with a twentieth of the matchings', () => {
  const n = 4096;
  const checks = new Matchings(n);
  let before: { mates: Values; asks: Values } | undefined;
  for (let step = 0; step < 100; step++) {
    const key = threefry2x32([2025, n], [0, step]);
    const now = { mates: new Uint32Array(n), asks: new Uint32Array(n) };
    for (let k = 0; k < n; k += 2) {
      const [one, other] = [permute(k, n, key, 2), permute(k + 1, n, key, 2)];
      now.mates[one] = other;
      now.mates[other] = one;
      now.asks[one] = 1;
    }
    checks.add(now.mates, now.asks, before);
    before = now;
  }
  const ps = checks.results();
  expect(holm(Object.values(ps), ALPHA)).toContain(true);
});

test('an odd population of 101 (2,000 worlds, 10 steps): one is left over, everybody equally often, and never first', async () => {
  const n = 101;
  const left: number[] = [];
  const partners: number[] = [];
  await watch(
    { model: 'matchings', population: n, replicas: 2000, steps: 10, seed: 'odd' },
    [matchings],
    ['mate', 'asks'],
    ([mates, asks]) => {
      for (let at = 0; at < mates.length; at += n) {
        const alone = Array.from({ length: n }, (_, i) => i).filter(i => mates[at + i] === i);
        expect(alone.length).toBe(1);
        expect(asks[at + alone[0]]).toBe(0);
        left.push(alone[0]);
        partners.push(mates[at + 50]);
      }
    },
  );
  const ps = [uniformTest(tally(left, n)).p, uniformTest(tally(partners, n)).p];
  expect(holm(ps, ALPHA)).toEqual([false, false]);
});

/** The initial state of many worlds of six voters, as text: per agent `opinion`, and `z` for a zealot. */
async function placed(worlds: number, opinion: number, params: Record<string, number>): Promise<string[]> {
  const engine = await openCpu();
  const spec = { model: 'voter', population: 6, replicas: worlds, steps: 1, seed: 'places', params, init: { opinion } };
  const { population } = await load(engine, spec);
  const [opinions, zealots] = [await population.read('opinion'), await population.read('zealot')];
  await population.dispose();
  await engine.dispose();
  return Array.from({ length: worlds }, (_, w) =>
    [0, 1, 2, 3, 4, 5].map(i => `${opinions[6 * w + i]}${zealots[6 * w + i] === 1 ? 'z' : ''}`).join(' '),
  );
}

// A deviation of 6 % in half of the cells is found with probability above 0.95 (12,000 worlds × 0.06² = 43 and more).
test('initial shares and zealots in 20,000 worlds of 6: exactly so many, everywhere equally often, independent of each other', async () => {
  const worlds = 20_000;
  const ps: number[] = [];
  // three of six: 20 places
  ps.push(uniformTest(tally(await placed(worlds, 0.5, {}), 20)).p);
  // one zealot that holds 1 and two that hold 0, among agents that hold 0: 6 × 10
  ps.push(uniformTest(tally(await placed(worlds, 0, { zealots_up: 1, zealots_down: 2 }), 60)).p);
  // one zealot that holds 0: with each, 10 places of three that hold 1 (it was none of them) and 10 of two (it was one)
  ps.push(uniformTest(tally(await placed(worlds, 0.5, { zealots_down: 1 }), 120)).p);
  expect(holm(ps, ALPHA)).toEqual([false, false, false]);
});
