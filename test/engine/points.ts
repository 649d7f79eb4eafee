// A sweep of many points, which engines may compute many at once: each point is as if it were alone. The rule has what makes that hard: points that return early, leave loops at
// different turns, read at different places, divide, and write out of range.
import { expect, test } from 'vitest';
import type { Engine } from '../../src/engine/engine.ts';
import { bit, integer, integerField, probability, share } from '../../src/model/index.ts';
import { load } from '../support/runs.ts';
import { toy, word } from './toys.ts';

const wanderers = toy(
  {
    name: 'wanderers',
    fields: { awake: bit(), mood: integerField({ max: 3 }), level: integerField({ min: -5, max: 90 }), trail: word },
    params: {
      reach: integer({ default: 2, min: 0, max: 40, about: 'how far it looks' }),
      restless: probability({ default: 0.4, about: 'chance to act' }),
    },
    rules: ['wander'],
    measures: { awake: share('awake', 1) },
  },
  {
    wander: `import package::agent::{awake, degree, level, mood, neighbor, param, set_awake, set_level, set_mood, set_trail, trail};
import package::random::{below, below_at, chance, chance_at};

fn wander(me: u32) {
  let reach = u32(param.reach);
  if (degree(me) == 0u || reach == 0u) {
    set_trail(trail(me) + 1u);
    return;
  }
  if (mood(me) == 3u && chance(param.restless)) {
    set_mood(below(3u));
    if (reach % 5u == 1u) {
      return;
    }
  }
  var at = me;
  var turns = 0u;
  for (var k = 0u; k < reach; k++) {
    at = neighbor(at, below_at(k, degree(at)));
    if (awake(at) == 1u && chance_at(k, param.restless)) {
      break;
    }
    turns += 1u + trail(at) % (reach + 1u);
  }
  set_trail((trail(me) ^ at) * 3u + turns / reach);
  set_awake((awake(at) + turns) & 1u);
  set_mood((mood(me) + u32(level(at) > 3)) % 5u);
  set_level(level(at) + i32(turns) - 7);
}`,
  },
);

const SPEC = { model: 'wanderers', population: 70, topology: 'ring', steps: 5, seed: 'points' };
const values = (count: number): { reach: number[]; restless: number[] } => ({
  reach: Array.from({ length: count }, (_, k) => (k * 7) % 41),
  restless: [0.3, 0.8],
});

export function pointsSuite(engine: Engine): void {
  const run = async (params: object, update: unknown) => {
    const spec = { ...SPEC, replicas: 2, update, params: { ...params } };
    const { prepared, population } = await load(engine, spec, { models: [wanderers] });
    await population.step(SPEC.steps, { every: 2 });
    const digests = await population.digests();
    const found = { digests: [...digests].map(String), saturations: [...(await population.saturations())] };
    await population.dispose();
    return { ...found, points: prepared.spec.points };
  };

  test.each([
    [8, 'synchronous'],
    [10, 'synchronous'],
    [17, 'synchronous'],
    [8, { activation: 0.6 }],
    [17, { activation: 0.6 }],
  ])('2 × %i points: each is as if it were alone (%o)', async (count, update) => {
    const together = await run(values(count), update);
    const { points } = together;
    expect(points).toHaveLength(2 * count);
    for (const k of [0, 1, 15, points.length - 1]) {
      const { reach, restless } = points[k].params as { reach: number; restless: number };
      const alone = await run({ reach, restless }, update);
      const worlds = [2 * k, 2 * k + 1];
      expect(worlds.map(world => together.digests[world])).toEqual(alone.digests);
      expect(worlds.map(world => together.saturations[world])).toEqual(alone.saturations);
    }
    // the rule does write out of range
    expect(Math.max(...together.saturations)).toBeGreaterThan(0);
    // most worlds differ
    expect(new Set(together.digests).size).toBeGreaterThan(0.75 * together.digests.length);
  });
}
