// Values per agent and tables: what rules read, and how fields start, in every update, with several points and replicas.
import { describe, expect, test } from 'vitest';
import type { Engine } from '../../src/engine/engine.ts';
import { encodeFixed } from '../../src/fixed.ts';
import { bit, category, fixed, integer, number, probability, table } from '../../src/model/index.ts';
import { hashName, seedKey, threefry2x32 } from '../../src/random.ts';
import { load, type SpecObject } from '../support/runs.ts';
import { signedWord, toy, word } from './toys.ts';

const POPULATION = 65;
const REPLICAS = 3;

/** Agents that write down what they read of parameters and tables. */
export const scribes = toy(
  {
    name: 'scribes',
    fields: {
      seen: bit(),
      odds_read: word,
      weight_read: signedWord,
      weight_next: signedWord,
      size_next: signedWord,
      entry: word,
      rung: signedWord,
      strain: fixed({ min: -1, max: 1 }),
      wide: word,
      mood: category(['calm', 'angry', 'gone']),
      side: bit(),
    },
    params: {
      odds: probability({ default: 0.25, about: 'a probability' }),
      weight: number({ default: 1, min: -50, max: 50, about: 'a number' }),
      size: integer({ default: 3, min: 1, max: 9, about: 'an integer' }),
      policy: table({ length: 7, default: 0.5, about: 'probabilities' }),
      ladder: table({ of: 'integer', length: ({ steps }) => steps, default: rung => 10 * rung, about: 'integers' }),
      steps: integer({ default: 4, min: 1, max: 9, about: 'length of the ladder' }),
    },
    init: { side: [0.5, 0.5] },
    rules: ['write_down'],
  },
  {
    write_down: `import package::agent::{ladder_at, param, policy_at, population, set_entry, set_odds_read, set_rung, set_seen, set_size_next, set_weight_next, set_weight_read, size_of, weight_of};
fn write_down(me: u32) {
  let next = (me + 1u) % population();
  set_seen(1u);
  set_odds_read(param.odds);
  set_weight_read(param.weight);
  set_weight_next(weight_of(next));
  set_size_next(size_of(next));
  set_entry(policy_at(me % 10u));
  set_rung(ladder_at(me % 10u));
}`,
  },
);

const weights = Array.from({ length: POPULATION }, (_, i) => ((i * 37) % 100) - 49.75);
const files: Readonly<Record<string, string>> = {
  'agents.csv': `name,weight\n${weights.map((weight, i) => `${i},${weight}`).join('\n')}\n`,
  'policy.txt': Array.from({ length: 7 }, (_, i) => i / 8).join('\n'),
};
const readFile = async (name: string): Promise<Uint8Array> => new TextEncoder().encode(files[name]);

const SPEC = {
  model: 'scribes',
  population: POPULATION,
  replicas: REPLICAS,
  topology: 'complete',
  groups: { few: 20, many: 45 },
  params: {
    weight: [{ file: 'agents.csv', column: 'weight' }, -2.5],
    odds: { distribution: 'uniform', min: 0.2, max: 0.6 },
    size: { by: 'group', values: { few: 9, many: 2 } },
    policy: [{ file: 'policy.txt' }, { values: [1, 0, 1, 0, 1, 0, 1] }],
  },
  init: {
    strain: { by: 'group', values: { few: { value: -1 }, many: { value: 0.125 } } },
    wide: { value: 4_000_000_000 },
    mood: { by: 'group', values: { few: { calm: 0.5, gone: 0.5 }, many: { angry: 1 } } },
    side: [0.2, { value: 1 }],
  },
  steps: 400,
  seed: 'values',
};

/** The first uniform number of an agent, stated again: 53 bits of the block of (agent, 0) under the key of (seed, replica, purpose). */
function drawn(purpose: string, replica: number, agent: number): number {
  const [high, low] = threefry2x32(threefry2x32(seedKey(SPEC.seed), [replica, hashName(purpose)]), [agent, 0]);
  return 1 - (Math.floor(high / 32) * 2 ** 26 + Math.floor(low / 64) + 1) / 2 ** 53;
}

interface World {
  point: number;
  replica: number;
}

