// Fields that are written while others read them, and totals that rules read: outcomes recomputed in plain TypeScript.
import { describe, expect, test } from 'vitest';
import type { Engine } from '../../src/engine/engine.ts';
import { load } from '../support/runs.ts';
import { counters, flickering, flickerStep, toy, word } from './toys.ts';

const RULES = [
  ['flicker_0'],
  ['flicker_0', 'flicker_1'],
  ['flicker_0', 'flicker_1', 'flicker_2'],
  ['flicker_0', 'fade'],
  ['fade', 'flicker_1', 'fade_more'],
];

const COMPLETE_AS_RING = { kind: 'ring', reach: 4 };

export function slotsSuite(engine: Engine): void {
  test.each(RULES.map(rules => ({ rules })))(
    'a rule that writes now and then leaves nothing stale: $rules',
    async ({ rules }) => {
      const spec = { model: 'flickering', population: 65, topology: 'ring', steps: 5 };
      const { population } = await load(engine, spec, { models: [flickering(rules)] });
      let glow = Array.from({ length: 65 }, (_, i) => (i * 13) % 997);
      await population.write('glow', Uint32Array.from(glow));
      for (let step = 1; step <= 6; step++) {
        glow = flickerStep(rules, glow);
        await population.step(1, { every: 0 });
        expect([...(await population.read('glow'))], `after step ${step}`).toEqual(glow);
      }
      await population.dispose();
    },
  );

  describe('totals that a rule reads', () => {
    test('a count, a total and the sum over neighbours, recomputed', async () => {
      const spec = { model: 'counters', population: 9, topology: 'complete', steps: 5, replicas: 2 };
      const { population } = await load(engine, spec, { models: [counters] });
      await population.write(
        'mood',
        Int32Array.from({ length: 18 }, (_, i) => (i % 11) - 4),
      );
      await population.step(3, { every: 0 });
      const mood = [...(await population.read('mood'))];
      const [heard, all, cheerful] = await Promise.all(['heard', 'all', 'cheerful'].map(name => population.read(name)));
      for (let i = 0; i < 18; i++) {
        const society = mood.slice(i < 9 ? 0 : 9, i < 9 ? 9 : 18);
        const total = society.reduce((sum, value) => sum + value, 0);
        expect([all[i], heard[i], cheerful[i]]).toEqual([total, total - mood[i], society.filter(m => m === 6).length]);
      }
      await population.dispose();
    });

    test.each(['synchronous', 'sequential'])('everyone as a total equals everyone one by one: %s', async update => {
      const ends: string[][] = [];
      for (const topology of ['complete', COMPLETE_AS_RING]) {
        const spec = { model: 'counters', population: 9, topology, update, steps: 5, replicas: 3 };
        const { population } = await load(engine, spec, { models: [counters] });
        await population.step(40, { every: 0 });
        ends.push(Array.from(await population.digests(), String));
        await population.dispose();
      }
      expect(ends[0]).toEqual(ends[1]);
    });
  });

  test('writes out of range are clamped and counted, per world', async () => {
    const model = toy(
      { name: 'spilling', fields: { level: { ...word, max: 10, high: 10 } }, rules: ['spill'] },
      {
        spill:
          'import package::agent::{level, set_level};\nfn spill(me: u32) {\n  set_level(level(me) + select(0u, 4u, me % 4u == 0u));\n}',
      },
    );
    const spec = { model: 'spilling', population: 66, topology: 'ring', steps: 5, replicas: 2 };
    const { population } = await load(engine, spec, { models: [model] });
    await population.step(2);
    expect([...(await population.saturations())]).toEqual([0, 0]);
    await population.step(2);
    expect([...(await population.saturations())]).toEqual([34, 34]);
    expect([...(await population.read('level'))].slice(0, 5)).toEqual([10, 0, 0, 0, 10]);
    await population.dispose();
  });
}
