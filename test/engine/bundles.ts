// Replicas that lie side by side, whose bits share words: each world is as if it were alone. The rules have what makes that hard: strands that return early, leave loops at
// different turns, write out of range, and differ in parameters, masks of interventions and activation.
import { expect, test } from 'vitest';
import type { Engine } from '../../src/engine/engine.ts';
import { bit, integer, probability, share } from '../../src/model/index.ts';
import { load, type SpecObject } from '../support/runs.ts';
import { toy } from './toys.ts';

const gossips = toy(
  {
    name: 'gossips',
    updates: ['synchronous', 'activation', 'pairing', 'sequential'],
    fields: { heard: bit(), told: bit() },
    params: {
      trust: probability({ default: 0.4, about: 'chance to believe one' }),
      need: integer({ default: 1, min: 0, max: 9, about: 'how many more it takes' }),
    },
    init: { heard: [0.7, 0.3], told: [0.5, 0.5] },
    rules: ['spread', 'hush'],
    measures: { heard: share('heard', 1), told: share('told', 1, { by: 'group' }) },
  },
  {
    spread: `import package::agent::{degree, heard, neighbor, param, set_heard, set_told, told};
import package::random::{chance, chance_at};

fn spread(me: u32) {
  if (heard(me) == 1u && chance(0x10000000u)) {
    set_heard(0u);
    return;
  }
  var sources = 0u;
  var turns = 0u;
  for (var k = 0u; k < degree(me); k++) {
    turns += 1u;
    if (told(neighbor(me, k)) == 1u && chance_at(k, param.trust)) {
      sources += 1u;
      if (sources > u32(param.need)) {
        break;
      }
    }
  }
  set_heard(sources);
  if (turns % 3u == 1u) {
    set_told(1u - told(me));
  }
}`,
    hush: `import package::agent::{group, heard, neighbor_sum_heard, set_told, told};
import package::random::chance;

fn hush(me: u32) {
  let around = 2 * neighbor_sum_heard(me) - 3 - i32(group(me));
  if (heard(me) == 1u && around > 0 && chance(0x50000000u)) {
    set_told(0u);
  }
}`,
  },
);

const SPEC = {
  model: 'gossips',
  population: 70,
  groups: { few: 20, many: 50 },
  steps: 6,
  seed: 'bundles',
  interventions: {
    loud: { at: 3, target: { fraction: 0.25 }, do: { write: { told: 1 } } },
    wary: { at: 2, until: 5, target: { group: 'few', fraction: 0.5 }, do: { set: { trust: 0.1 } } },
  },
};

export function bundlesSuite(engine: Engine): void {
  const run = async (more: SpecObject) => {
    const { prepared, population } = await load(engine, { ...SPEC, ...more }, { models: [gossips] });
    await population.step(SPEC.steps, { every: 2 });
    const digests = Array.from(await population.digests(), String);
    const saturations = [...(await population.saturations())];
    const snapshot = await population.snapshot();
    const { cells } = await population.measured();
    await population.restore(snapshot);
    const restored = Array.from(await population.digests(), String);
    await population.dispose();
    const { layout, worlds } = prepared.plan;
    const told = Array.from(worlds, (_, world) => snapshot.fields.told.slice(world * 70, (world + 1) * 70).join(''));
    return { bundled: layout.bundled, digests, saturations, restored, told, cells };
  };

  test.each([
    { topology: { kind: 'ring', reach: 2 }, update: 'synchronous' },
    { topology: { kind: 'random-regular', degree: 4, realisations: 1 }, update: 'synchronous' },
    { topology: { kind: 'erdos-renyi', mean_degree: 5, realisations: 1 }, update: { activation: 0.6 } },
  ])('7 points × 5 replicas: each world is as if it were alone (%o)', async spec => {
    const trusts = [0, 0.2, 0.35, 0.5, 0.65, 0.8, 1];
    const together = await run({ ...spec, replicas: 5, params: { trust: trusts } });
    expect(together.bundled).toBe(5);
    expect(together.restored).toEqual(together.digests);
    for (const [k, trust] of trusts.entries()) {
      const alone = await run({ ...spec, replicas: 5, params: { trust } });
      expect(alone.bundled).toBe(1);
      const mine = <T>(of: readonly T[]): T[] => of.slice(5 * k, 5 * k + 5);
      expect(mine(together.digests)).toEqual(alone.digests);
      expect(mine(together.saturations)).toEqual(alone.saturations);
      expect(mine(together.told)).toEqual(alone.told);
    }
    // the rule does write out of range, and worlds differ
    expect(Math.max(...together.saturations)).toBeGreaterThan(0);
    expect(new Set(together.digests).size).toBeGreaterThan(25);
  });

  test('of 32 replicas and of 34, the first are as those of 15', async () => {
    const spec = { topology: 'ring', update: 'synchronous' };
    const alone = await run({ ...spec, replicas: 15 });
    expect(alone.bundled).toBe(1);
    for (const replicas of [32, 34]) {
      const together = await run({ ...spec, replicas });
      expect(together.bundled).toBe(replicas);
      expect(together.digests.slice(0, 15)).toEqual(alone.digests);
      expect(together.told.slice(0, 15)).toEqual(alone.told);
      expect(together.restored).toEqual(together.digests);
      expect(new Set(together.digests).size).toBe(replicas);
    }
  });
}
