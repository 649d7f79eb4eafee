// Friedkin-Johnsen opinions against linear algebra: the stationary state of real and made networks, conserved means, and the course on a complete graph.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { uniform } from '../reference/draws.ts';
import { solveDominant } from '../support/linear.ts';
import type { SpecObject } from '../support/runs.ts';
import { estimate } from '../support/statistics.ts';
import { sharedData } from '../topology/support.ts';
import { farthest, linksOf, settle, stationary } from './influence.ts';
import { courses, run } from './measure.ts';

const EMAIL = 'email-eu-core.txt';
const DEPARTMENTS = 'email-eu-core-departments.txt';
const email = sharedData(EMAIL);
const departments = sharedData(DEPARTMENTS);
const moltbook = sharedData('moltbook-2026-02-01.csv');

const example = (name: string) => ({ text: readFileSync(new URL(`../../examples/${name}`, import.meta.url), 'utf8') });
const fields = (text: string, separator: string): string[][] =>
  text.trim().split('\n').map(line => line.trim().split(separator)); // biome-ignore format: one thought

// Deviations shrink to 0.8 of themselves a step: 2 × 0.8^80 < 4e-8. Rounding: 2⁻²⁹ / 0.2, and shares of at most 345 links 345 × 2⁻³¹ × 4: 7e-7.
test.skipIf(!email || !departments)('e-mail network, as in the example: the dense solution, for everyone', async () => {
  const links = linksOf(fields(email!, ' ').map(([from, to]) => [to, from, 1] as const), 'once'); // biome-ignore format: one thought
  const texts = { [EMAIL]: email!, [DEPARTMENTS]: departments! };
  const settled = await settle(example('friedkin-johnsen.yaml'), texts, 80);
  expect(settled.ids.length).toBe(1005);
  const solution = stationary(links, settled, () => 0.8);
  expect(farthest(settled.opinion, solution)).toBeLessThan(1e-6);
  // a λ of 0.801 is told apart
  expect(
    farthest(
      settled.opinion,
      stationary(links, settled, () => 0.801),
    ),
  ).toBeGreaterThan(1e-4);
  // the departments start where the example says
  const favour = new Set(['4', '7', '14', '20', '21', '41']);
  const departmentOf = new Map(fields(departments!, ' ') as [string, string][]);
  const inFavour = settled.innate.filter((_, i) => favour.has(departmentOf.get(settled.ids[i])!));
  const others = settled.innate.filter((_, i) => !favour.has(departmentOf.get(settled.ids[i])!));
  // 329 and 676 draws of standard deviation 0.2, of which what is above 1 is drawn again: a mean of 0.589
  expect(Math.abs(estimate(inFavour).mean - 0.6)).toBeLessThan(0.05);
  expect(Math.abs(estimate(others).mean + 0.4)).toBeLessThan(0.04);
});

// 2 × 0.95^320 < 2e-7; rounding as above with 1 / (1 − λ) = 20: 3e-6.
test.skipIf(!email)('e-mail network, a susceptibility for each agent: the dense solution, for everyone', async () => {
  const links = linksOf(fields(email!, ' ').map(([from, to]) => [from, to, 1] as const), 'once'); // biome-ignore format: one thought
  const spec: SpecObject = {
    model: 'friedkin-johnsen',
    topology: { kind: 'edges', file: EMAIL },
    params: { susceptibility: { distribution: 'uniform', min: 0.2, max: 0.95 } },
    steps: 320,
    seed: 'each',
  };
  const settled = await settle(spec, { [EMAIL]: email! }, 320);
  const lambda = (i: number): number => 0.2 + 0.75 * uniform('each', 'param:susceptibility', 0, i);
  expect(farthest(settled.opinion, stationary(links, settled, lambda))).toBeLessThan(1e-5);
  expect(
    farthest(
      settled.opinion,
      stationary(links, settled, () => 0.575),
    ),
  ).toBeGreaterThan(0.1);
});

test.skipIf(!moltbook)(
  'Moltbook, replies by how many: the dense solution of the weighted network, for everyone',
  async () => {
    const name = 'moltbook-2026-02-01.csv';
    const replies = fields(moltbook!, ',').filter(([, , kind]) => kind === 'reply');
    const edges = (weigh: (weight: string) => number) =>
    linksOf(replies.map(([from, to, , weight]) => [from, to, weigh(weight)] as const), 'add'); // biome-ignore format: one thought
    const spec: SpecObject = {
      model: 'friedkin-johnsen',
      topology: { kind: 'edges', file: name, filter: { kind: 'reply' }, columns: { weight: 'weight' } },
      steps: 80,
    };
    const settled = await settle(spec, { [name]: moltbook! }, 80);
    expect(settled.ids.length).toBe(1810);
    expect(
      farthest(
        settled.opinion,
        stationary(edges(Number), settled, () => 0.8),
      ),
    ).toBeLessThan(1e-6);
    // weights matter
    expect(
      farthest(
        settled.opinion,
        stationary(
          edges(() => 1),
          settled,
          () => 0.8,
        ),
      ),
    ).toBeGreaterThan(0.01);
  },
);

