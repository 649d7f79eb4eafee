// The density mean field of tri-alignment against closed forms and steps by hand.
import { describe, expect, test } from 'vitest';
import { TIPPING_EXAMPLE } from '../../scripts/tipping-example.mjs';
import { type Density, type DensityParams, densityModel } from '../../src/models/tri-alignment-density.ts';
import { mixedStances } from '../../src/models/tri-alignment-linear.ts';

const STILL = { imitation: 0, mutation: 0 };
const ALL: Partial<DensityParams> = {
  audit: 0.2,
  fine: 1.5,
  sharing: 0.3,
  stakes: 0.8,
  noise: 0.05,
  trainingPull: 0.02,
  sycophancy: 2,
  deception: 0.6,
  transparency: 0.25,
  corruption: 0.7,
  committed: { share: 0.07, stance: -0.9, exploits: true },
};

function run(params: Partial<DensityParams>, exploiters: number, steps: number) {
  const model = densityModel({ ...TIPPING_EXAMPLE, ...params });
  let density = model.start(exploiters);
  for (let step = 0; step < steps; step++) density = model.step(density);
  return { model, density, summary: model.summary(density) };
}

const sum = (values: Float64Array): number => values.reduce((all, value) => all + value, 0);
const meanOf = (mass: Float64Array, stances: Float64Array): number =>
  mass.reduce((all, m, b) => all + m * stances[b], 0) / sum(mass);

describe('stances', () => {
  test('the free agents stay as many, whatever moves them', () => {
    const { density } = run(ALL, 0.4, 300);
    expect(Math.abs(sum(density.comply) + sum(density.exploit) - 0.93)).toBeLessThan(1e-12);
    expect(Math.min(...density.comply, ...density.exploit)).toBeGreaterThan(-1e-15);
  });

  // linear deposit keeps means, so the grid costs nothing here
  test('strategies fixed, no tolerance: both rest at the closed form of the linear regime', () => {
    const { model, density } = run({ ...STILL, tolerance: 0 }, 0.4, 300);
    const { valuePull, preferencePull, taskPull, socialPull } = TIPPING_EXAMPLE;
    const two = (complier: number, exploiter: number) => [[complier, exploiter]];
    const [[complier, exploiter]] = mixedStances(
      {
        pulls: { value: valuePull, preference: preferencePull, task: taskPull, training: 0 },
        social: socialPull,
        anchors: { value: two(0.8, 0.8), preference: two(0.6, 0.6), task: two(0.6, -0.8), training: two(0, 0) },
      },
      [0.6, 0.4],
    );
    expect(meanOf(density.comply, model.stances)).toBeCloseTo(complier, 10);
    expect(meanOf(density.exploit, model.stances)).toBeCloseTo(exploiter, 10);
    expect(complier - exploiter).toBeGreaterThan(0.3);
  });

  // σ² / (1 − (1 − λ)²); deposits add less than a bin's square in each of five roundings a step
  test('noise spreads stances to the variance of an autoregressive process', () => {
    const params = { ...STILL, valuePull: 0, preferencePull: 0, taskPull: 0.2, socialPull: 0, task: 0.1, noise: 0.04 };
    const { model, density } = run(params, 0, 200);
    const variance = density.comply.reduce((all, m, b) => all + m * (model.stances[b] - 0.1) ** 2, 0);
    expect(meanOf(density.comply, model.stances)).toBeCloseTo(0.1, 10);
    expect(Math.abs(variance - 0.04 ** 2 / 0.36)).toBeLessThan((5 * 0.0005 ** 2) / 0.36);
  });

  test('what noise takes beyond an end stays there', () => {
    const params = { ...STILL, valuePull: 0, preferencePull: 0, taskPull: 0, socialPull: 0, noise: 0.1 };
    const model = densityModel({ ...TIPPING_EXAMPLE, ...params });
    const density = model.step(model.start(0, 1));
    expect(sum(density.comply)).toBeCloseTo(1, 12);
    // half, and half of what stays in the last bin
    expect(Math.abs(density.comply[model.stances.length - 1] - 0.5)).toBeLessThan(0.0015);
  });

  test('a step with everything on, by hand', () => {
    const params = { ...STILL, ...ALL, noise: 0 };
    const { summary } = run(params, 0.4, 1);
    const free = 0.93;
    // exploiters at 0.8 deceive nobody: they are at h. The committed show −0.9 moved 0.45 of the way to 0.8
    const heard = free * 0.8 + 0.07 * (-0.9 + 0.45 * 1.7);
    const common = 0.8 + 0.02 * (1 + 2 * 0.1) * (0.6 - 0.8) + 0.1 * (heard - 0.8);
    const complier = common + 0.06 * (0.6 - 0.8);
    const exploiter = common + 0.06 * (0.6 + 0.7 * -1.4 - 0.8);
    const mean = free * (0.6 * complier + 0.4 * exploiter) + 0.07 * -0.9;
    expect(summary.stance).toBeCloseTo(mean, 12);
    expect(summary.exploiters).toBeCloseTo(0.07 + 0.4 * free, 12);
    const near = (x: number, goal: number) => 1 - Math.abs(x - goal) / 2;
    const preference = free * (0.6 * near(complier, 0.6) + 0.4 * near(exploiter, 0.6)) + 0.07 * near(-0.9, 0.6);
    expect(summary.preference).toBeCloseTo(preference, 12);
  });
});

