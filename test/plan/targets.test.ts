// Whom an intervention is aimed at, on the host.
import { expect, test } from 'vitest';
import { prepare } from '../../src/experiment/prepare.ts';
import { isTarget, type Targets } from '../../src/plan/targets.ts';
import { refusal } from '../engine/support.ts';

const SPEC = {
  model: 'voter',
  population: 203,
  replicas: 4,
  steps: 5,
  seed: 'targets',
  topology: { kind: 'barabasi-albert', links: 2, realisations: 2 },
  groups: { few: 40, many: 163 },
};

interface Found {
  targets: Targets;
  /** Agents by replica. */
  agents: number[][];
  lookedAt(replica: number): number[];
}

async function find(target: object, more: object = {}, files: Record<string, string> = {}): Promise<Found> {
  const interventions = { x: { at: 1, target, do: { write: { opinion: 1 } } } };
  const readFile = async (name: string): Promise<Uint8Array> => new TextEncoder().encode(files[name]);
  const { plan, topology } = await prepare({ value: { ...SPEC, interventions, ...more } }, { readFile });
  const [targets] = plan.events!.targets;
  const everybody = Array.from({ length: plan.population }, (_, agent) => agent);
  return {
    targets,
    agents: Array.from({ length: plan.spec.replicas }, (_, r) =>
      everybody.filter(agent => isTarget(targets, agent, r)),
    ),
    lookedAt(replica) {
      const looks = everybody.map(() => 0);
      for (const agent of topology.graphs![replica % topology.graphs!.length].neighbors) looks[agent]++;
      return looks;
    },
  };
}

test('everybody, without bits', async () => {
  const { targets } = await find({});
  expect(targets).toEqual({ counts: [203, 203, 203, 203] });
});

test.each([
  [{ fraction: 0.1 }, 20],
  [{ fraction: 0.5 }, 102],
  [{ group: 'few', fraction: 0.33 }, 13],
  [{ group: ['few', 'many'], fraction: 0.005 }, 1],
  [{ agents: [0, 31, 32, 63, 64, 202] }, 6],
  [{ agents: [0, 39, 40], group: 'few' }, 2],
])('%j: %i agents in every replica', async (target, count) => {
  const { targets, agents } = await find(target);
  expect(targets.counts).toEqual([count, count, count, count]);
  expect(agents.map(({ length }) => length)).toEqual([count, count, count, count]);
  if ('agents' in target) expect(new Set(agents.map(String)).size).toBe(1);
  else expect(new Set(agents.map(String)).size).toBe(4);
  if ('group' in target && target.group === 'few') expect(Math.max(...agents.flat())).toBeLessThan(40);
});

test('a larger share holds a smaller one; another name or seed draws others', async () => {
  const [small, large] = [(await find({ fraction: 0.2 })).agents, (await find({ fraction: 0.4 })).agents];
  small.forEach((agents, replica) => {
    expect(agents.filter(agent => !large[replica].includes(agent))).toEqual([]);
  });
  const interventions = { y: { at: 1, target: { fraction: 0.2 }, do: { write: { opinion: 1 } } } };
  expect((await find({}, { interventions })).agents).not.toEqual(small);
  expect((await find({ fraction: 0.2 }, { seed: 'others' })).agents).not.toEqual(small);
});

test('every agent is in a share as often as any other', async () => {
  // 3,000 replicas, a share of 8 of 40: each agent is in it in 600 ± 22 (one standard deviation); 5 of these for 40 agents
  const { agents } = await find({ group: 'few', fraction: 0.2 }, { replicas: 3000, topology: 'complete' });
  const times = new Array<number>(40).fill(0);
  for (const agent of agents.flat()) times[agent]++;
  expect(Math.max(...times.map(count => Math.abs(count - 600)))).toBeLessThan(110);
});

test('hubs: nobody left out is looked at by more', async () => {
  for (const target of [
    { fraction: 0.1, place: 'hubs' },
    { fraction: 0.25, group: 'many', place: 'hubs' },
  ]) {
    const { agents, lookedAt } = await find(target);
    agents.forEach((chosen, replica) => {
      const looks = lookedAt(replica);
      const least = Math.min(...chosen.map(agent => looks[agent]));
      const others = looks.filter((_, agent) => !chosen.includes(agent) && (!target.group || agent >= 40));
      expect(Math.max(...others)).toBeLessThanOrEqual(least);
    });
    expect(new Set(agents.map(String)).size).toBeGreaterThan(1);
  }
});

test('names and groups of the topology’s file', async () => {
  const files = { 'net.csv': 'from,to,g\nann,bob,x\nbob,cy,x\ncy,dee,y\ndee,ann,y\n' };
  const columns = { source: 'from', target: 'to', source_group: 'g' };
  const more = {
    population: undefined,
    groups: undefined,
    update: 'synchronous',
    topology: { kind: 'edges', file: 'net.csv', columns },
  };
  expect((await find({ agents: ['cy', 0] }, more, files)).agents[0]).toEqual([0, 2]);
  expect((await find({ group: 'y' }, more, files)).agents[0]).toEqual([2, 3]);
  const [who, group] = [
    await refusal(() => find({ agents: ['eve'] }, more, files)),
    await refusal(() => find({ group: 'z' }, more, files)),
  ];
  expect(who.message).toContain(
    'no such agent: expected a number from 0 to 3, or a name in the file of the topology, got "eve"',
  );
  expect(group.message).toContain('unknown group "z"');
});

test('roles, which are drawn for each replica, with and without a group', async () => {
  const groups = {
    few: { size: 40, roles: { chief: 10, rest: 30 } },
    many: { size: 163, roles: { chief: 20, rest: 143 } },
  };
  const [chiefs, ofFew, some] = [
    await find({ role: 'chief' }, { groups }),
    await find({ role: 'chief', group: 'few' }, { groups }),
    await find({ role: ['chief'], fraction: 0.2 }, { groups }),
  ];
  expect([chiefs, ofFew, some].map(({ targets }) => targets.counts[3])).toEqual([30, 10, 6]);
  expect(new Set(chiefs.agents.map(String)).size).toBe(4);
  some.agents.forEach((agents, replica) => {
    expect(agents.filter(agent => !chiefs.agents[replica].includes(agent))).toEqual([]);
    expect(chiefs.agents[replica].filter(agent => agent < 40)).toEqual(ofFew.agents[replica]);
  });
  expect((await refusal(() => find({ role: 'cheif' }, { groups }))).message).toContain('unknown role "cheif"');
});

test('nobody', async () => {
  const none = await refusal(() => find({ fraction: 0.002 }));
  expect(none.message).toContain('intervention "x" is aimed at nobody: expected at least one agent');
  expect(none.message).toContain('0.002 of 203 agents, which rounds to nobody');
  const disjoint = await refusal(() => find({ group: 'few', agents: [100] }));
  expect(disjoint.message).toContain('aimed at nobody');
  expect((await refusal(() => find({ agents: [203] }))).message).toContain('expected a number from 0 to 202');
});