/** A connected graph of 60 agents with triangles and weights from 1/4 to 2: a circle, and chords of it. */
const AGENTS = 60;
const EDGES = Array.from({ length: AGENTS }, (_, i) =>
  [1, 2, 7 + (i % 5)].map((step): [number, number, number] => [i, (i + step) % AGENTS, (1 + ((i * step) % 8)) / 4]),
).flat();
const STRENGTHS = Array.from({ length: AGENTS }, (_, i) =>
  EDGES.reduce((sum, [a, b, weight]) => (a === i || b === i ? sum + weight : sum), 0),
);
const WEIGHTED = ['source,target,weight', ...EDGES.map(edge => edge.join(','))].join('\n');
const BALANCE = ['id,susceptibility', ...STRENGTHS.map((d, i) => `${i},${d / (1 + d)}`)].join('\n');
const WEIGHTED_SPEC: SpecObject = {
  model: 'friedkin-johnsen',
  topology: { kind: 'edges', file: 'weighted.csv', columns: { weight: 'weight' }, directed: false },
  steps: 1,
};
const BALANCED_SPEC: SpecObject = {
  ...WEIGHTED_SPEC,
  params: { susceptibility: { file: 'balance.csv', column: 'susceptibility', id: 'id' } },
};
const TEXTS = { 'weighted.csv': WEIGHTED, 'balance.csv': BALANCE };

/** The rows of the graph's Laplacian, in the order of the ids. */
function laplacian(ids: readonly string[]): Float64Array[] {
  const place = new Map(ids.map((id, i) => [Number(id), i]));
  const rows = ids.map(() => new Float64Array(AGENTS));
  for (const [a, b, weight] of EDGES) {
    const [i, j] = [place.get(a)!, place.get(b)!];
    rows[i][i] += weight;
    rows[j][j] += weight;
    rows[i][j] -= weight;
    rows[j][i] -= weight;
  }
  return rows;
}

// Susceptibilities d / (1 + d) are at most 0.93. Asynchronous updates reach the same state; the slowest has every agent act 500 times on average.
test.each([
  { update: 'synchronous', steps: 500 },
  { update: 'sublattice', steps: 500 },
  { update: { activation: 0.3 }, steps: 1500 },
  { update: 'sequential', steps: 500 * AGENTS },
])(
  'λᵢ = dᵢ / (1 + dᵢ), $update: z = (I + L)⁻¹ s, and polarisation + disagreement = s̃ᵀ (I + L)⁻¹ s̃',
  async ({ update, steps }) => {
    const settled = await settle({ ...BALANCED_SPEC, update }, TEXTS, steps);
    const { ids, innate, opinion } = settled;
    const withIdentity = (): Float64Array[] =>
      laplacian(ids).map((row, i) => row.map((value, j) => value + Number(i === j)));
    expect(farthest(opinion, solveDominant(withIdentity(), innate.slice()))).toBeLessThan(1e-6);

    const centre = (values: Float64Array): Float64Array => values.map(value => value - estimate(values).mean);
    const dot = (a: Float64Array, b: Float64Array): number => a.reduce((sum, value, i) => sum + value * b[i], 0);
    const place = new Map(ids.map((id, i) => [Number(id), i]));
    const polarisation = dot(centre(opinion), centre(opinion));
    const disagreement = EDGES.reduce(
      (sum, [a, b, weight]) => sum + weight * (opinion[place.get(a)!] - opinion[place.get(b)!]) ** 2,
      0,
    );
    const conflict = dot(centre(innate), solveDominant(withIdentity(), centre(innate)));
    expect(disagreement).toBeGreaterThan(0.1);
    expect(Math.abs(polarisation + disagreement - conflict)).toBeLessThan(1e-5);
  },
);

// DeGroot. The circle with chords mixes within some dozen steps; each rounds by at most 2⁻³⁰, shares by 12 × 2⁻³¹: 200 steps move the mean by less than 2e-6.
test('susceptibility 1, connected and aperiodic: consensus at the mean weighted by degrees', async () => {
  const settled = await settle({ ...WEIGHTED_SPEC, params: { susceptibility: 1 } }, TEXTS, 200);
  const { ids, innate, opinion } = settled;
  const strength = (i: number): number => STRENGTHS[Number(ids[i])];
  const total = ids.reduce((sum, _, i) => sum + strength(i), 0);
  const weighted = innate.reduce((sum, value, i) => sum + value * strength(i), 0) / total;
  expect(
    farthest(
      opinion,
      innate.map(() => weighted),
    ),
  ).toBeLessThan(2e-6);
  expect(Math.abs(weighted - estimate(innate).mean)).toBeGreaterThan(1e-3);
});

