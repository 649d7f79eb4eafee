// Who has which role: exact numbers, drawn for each replica or given to those whom most look at; and roles that do not fit their group.
import { expect, test } from 'vitest';
import { type Prepared, prepare } from '../../src/experiment/prepare.ts';
import { messageOfAsync } from './message.ts';

const COMMON = { model: 'voter', steps: 1, replicas: 3, update: 'synchronous' };

const prepared = (spec: object, files: Readonly<Record<string, string>> = {}): Promise<Prepared> =>
  prepare({ value: { ...COMMON, ...spec } }, { readFile: async name => new TextEncoder().encode(files[name]) });

/** The agents with a role, replica by replica. */
function withRole({ values }: Prepared, name: string): number[][] {
  const role = values.roles!.names.indexOf(name);
  return values.roles!.numbers.map(numbers => [...numbers.keys()].filter(agent => numbers[agent] === role));
}

test('random places differ between replicas, and are those of the seed', async () => {
  const groups = { few: { share: 0.2, roles: { leader: 0.1, helper: 0.3, member: 'rest' } }, many: 0.8 };
  const one = await prepared({ population: 500, groups });
  const leaders = withRole(one, 'leader');
  expect(leaders.map(({ length }) => length)).toEqual([10, 10, 10]);
  expect(leaders.flat().every(agent => agent < 100)).toBe(true);
  expect(new Set(leaders.map(String)).size).toBe(3);
  expect(withRole(one, 'helper').map(({ length }) => length)).toEqual([30, 30, 30]);
  expect(one.values.roles!.sizes).toEqual([10, 30, 460]);
  expect(withRole(await prepared({ population: 500, groups }), 'leader')).toEqual(leaders);
  expect(withRole(await prepared({ population: 500, groups, seed: 2 }), 'leader')).not.toEqual(leaders);
});

test('hubs are those whom most look at, in the order of the roles', async () => {
  const files = { 'edges.csv': 'source,target\na,b\nc,b\nd,b\na,c\nb,c\nb,d\nc,a\n' };
  const groups = { all: { size: 4, roles: { first: { size: 1, place: 'hubs' }, second: { size: 1, place: 'hubs' }, member: 'rest' } } }; // biome-ignore format: one thought
  const one = await prepared({ topology: { kind: 'edges', file: 'edges.csv' }, groups }, files);
  const ids = one.topology.graphs![0].ids!;
  expect(withRole(one, 'first').map(of => of.map(agent => ids[agent]))).toEqual([['b']]);
  expect(withRole(one, 'second').map(of => of.map(agent => ids[agent]))).toEqual([['c']]);
});

test('every graph has hubs of its own, and every replica of a graph the same', async () => {
  const topology = { kind: 'barabasi-albert', links: 2, realisations: 2 };
  const groups = { all: { share: 1, roles: { leader: { share: 0.05, place: 'hubs' }, member: 'rest' } } };
  const one = await prepared({ population: 200, topology, groups });
  const leaders = withRole(one, 'leader');
  expect(leaders.length).toBe(2);
  expect(leaders[0]).not.toEqual(leaders[1]);
  leaders.forEach((own, graph) => {
    const { rowOffsets } = one.topology.graphs![graph];
    const degree = (agent: number): number => rowOffsets[agent + 1] - rowOffsets[agent];
    const others = [...Array(200).keys()].filter(agent => !own.includes(agent));
    expect(Math.min(...own.map(degree))).toBeGreaterThanOrEqual(Math.max(...others.map(degree)));
  });
});

test.each([
  [
    { few: { size: 5, roles: { leader: 0.05, member: 'rest' } }, many: 95 },
    'groups.few.roles.leader: nobody of the 5 agents of group "few" has the role "leader": expected a larger share, or a larger group, got 0.05',
  ],
  [
    { few: { size: 5, roles: { leader: 2, member: 2 } }, many: 95 },
    'groups.few.roles.leader: the roles of group "few" do not fit its size: expected a sum of 5, got 4',
  ],
  [
    { few: { size: 5, roles: { leader: 6, member: 'rest' } }, many: 95 },
    'groups.few.roles.leader: the roles of group "few" do not fit its size: expected a sum of 5, got 6',
  ],
])('roles that do not fit their group: %o', async (groups, message) => {
  expect(await messageOfAsync(() => prepared({ population: 100, groups }))).toContain(message);
});

test('relations are checked against the groups of a file', async () => {
  const files = { 'edges.csv': 'from,to,a,b\n1,2,x,y\n2,1,y,x\n' };
  const columns = { source: 'from', target: 'to', source_group: 'a', target_group: 'b' };
  const spec = { topology: { kind: 'edges', file: 'edges.csv', columns } };
  const known = await prepared({ ...spec, relations: { x: { y: 'competitive' } } }, files);
  expect(known.plan.relations!.kinds).toEqual([['collaborative', 'competitive'], ['competitive', 'collaborative']]); // biome-ignore format: one thought
  const message = await messageOfAsync(() => prepared({ ...spec, relations: { x: { z: 'competitive' } } }, files));
  expect(message).toContain('relations.x.z: unknown group "z"');
});