/** What an agent must have read in a world, by the fields of `scribes`. */
function expected({ point, replica }: World, agent: number): Record<string, number> {
  const next = (agent + 1) % POPULATION;
  // points: weight × policy × side, the last fastest
  const weight = (i: number): number => 2 ** 16 * (point < 4 ? weights[i] : -2.5);
  const policy = Math.floor(point / 2) % 2 === 0 ? [0, 1, 2, 3, 4, 5, 6].map(k => k / 8) : [1, 0, 1, 0, 1, 0, 1];
  return {
    seen: 1,
    odds_read: encodeFixed(0.2 + (0.6 - 0.2) * drawn('param:odds', replica, agent), 31),
    weight_read: weight(agent),
    weight_next: weight(next),
    size_next: next < 20 ? 9 : 2,
    entry: policy[Math.min(agent % 10, 6)] * 2 ** 31,
    rung: 10 * Math.min(agent % 10, 3),
  };
}

const UPDATES = ['synchronous', { activation: 0.5 }, 'pairing', 'sequential'];

export function valuesSuite(engine: Engine): void {
  const run = async (spec: SpecObject, steps: number) => {
    const { prepared, population } = await load(engine, spec, { models: [scribes], readFile });
    await population.step(steps, { every: 0 });
    const columns = new Map<string, Int32Array | Uint32Array>();
    for (const name of Object.keys(scribes.fields)) columns.set(name, await population.read(name));
    await population.dispose();
    const at = (name: string, world: number, agent: number): number => columns.get(name)![world * POPULATION + agent];
    return { worlds: prepared.plan.worlds, at };
  };

  test.each(UPDATES)('rules read their own values, those of others, and tables: %j', async update => {
    const { worlds, at } = await run({ ...SPEC, update }, update === 'sequential' ? 400 : 6);
    expect(worlds.length).toBe(8 * REPLICAS);
    let seen = 0;
    for (const [world, place] of worlds.entries()) {
      for (let agent = 0; agent < POPULATION; agent++) {
        if (at('seen', world, agent) === 0) continue;
        seen++;
        const values = expected(place, agent);
        const found = Object.fromEntries(Object.keys(values).map(name => [name, at(name, world, agent)]));
        expect(found, `world ${world}, agent ${agent}`).toEqual(values);
      }
    }
    expect(seen).toBeGreaterThan(0.9 * worlds.length * POPULATION);
  });

  describe('fields start', async () => {
    const { worlds, at } = await run(SPEC, 0);
    const agents = Array.from({ length: POPULATION }, (_, i) => i);

    test('with the values of their groups, or of everybody', () => {
      for (const world of worlds.keys()) {
        for (const agent of agents) {
          expect(at('strain', world, agent)).toBe(agent < 20 ? -(2 ** 29) : 2 ** 26);
          expect(at('wide', world, agent)).toBe(4_000_000_000);
        }
      }
    });

    test('with exact shares within a group, placed anew in each replica, alike at each point', () => {
      const moods = worlds.map((_, world) => agents.map(agent => at('mood', world, agent)));
      for (const [world, { replica }] of worlds.entries()) {
        expect(moods[world].slice(20)).toEqual(new Array(45).fill(1));
        expect(moods[world].slice(0, 20).filter(mood => mood === 0).length).toBe(10);
        expect(moods[world].slice(0, 20).filter(mood => mood === 2).length).toBe(10);
        expect(moods[world]).toEqual(moods[replica]);
      }
      expect(new Set(moods.map(String)).size).toBe(REPLICAS);
    });

    test('with shares at one point and values at the next, each as if it were alone', async () => {
      const alone = await run({ ...SPEC, init: { side: 0.2 } }, 0);
      for (const [world, { point, replica }] of worlds.entries()) {
        const sides = agents.map(agent => at('side', world, agent));
        if (point % 2 === 1) expect(sides).toEqual(agents.map(() => 1));
        else expect(sides).toEqual(agents.map(agent => alone.at('side', replica, agent)));
      }
    });
  });

  test('an agent draws the same whatever the number of agents, points and replicas', async () => {
    const params = { odds: { distribution: 'normal', mean: 0.5, sd: 0.3 } };
    const [small, large] = [
      await run({ ...SPEC, params, init: {}, replicas: 1, groups: undefined }, 3),
      await run({ ...SPEC, params: { ...params, size: [1, 2] }, init: {}, groups: undefined }, 3),
    ];
    const odds = (result: typeof small, world: number) =>
      Array.from({ length: POPULATION }, (_, i) => result.at('odds_read', world, i));
    expect(odds(large, 0)).toEqual(odds(small, 0));
    expect(odds(large, REPLICAS)).toEqual(odds(small, 0));
    expect(odds(large, 1)).not.toEqual(odds(small, 0));
  });
}