// A circle has W of eigenvalue −1 when its length is even: agents of the two halves swap for ever, and no consensus comes.
test('susceptibility 1 on an even circle: no consensus, since it is periodic', async () => {
  const spec = { model: 'friedkin-johnsen', population: 60, topology: 'ring', params: { susceptibility: 1 } };
  const { series } = await run({ ...spec, steps: 2000, measure: 1000 });
  expect(series.variance.at(-1)).toBeGreaterThan(1e-5);
});

// A step rounds by at most one unit of 2⁻²⁹, and deviations shrink to λ of themselves.
test.each([0, 0.3, 0.8])(
  'complete graph, λ = %d: (1 − λ) x(0) + λ mean to the last units, after a step and for ever',
  async susceptibility => {
    const spec = { model: 'friedkin-johnsen', population: 101, params: { susceptibility } };
    for (const [steps, units] of [
      [1, 1],
      [50, 1 + 1 / (1 - susceptibility)],
    ]) {
      const result = await run({ ...spec, steps, seed: 'complete' });
      const innate = result.final('innate') as Float64Array;
      const centre = innate.reduce((sum, value) => sum + value, 0) / 101;
      const expected = Float64Array.from(innate, value => (1 - susceptibility) * value + susceptibility * centre);
      expect(farthest(result.final('opinion') as Float64Array, expected)).toBeLessThan(units * 2 ** -29);
    }
  },
);

// 8 replicas of 10,000 agents. Where coins say who acts, mean and variance have standard errors of at most 1e-3; synchronous courses are exact but for rounding.
test.each([
  { update: 'synchronous', steps: 5, measure: 1, bound: 1e-7 },
  { update: { activation: 0.3 }, steps: 12, measure: 1, bound: 0.004 },
  { update: 'sequential', steps: 50_000, measure: 5000, bound: 0.004 },
])('complete graph, $update: mean and variance take the declared course (± $bound)', async ({ bound, ...spec }) => {
  const population = 10_000;
  const result = await run({ model: 'friedkin-johnsen', population, replicas: 8, seed: 'course', ...spec });
  expect(result.theory.notes).toEqual([]);
  expect(result.theory.courses.map(({ measure }) => measure)).toEqual(['mean', 'variance']);
  for (const { measure, values } of result.theory.courses) {
    const seen = courses(result, measure);
    values.forEach((value, k) => {
      expect(Math.abs(estimate(seen.map(course => course[k])).mean - value)).toBeLessThan(bound);
    });
  }
  const [{ branches }] = result.theory.steady;
  expect(branches.length).toBe(1);
  // var(x(0)) = 1/3, and 0.2² of it
  expect(branches[0].value).toBeCloseTo(0.04 / 3, 3);
  expect(result.theory.courses[1].values[0]).toBeCloseTo(1 / 3, 1);
});

// Independent first opinions on a large circle: (1 − λ)² ∫ dθ / (2π (1 − λ cos θ)²) = √(1 − λ) / (1 + λ)^(3/2) of their variance. The ratio has a standard error below 1 %.
test('ring: the mean is conserved, and the variance settles at √(1 − λ) / (1 + λ)^1.5 of what it was (± 4 %)', async () => {
  const spec = { model: 'friedkin-johnsen', population: 100_000, topology: 'ring', params: { susceptibility: 0.8 } };
  const result = await run({ ...spec, steps: 60, measure: 60, seed: 'ring' });
  const [first, last] = courses(result, 'variance')[0];
  const ratio = Math.sqrt(1 - 0.8) / 1.8 ** 1.5;
  expect(Math.abs(last / first / ratio - 1)).toBeLessThan(0.04);
  const [{ measure, values }] = result.theory.courses;
  expect(measure).toBe('mean');
  expect(Math.abs(courses(result, 'mean')[0][1] - values[1])).toBeLessThan(1e-8);
});

test.each<[string, SpecObject]>([
  ['agents differ', { params: { susceptibility: { distribution: 'uniform', min: 0, max: 1 } } }],
  ['degrees differ', { topology: { kind: 'erdos-renyi', mean_degree: 4 } }],
  ['classes act in turn', { topology: { kind: 'ring', reach: 2 }, update: 'sublattice' }],
])('nothing is predicted where %s', async (_, spec) => {
  const { theory } = await run({ model: 'friedkin-johnsen', population: 100, steps: 5, ...spec });
  expect([...theory.courses, ...theory.steady, ...theory.notes]).toEqual([]);
});
