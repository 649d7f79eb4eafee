// Rules that share a kernel: nobody can tell. What they do is recomputed in plain TypeScript, and the states are those of a run in which every rule has its own kernel.
import { describe, expect, test } from 'vitest';
import type { Engine } from '../../src/engine/engine.ts';
import { arrayOf, bit, integerField, number, perLink, probability, share } from '../../src/model/index.ts';
import { load, neighborsOf } from '../support/runs.ts';
import { toy, word } from './toys.ts';

/**
 * Two kernels. The first: `mood` is read at others, so that it has two slots, shares words, and is read as written by `notice`, which draws too; `flips`
 * overflows; `settle_down` reads what others wrote of its own array and of `flips`, and writes both. The second: `fade` and `glow_up` both write `glow`, which has two
 * slots for the sake of `spread`, so that their kernel ends in the slot in which it began.
 */
export const noticing = toy(
  {
    name: 'noticing',
    fields: {
      mood: bit(),
      last: bit(),
      coin: bit(),
      echo: bit(),
      flips: integerField({ max: 3 }),
      pile: arrayOf(integerField({ max: 999 }), 3),
      ties: perLink(integerField({ max: 99 })),
      glow: word,
    },
    params: {
      noise: probability({ default: 0.2, about: 'chance to err' }),
      weight: number({ default: 2, min: 0, max: 9, about: 'added' }),
    },
    rules: ['vote', 'notice', 'mirror', 'tie_up', 'settle_down', 'spread', 'fade', 'glow_up'],
    measures: { mood: share('mood', 1) },
  },
  {
    vote: `import package::agent::{mood, neighbor, param, set_mood};
import package::random::chance;
fn vote(me: u32) {
  let sum = mood(neighbor(me, 0u)) + mood(neighbor(me, 1u)) + mood(me);
  set_mood(u32(sum > 1u));
  if (chance(param.noise)) {
    set_mood(1u - mood(me));
  }
}`,
    notice: `import package::agent::{flips, last, mood, param, set_coin, set_flips, set_last, set_pile};
import package::random::below;
fn notice(me: u32) {
  if (mood(me) != last(me)) {
    set_flips(flips(me) + u32(param.weight) / 0x10000u);
    set_pile(me % 3u, flips(me) + 1u);
  }
  set_coin(below(2u));
  set_last(mood(me));
}`,
    mirror: `import package::agent::{mood, set_echo};
fn mirror(me: u32) {
  set_echo(1u - mood(me));
}`,
    tie_up: `import package::agent::{flips, set_ties, ties};
fn tie_up(me: u32) {
  set_ties(me % 2u, (ties(me, me % 2u) + flips(me)) % 90u);
}`,
    settle_down: `import package::agent::{flips, pile, set_flips, set_pile, ties};
fn settle_down(me: u32) {
  set_flips(0u);
  set_pile(0u, flips(me) + pile(me, 1u));
  set_pile(1u, (pile(me, 0u) + ties(me, 0u)) % 500u);
  set_pile(2u, pile(me, 1u) + pile(me, 2u) / 2u);
  if (flips(me) > 1u) {
    set_flips(flips(me) - 1u);
  }
}`,
    spread: `import package::agent::{glow, neighbor, set_glow};
fn spread(me: u32) {
  set_glow(glow(me) * 3u + glow(neighbor(me, 1u)) + 1u);
}`,
    fade: `import package::agent::{glow, mood, set_glow};
fn fade(me: u32) {
  if (mood(me) == 1u) {
    set_glow(glow(me) ^ (glow(me) >> 3u));
  }
}`,
    glow_up: `import package::agent::{flips, glow, set_glow};
fn glow_up(me: u32) {
  set_glow(glow(me) + glow(me) % 7u + flips(me));
}`,
  },
);

const KERNELS = ['vote + notice + mirror + tie_up + settle_down + spread', 'fade + glow_up'];

interface Agent {
  last: number;
  flips: number;
  pile: number[];
  ties: number[];
  glow: number;
}

/** What a step does to everybody, given how they voted, and how many writes it clamps. */
function stepped(agents: readonly Agent[], mood: readonly number[], neighbors: readonly (readonly number[])[]) {
  let clamped = 0;
  const settled = agents.map((agent, i): Agent => {
    let { flips } = agent;
    const [pile, ties] = [[...agent.pile], [...agent.ties]];
    if (mood[i] !== agent.last) {
      pile[i % 3] = flips + 1;
      clamped += Number(flips + 2 > 3);
      flips = Math.min(3, flips + 2);
    }
    ties[i % 2] = (ties[i % 2] + flips) % 90;
    const next = [flips + pile[1], (pile[0] + ties[0]) % 500, pile[1] + Math.floor(pile[2] / 2)];
    clamped += next.filter(value => value > 999).length;
    const capped = next.map(value => Math.min(999, value));
    return { ...agent, last: mood[i], flips: Math.max(0, flips - 1), pile: capped, ties };
  });
  const spread = settled.map(({ glow }, i) => (Math.imul(glow, 3) + settled[neighbors[i][1]].glow + 1) >>> 0);
  const faded = spread.map((glow, i) => (mood[i] === 1 ? (glow ^ (glow >>> 3)) >>> 0 : glow));
  const next = settled.map((agent, i) => ({ ...agent, glow: (faded[i] + (faded[i] % 7) + agent.flips) >>> 0 }));
  return { agents: next, clamped };
}

