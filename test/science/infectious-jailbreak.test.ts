// The infectious jailbreak (Gu et al. 2024, arXiv:2402.08567): c′ = (1 − γ) c + β c (1 − c) / 2 in every round, for ever above β = 2γ and never below.
import { expect, test } from 'vitest';
import { courses, lateMean, run } from './measure.ts';

const next = (c: number, infection: number, recovery: number): number =>
  (1 - recovery) * c + (infection * c * (1 - c)) / 2;

// Most of the error is made while few are carriers: a relative 0.9 % from the 10,000 first ones, at most 0.0021 in c about round 15 (measured over 8 runs). In the mean of
// two runs that is 0.0015, and 4e-3 is 2.7 of them, over rounds that err together; a single run breaks 4e-3 with one seed in twenty.
test('1e6 agents from c₀ = 0.01, β = 0.8, γ = 0.1: every one of 40 rounds within 4e-3 of the map, and 1 − 2γ/β = 0.75 ± 0.0015 at last', async () => {
  const [infection, recovery] = [0.8, 0.1];
  const result = await run({
    model: 'infectious-jailbreak',
    replicas: 2,
    population: 1_000_000,
    params: { infection, recovery },
    init: { carrier: 0.01 },
    steps: 40,
    measure: 1,
    seed: 'jailbreak',
  });
  const [one, two] = courses(result, 'carriers');
  expect(one.length).toBe(41);
  let expected = 0.01;
  let worst = 0;
  for (const [round, carriers] of one.entries()) {
    worst = Math.max(worst, Math.abs((carriers + two[round]) / 2 - expected));
    expected = next(expected, infection, recovery);
  }
  const late = lateMean(result, 'carriers', 36).mean;
  expect(worst).toBeLessThan(4e-3);
  // two runs, five rounds: a standard error of 4e-4
  expect(Math.abs(late - 0.75)).toBeLessThan(0.0015);
});

test('endemic shares 1 − 2γ/β, γ = 0.2, β = 0.7 and 1 (4 replicas of 20,000 agents, rounds 40 to 80): ±0.006, standard error below 0.002', async () => {
  const infection = [0.7, 1];
  const result = await run({
    model: 'infectious-jailbreak',
    population: 20_000,
    replicas: 4,
    params: { infection, recovery: 0.2 },
    init: { carrier: 0.5 },
    steps: 80,
    measure: 1,
    seed: 'endemic',
  });
  for (const [point, beta] of infection.entries()) {
    const { mean, error } = lateMean(result, 'carriers', 40, point);
    expect(error).toBeLessThan(0.002);
    expect(Math.abs(mean - (1 - 0.4 / beta))).toBeLessThan(0.006);
  }
});

// Below the threshold a carrier leaves 1 − γ + β/2 = 0.95 carriers a round: of 100 there remain 100 × 0.95²⁰⁰ = 0.0035 expected. Above it, at 1.05, they persist.
test('below β = 2γ it dies out, above it stays (10,000 agents, 200 rounds from c₀ = 0.01, γ = 0.2)', async () => {
  const result = await run({
    model: 'infectious-jailbreak',
    population: 10_000,
    replicas: 3,
    params: { infection: [0.3, 0.5], recovery: 0.2 },
    init: { carrier: 0.01 },
    steps: 200,
    measure: 200,
    seed: 'threshold',
  });
  for (const course of courses(result, 'carriers', 0)) expect(course.at(-1)).toBe(0);
  for (const course of courses(result, 'carriers', 1)) expect(Math.abs(course.at(-1)! - 0.2)).toBeLessThan(0.05);
});