describe('strategies', () => {
  const fermi = (lead: number): number => 1 / (1 + Math.exp(-lead / TIPPING_EXAMPLE.selectionNoise));

  /** Share of exploiters after one step without movement, by going through every encounter of the imitator and of whom it looks at. */
  function byHand(e: number, params: DensityParams, alignment: number): number {
    const { payoffs, stakes, sharing, audit, fine, conscience, imitation, mutation } = params;
    const kept = (exploits: boolean, met: boolean, audited: boolean): number => {
      const raw = exploits ? (met ? payoffs.punishment : payoffs.temptation) : met ? payoffs.sucker : payoffs.reward;
      // the pool adds the same to everyone
      return (1 - sharing) * stakes * raw - (exploits && audited ? fine : 0);
    };
    let next = 0;
    for (const own of [false, true]) {
      for (const [its, mine, theirs, audited] of Array.from({ length: 16 }, (_, k) =>
        [1, 2, 4, 8].map(bit => (k & bit) > 0),
      )) {
        // biome-ignore format: one thought
        const share = (exploits: boolean): number => (exploits ? e : 1 - e);
        const chance = share(own) * share(its) * share(mine) * share(theirs) * (audited ? audit : 1 - audit);
        const cost = conscience * alignment * (Number(its) - Number(own));
        // of the two that differ one exploits, so that one audit is enough
        const lead = kept(its, theirs, audited) - kept(own, mine, audited) - cost;
        const turns = own === its ? 0 : imitation * fermi(lead);
        const exploits = own ? 1 - turns : turns;
        next += chance * ((1 - mutation) * exploits + mutation / 2);
      }
    }
    return next;
  }

  test('a step of imitation by realised payoffs, audits, sharing and conscience, by hand', () => {
    const still = { valuePull: 0, preferencePull: 0, taskPull: 0, socialPull: 0, trained: 0.2, human: 0.8, mutation: 0.01 }; // biome-ignore format: one thought
    const params = { ...TIPPING_EXAMPLE, ...still, audit: 0.2, fine: 1.5, sharing: 0.3, stakes: 0.8, imitation: 0.7 };
    const model = densityModel(params);
    const alignment = 1 - (0.6 - 0.1) / 1.9;
    for (const e of [0.1, 0.5, 0.8]) {
      const next = model.summary(model.step(model.start(e))).exploiters;
      expect(next).toBeCloseTo(byHand(e, params, alignment), 12);
      expect(Math.abs(next - byHand(e, { ...params, fine: 1 }, alignment))).toBeGreaterThan(1e-3);
    }
  });

  test.each([
    { game: 'Hawk-Dove, V = 1, C = 4', payoffs: { reward: 0.5, sucker: 0, temptation: 1, punishment: -1.5 }, rest: 0.25 },
    { game: 'snowdrift, b = 1, c = 0.4', payoffs: { reward: 0.8, sucker: 0.6, temptation: 1, punishment: 0 }, rest: 0.25 },
  ])('$game, expected payoffs: rests where both strategies earn the same', ({ payoffs, rest }) => {
    const { summary, model } = run({ payoffs, conscience: 0, mutation: 0, learning: 'expected', bins: 101 }, 0.6, 3000);
    expect(summary.exploiters).toBeCloseTo(rest, 10);
    expect(model.outcome(0)).toBe(1);
  }); // biome-ignore format: a table

  test('mutation alone leads to half and half', () => {
    const { summary } = run({ imitation: 0, mutation: 0.1, bins: 101 }, 0.9, 1);
    expect(summary.exploiters).toBeCloseTo(0.5 + 0.4 * 0.9, 12);
  });

  test('task outcomes: a favour returned is everything, one given half, none nothing', () => {
    const { outcome } = densityModel({ ...TIPPING_EXAMPLE, bins: 101 });
    expect([0, 0.5, 1].map(outcome)).toEqual([1, 0.5, 0]);
  });
});

test('two strategies of one mean do not make a mean field: the spread within them counts', () => {
  const model = densityModel(TIPPING_EXAMPLE);
  const at = (stance: number, share: number): Float64Array => model.start(0, stance).comply.map(m => m * share);
  const [near, far, exploit] = [at(0.8, 0.35), at(0.4, 0.35), at(-0.8, 0.3)];
  const narrow: Density = { comply: at(0.6, 0.7), exploit };
  const wide: Density = { comply: near.map((m, b) => m + far[b]), exploit };
  expect(model.summary(wide).stance).toBeCloseTo(model.summary(narrow).stance, 12);
  const [a, b] = [narrow, wide].map(density => model.summary(model.step(density)).exploiters);
  expect(Math.abs(a - b)).toBeGreaterThan(1e-4);
});