export function fusionSuite(engine: Engine): void {
  const SPEC = { model: 'noticing', topology: 'ring', steps: 4, seed: 'fusion', init: { mood: 0.5 } };
  const start = async (spec: object, fuse: boolean) => {
    const run = await load(engine, { ...SPEC, ...spec }, { models: [noticing], fuse });
    const count = run.prepared.plan.worlds.length * run.prepared.plan.population;
    await run.population.write(
      'glow',
      Uint32Array.from({ length: count }, (_, i) => (i * 7919) % 1009),
    );
    return run;
  };

  test.each([3, 63, 65])('%d agents, recomputed', async population => {
    const { prepared, population: run } = await start({ population }, true);
    expect(prepared.plan.passes.step.map(({ kernel }) => prepared.plan.kernels[kernel].label)).toEqual(KERNELS);
    const neighbors = neighborsOf(prepared);
    const read = async (field: string) => [...(await run.read(field))];
    const rows = (values: readonly number[], length: number) =>
      Array.from({ length: values.length / length }, (_, i) => values.slice(i * length, (i + 1) * length));
    let agents: Agent[] = (await read('glow')).map(glow => ({
      last: 0,
      flips: 0,
      pile: [0, 0, 0],
      ties: [0, 0],
      glow,
    }));
    let clamped = 0;
    for (let step = 1; step <= 12; step++) {
      await run.step(1, { every: 0 });
      const made = stepped(agents, await read('mood'), neighbors);
      agents = made.agents;
      clamped += made.clamped;
      expect(await read('last'), `after step ${step}`).toEqual(agents.map(({ last }) => last));
      expect(await read('echo')).toEqual(agents.map(({ last }) => 1 - last));
      expect(await read('flips')).toEqual(agents.map(({ flips }) => flips));
      expect(rows(await read('pile'), 3)).toEqual(agents.map(({ pile }) => pile));
      expect(await read('ties')).toEqual(agents.flatMap(({ ties }) => ties));
      expect(await read('glow')).toEqual(agents.map(({ glow }) => glow));
    }
    expect([...(await run.saturations())]).toEqual([clamped]);
    expect(clamped).toBeGreaterThan(0);
    await run.dispose();
  });

  describe('the same as in kernels of their own', () => {
    const noise = Array.from({ length: 17 }, (_, k) => k / 20);
    test.each([
      { population: 1000, replicas: 3 },
      { population: 64, replicas: 2, update: { activation: 0.5 } },
      { population: 65, update: 'pairing' },
      { population: 65, replicas: 2, update: 'sublattice' },
      { population: 65, replicas: 2, params: { noise } },
      { population: 63, params: { noise }, update: { activation: 0.3 } },
      { population: 70, params: { noise: [0.1, 0.2] }, topology: { kind: 'random-regular', degree: 4 } },
      { population: 65, params: { weight: { distribution: 'uniform', min: 0, max: 4 } } },
    ])('%j', async spec => {
      const ends: unknown[] = [];
      const kernels: number[] = [];
      for (const fuse of [true, false]) {
        const { prepared, population } = await start(spec, fuse);
        await population.step(9, { every: 0 });
        ends.push({
          digests: Array.from(await population.digests(), String),
          saturations: [...(await population.saturations())],
        });
        kernels.push(new Set(prepared.plan.passes.step.map(({ kernel }) => kernel)).size);
        await population.dispose();
      }
      expect(ends[0]).toEqual(ends[1]);
      expect(kernels[0]).toBeLessThan(kernels[1]);
    });
  });

  test.each([{ activation: 0.5 }, 'sublattice'])('checked, and with rules that act on everyone: %j', async update => {
    const models = [{ ...noticing, derived: ['mirror'] }];
    const ends: string[][] = [];
    for (const options of [{ checked: true }, { fuse: false }, {}]) {
      const spec = { ...SPEC, population: 65, update, params: { weight: 0 } };
      const { population } = await load(engine, spec, { models, ...options });
      await population.step(9, { every: 0 });
      ends.push(Array.from(await population.digests(), String));
      await population.dispose();
    }
    expect(ends[0]).toEqual(ends[1]);
    expect(ends[2]).toEqual(ends[1]);
  });
}
