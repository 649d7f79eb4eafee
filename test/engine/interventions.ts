// Interventions on every engine: who is changed, when, and that everything else stays as it was. A made-up model writes down what it reads.
import { describe, expect, test } from 'vitest';
import type { Engine, Population } from '../../src/engine/engine.ts';
import { encodeFixed, PROBABILITY_BITS } from '../../src/fixed.ts';
import { arrayOf, bit, choice, integer, integerField, probability } from '../../src/model/index.ts';
import { load, type SpecObject } from '../support/runs.ts';
import { measuredText } from './support.ts';
import { toy, word } from './toys.ts';

/** Agents that write down their parameters and take over their neighbour's spot, which needs two slots. */
export const clerks = toy(
  {
    name: 'clerks',
    fields: {
      odds_read: word,
      limit_read: word,
      how_read: word,
      spot: integerField({ max: 999 }),
      last_spot: integerField({ max: 999 }),
      mark: integerField({ max: 1000 }),
      side: bit(),
      tags: arrayOf(integerField({ max: 9 }), 3),
      old_tags: arrayOf(integerField({ max: 9 }), 3),
    },
    params: {
      odds: probability({ default: 0.25, about: 'a probability' }),
      limit: integer({ default: 3, shared: true, about: 'the same for all' }),
      how: choice({ options: ['this', 'that'], default: 'this', about: 'a word' }),
    },
    init: { side: [0.5, 0.5] },
    rules: ['write_down', 'move_on'],
    actions: {
      stamp: { about: 'A mark of 1 to 5 more.', rule: 'add_mark' },
      shift: { about: 'Odds and side.', set: { odds: 0.5 }, write: { side: 1, last_spot: { field: 'spot' } } },
    },
  },
  {
    write_down: `import package::agent::{param, set_how_read, set_limit_read, set_odds_read};
fn write_down(me: u32) {
  set_odds_read(param.odds);
  set_limit_read(u32(param.limit));
  set_how_read(param.how);
}`,
    move_on: `import package::agent::{neighbor, set_spot, spot};
fn move_on(me: u32) {
  set_spot((spot(neighbor(me, 0u)) + 1u) % 1000u);
}`,
    add_mark: `import package::agent::{mark, set_mark};
import package::random::below;
fn add_mark(me: u32) {
  set_mark(mark(me) + 1u + below(5u));
}`,
  },
);

const POPULATION = 67;
const SPEC = {
  model: 'clerks',
  population: POPULATION,
  replicas: 3,
  topology: 'ring',
  groups: { few: 20, many: 47 },
  steps: 20,
  seed: 'clerks',
};
const QUARTER = encodeFixed(0.25, PROBABILITY_BITS);
const HALF = encodeFixed(0.5, PROBABILITY_BITS);
const ONE = encodeFixed(1, PROBABILITY_BITS);

const prepared = { models: [clerks] };
const loadSpec = async (engine: Engine, more: SpecObject): Promise<Population> =>
  (await load(engine, { ...SPEC, ...more }, prepared)).population;

/** How many agents of each world have a value of a field. */
async function count(population: Population, field: string, value: number): Promise<number[]> {
  const words = await population.read(field);
  const worlds = words.length / POPULATION;
  return Array.from({ length: worlds }, (_, world) => {
    return words.subarray(world * POPULATION, (world + 1) * POPULATION).filter(word => word === value).length;
  });
}

/** The number of agents with a value after each of some steps, in the first world. */
async function course(population: Population, field: string, value: number, steps: number): Promise<number[]> {
  const counts: number[] = [];
  for (let step = 1; step <= steps; step++) {
    await population.step(1, { every: 0 });
    counts.push((await count(population, field, value))[0]);
  }
  return counts;
}

