// Sums over pairs of agents, and runs in pairs: Kierans' misalignment as integers, interventions that change nothing before they act, and equal specs that do not differ.
import { expect, test } from 'vitest';
import { tippingSpec } from '../../scripts/tipping-example.mjs';
import { compare } from '../../src/experiment/compare.ts';
import { open } from '../../src/experiment/open.ts';
import type { SpecObject } from '../support/runs.ts';
import { LEAN } from './tri-alignment.ts';

/** ⌊√n⌋. */
function root(n: bigint): bigint {
  let guess = BigInt(Math.floor(Math.sqrt(Number(n))));
  while (guess * guess > n) guess--;
  while ((guess + 1n) * (guess + 1n) <= n) guess++;
  return guess;
}

// Influence has 12 fraction bits and is at most 256 · 2¹² = 2²⁰, so that 10 more bits fit into a word, and its root has 11.
test('the misalignment of 500 agents is the sum over all pairs, as an integer', async () => {
  const agents = 500;
  const spec: SpecObject = {
    model: 'tri-alignment',
    population: agents,
    groups: { a: 0.5, b: 0.5 },
    params: { influence: { distribution: 'lognormal', median: 1, sigma: 1 }, matthew: 0.5, social_pull: 0.05 },
    init: { stance: { distribution: 'uniform', min: -1, max: 1 } },
    steps: 3,
    seed: 'kierans',
  };
  await using world = await open(spec, { engine: 'cpu', threads: 1, models: [LEAN] });
  await world.step(3, { every: 3 });
  const measured = (await world.rows()).measures['misalignment.0'].at(-1)!;
  const stances = (await world.read('stance')) as Float64Array;
  const goals = Array.from(stances, x => BigInt(Math.min(4, Math.floor(((x + 1) / 2) * 5))));
  const roots = Array.from((await world.read('influence')) as Float64Array, c => root(BigInt(c * 4096) << 10n));
  let sum = 0n;
  for (let i = 0; i < agents; i++) {
    for (let j = 0; j < i; j++) sum += (goals[i] > goals[j] ? goals[i] - goals[j] : goals[j] - goals[i]) * roots[i] * roots[j]; // biome-ignore format: one thought
  }
  const pairs = (agents * (agents - 1)) / 2;
  // conflicts are fourths, and the root of an influence of 1 is 2¹¹
  expect(Math.round(measured * pairs * 4 * 2 ** 22)).toBe(Number(sum));
  expect(Number(sum)).toBeLessThan(Number.MAX_SAFE_INTEGER);
  expect(new Set(goals).size).toBe(5);
  expect(new Set(roots).size).toBeGreaterThan(400);
});

const AT = 6;
const CHANGES: Record<string, SpecObject> = {
  'commit-to-exploit': { target: { fraction: 0.2 }, do: 'commit-to-exploit' },
  'a parameter of some': { target: { fraction: 0.5 }, do: { set: { value_pull: 0.2 } } },
  'a choice of everybody': { do: { set: { learning: 'expected' } } },
  quarantine: { target: { where: { strategy: 'exploit' } }, do: 'quarantine' },
  'share-rewards, every other step': { every: 2, do: ['share-rewards', 'retrain'] },
};

test.each(Object.entries(CHANGES))('%s changes no bit before its first step, and some in it', async (_, change) => {
  const init = { ...(tippingSpec().init as SpecObject), strategy: { comply: 'rest', exploit: 0.4 } };
  const plain = tippingSpec({ init, population: 500, replicas: 2, steps: 10, seed: 'before' });
  const options = { engine: 'cpu', threads: 1, models: [LEAN] } as const;
  await using without = await open(plain, options);
  await using changed = await open({ ...plain, interventions: { change: { at: AT, ...change } } }, options);
  for (let step = 1; step < AT; step++) {
    for (const world of [without, changed]) {
      await world.step(1);
      await world.rows();
    }
    expect(await changed.stateDigests()).toEqual(await without.stateDigests());
    expect(changed.digest()).toBe(without.digest());
  }
  for (const world of [without, changed]) await world.step(1);
  for (const [replica, digest] of (await changed.stateDigests()).entries()) {
    expect(digest).not.toBe((await without.stateDigests())[replica]);
  }
});

test('two equal specs: every effect on every measure is exactly zero', async () => {
  const init = { ...(tippingSpec().init as SpecObject), strategy: { comply: 'rest', exploit: 0.4 } };
  const spec = tippingSpec({ init, population: 300, replicas: 3, steps: 10, measure: 5, seed: 'equal' });
  const options = { engine: 'cpu', threads: 1 } as const;
  const same = await compare(spec, { kind: 'parameter', set: ['params.conscience=1.25'] }, options);
  expect(same.identical).toBe(true);
  expect(same.effects.length).toBeGreaterThan(40);
  for (const { measure, final, lastQuarter } of same.effects) {
    for (const { effect } of [final, lastQuarter]) {
      if (effect.count > 0) expect(effect, measure).toMatchObject({ mean: 0, halfWidth: 0, count: 3 });
    }
  }
  const other = await compare(
    spec,
    { kind: 'parameter', set: ['params.conscience=1'] },
    { ...options, models: [LEAN] },
  );
  expect(other.identical).toBe(false);
  expect(other.effects.some(({ final }) => final.effect.mean !== 0)).toBe(true);
});