export function interventionsSuite(engine: Engine): void {
  describe('set', () => {
    test('parameters of an exact share of a group, from `at` to `until`, in every replica its own agents', async () => {
      const target = { group: 'few', fraction: 0.3 };
      const interventions = { some: { at: 3, until: 5, target, do: { set: { odds: 0.5 } } } };
      const population = await loadSpec(engine, { interventions });
      expect(await course(population, 'odds_read', HALF, 4)).toEqual([0, 0, 6, 6]);
      expect(await count(population, 'odds_read', HALF)).toEqual([6, 6, 6]);
      const words = await population.read('odds_read');
      const chosen = [...words.keys()].filter(at => words[at] === HALF);
      expect(chosen.every(at => at % POPULATION < 20)).toBe(true);
      const byReplica = [0, 1, 2].map(r =>
        chosen.filter(at => Math.floor(at / POPULATION) === r).map(at => at % POPULATION),
      );
      expect(new Set(byReplica.map(String)).size).toBe(3);
      expect(await course(population, 'odds_read', HALF, 2)).toEqual([6, 0]);
      expect(await count(population, 'odds_read', QUARTER)).toEqual([POPULATION, POPULATION, POPULATION]);
      await population.dispose();
    });

    test('the later of two that overlap, where both hold', async () => {
      const interventions = {
        few: { at: 2, until: 6, target: { group: 'few' }, do: { set: { odds: 0.5 } } },
        five: { at: 4, until: 5, target: { agents: [0, 1, 2, 65, 66] }, do: { set: { odds: 1 } } },
      };
      const population = await loadSpec(engine, { interventions, params: { odds: [0.25, 0.125] } });
      const seen: number[][] = [];
      for (let step = 1; step <= 7; step++) {
        await population.step(1, { every: 0 });
        seen.push([...(await count(population, 'odds_read', HALF)), ...(await count(population, 'odds_read', ONE))]);
      }
      const worlds = (half: number, one: number): number[] => [...new Array(6).fill(half), ...new Array(6).fill(one)];
      expect(seen).toEqual([worlds(0, 0), worlds(20, 0), worlds(20, 0), worlds(17, 5), worlds(17, 5), worlds(20, 0), worlds(0, 0)]); // biome-ignore format: step by step
      await population.dispose();
    });

    test('of everybody, whatever the parameter: shared, a choice, or one that varies between agents', async () => {
      const interventions = {
        all: { at: 2, until: 3, do: { set: { limit: 8, how: 'that', odds: 1 } } },
        own: { at: 5, until: 5, do: { set: { odds: { by: 'group', values: { few: 0.5, many: 1 } } } } },
      };
      const params = { odds: { by: 'group', values: { few: 0.25, many: 0.125 } } };
      for (const more of [{ interventions }, { interventions, params }, { interventions, update: 'sequential' }]) {
        const population = await loadSpec(engine, more);
        if ('update' in more) {
          // one agent acts in a step: who acted in steps 2 and 3 saw the other values
          await population.step(20, { every: 0 });
          expect((await count(population, 'limit_read', 8))[0]).toBeLessThanOrEqual(2);
          expect((await count(population, 'limit_read', 8))[0]).toBeGreaterThan(0);
        } else {
          const limits: number[] = [];
          for (let step = 1; step <= 5; step++) {
            await population.step(1, { every: 0 });
            limits.push((await population.read('limit_read'))[0], (await population.read('how_read'))[0]);
          }
          expect(limits).toEqual([3, 0, 8, 1, 8, 1, 3, 0, 3, 0]);
          expect(await count(population, 'odds_read', HALF)).toEqual([20, 20, 20]);
        }
        await population.dispose();
      }
    });
  });

  describe('write and act', () => {
    test('in the state before the step, in whichever slot it is', async () => {
      for (const at of [1, 2, 7, 8]) {
        const interventions = { put: { at, target: { agents: [3, 40] }, do: { write: { spot: 500 } } } };
        const population = await loadSpec(engine, { interventions });
        await population.step(at - 1, { every: 0 });
        const before = await population.read('spot');
        await population.step(1, { every: 0 });
        const after = await population.read('spot');
        before[3] = before[40] = 500;
        // the first of those that an agent on a ring looks at is the next
        const expected = Array.from({ length: POPULATION }, (_, i) => (before[(i + 1) % POPULATION] + 1) % 1000);
        expect([...after.subarray(0, POPULATION)]).toEqual(expected);
        await population.dispose();
      }
    });

    test('once, or again and again until the last step', async () => {
      const again = { at: 3, until: 9, every: 3, do: 'stamp' };
      const interventions = { once: { at: 2, target: { group: 'few' }, do: 'stamp' }, again };
      const population = await loadSpec(engine, { interventions });
      const totals: number[] = [];
      for (let step = 1; step <= 12; step++) {
        await population.step(1, { every: 0 });
        totals.push((await count(population, 'mark', 0))[0]);
      }
      expect(totals).toEqual([67, 47, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
      const marks = [...(await population.read('mark'))];
      expect(marks.slice(0, 20).every(mark => mark >= 4 && mark <= 20)).toBe(true);
      expect(marks.slice(20, POPULATION).every(mark => mark >= 3 && mark <= 15)).toBe(true);
      expect(new Set(marks).size).toBeGreaterThan(8);
      await population.dispose();
    });

    test('where the state is so, as it is when it is done', async () => {
      const where = { side: 1, spot: { above: 0 } };
      const interventions = {
        turn: { at: 2, target: { where }, do: [{ write: { side: 0 } }, 'stamp'] },
        turned: { at: 2, target: { where: { side: 1 } }, do: { write: { mark: 900 } } },
      };
      const population = await loadSpec(engine, {
        interventions,
        init: { spot: { by: 'group', values: { few: { value: 5 }, many: { value: 0 } } } },
      });
      const sides = await population.read('side');
      await population.step(1, { every: 0 });
      const spots = await population.read('spot');
      await population.step(1, { every: 0 });
      const marks = await population.read('mark');
      expect(spots.every(spot => spot > 0)).toBe(true);
      // all with side 1 are turned and stamped, so that nobody is left for the second
      expect([...marks].map(mark => mark > 0 && mark < 900)).toEqual([...sides].map(side => side === 1));
      expect(await count(population, 'side', 0)).toEqual([POPULATION, POPULATION, POPULATION]);
      await population.dispose();
    });

    test('other fields, elements of arrays and values of an agent’s own', async () => {
      const interventions = {
        keep: { at: 4, do: { write: { last_spot: { field: 'spot' }, old_tags: { field: 'tags' } } } },
        tag: {
          at: 4,
          do: {
            write: { tags: { elements: [{ value: 7 }, { by: 'group', values: { few: 1, many: 2 } }, { value: 9 }] } },
          },
        },
        swap: {
          at: 6,
          target: { group: 'few' },
          do: { write: { tags: { field: 'old_tags' }, old_tags: { field: 'tags' } } },
        },
      };
      const population = await loadSpec(engine, { interventions, init: { tags: { value: 4 } } });
      await population.step(3, { every: 0 });
      const spots = [...(await population.read('spot'))];
      await population.step(1, { every: 0 });
      expect([...(await population.read('last_spot'))]).toEqual(spots);
      expect([...(await population.read('old_tags'))].every(tag => tag === 4)).toBe(true);
      expect([...(await population.read('tags'))].slice(57, 63)).toEqual([7, 1, 9, 7, 2, 9]);
      await population.step(2, { every: 0 });
      expect([...(await population.read('tags'))].slice(57, 63)).toEqual([4, 4, 4, 7, 2, 9]);
      expect([...(await population.read('old_tags'))].slice(57, 63)).toEqual([7, 1, 9, 4, 4, 4]);
      await population.dispose();
    });

    test('an action of several parts', async () => {
      const population = await loadSpec(engine, {
        interventions: { x: { at: 2, until: 2, target: { group: 'few' }, do: 'shift' } },
      });
      await population.step(2, { every: 0 });
      expect(await count(population, 'odds_read', HALF)).toEqual([20, 20, 20]);
      expect((await population.read('side')).subarray(0, 20).every(side => side === 1)).toBe(true);
      await population.dispose();
    });
  });

  test.each(['synchronous', 'sequential', { activation: 0.5 }, 'sublattice', 'pairing'])(
    '%o: before the first, every row is that of a run without; stretches and restored states change nothing',
    async update => {
      const interventions = {
        early: { at: 4, until: 9, target: { fraction: 0.4 }, do: { set: { odds: 0.5 } } },
        late: { at: 6, every: 2, target: { fraction: 0.5, where: { side: 1 } }, do: ['stamp', { write: { spot: 7 } }] },
      };
      const plain = await loadSpec(engine, { update });
      const whole = await loadSpec(engine, { update, interventions });
      await plain.step(12);
      await whole.step(12);
      // the integer cells hold the digest of the state
      const [without, rows] = [await measuredText(plain), await measuredText(whole)];
      const worlds = SPEC.replicas;
      expect(rows.slice(0, 4 * worlds)).toEqual(without.slice(0, 4 * worlds));
      expect(rows.slice(6 * worlds)).not.toEqual(without.slice(6 * worlds));

      const parts = await loadSpec(engine, { update, interventions });
      for (const count of [3, 2, 1, 6]) await parts.step(count, { every: 1 });
      expect(await measuredText(parts)).toEqual(rows);

      const other = await loadSpec(engine, { update, interventions });
      await other.step(5, { every: 0 });
      const middle = await other.snapshot();
      await other.step(7, { every: 0 });
      const end = [...(await other.digests())];
      expect(end).toEqual([...(await whole.digests())]);
      await other.restore(middle);
      await other.step(7, { every: 0 });
      expect([...(await other.digests())]).toEqual(end);
      await plain.restore(middle);
      await plain.step(7, { every: 0 });
      expect([...(await plain.digests())]).not.toEqual(end);
      await Promise.all([plain, whole, parts, other].map(population => population.dispose()));
    },
  );
}
