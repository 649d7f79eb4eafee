// Matchings along the edges of a graph: valid and maximal on many small graphs, uniform where theory says so, fresh in each step, and as large as theory says.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { openCpu } from '../../src/engine/cpu/engine.ts';
import { matchingRounds } from '../../src/plan/matching.ts';
import { finalDigests, load, neighborsOf, type SpecObject } from '../support/runs.ts';
import { chiSquareTest, estimate, normalTwoSided, tally, uniformTest } from '../support/statistics.ts';
import { matchings, watch } from './probe.ts';

/** Chance of a false alarm of each test below. */
const ALPHA = 0.001;

type Edges = readonly (readonly [number, number])[];

/** A graph of these edges, each agent with one of them, as a spec reads it. */
const graphOf = (edges: Edges) => ({
  topology: { kind: 'edges', file: 'edges.txt', directed: false },
  readFile: async () => new TextEncoder().encode(edges.map(([a, b]) => `${a} ${b}`).join('\n')),
});

/** Whom each agent meets and whether it is first, by world, of every step. */
async function drawn(
  edges: Edges,
  replicas: number,
  steps: number,
  seed: string,
): Promise<{ mates: number[]; asks: number[] }[][]> {
  const { topology, readFile } = graphOf(edges);
  const engine = await openCpu({ threads: 1 });
  const spec = { model: 'matchings', topology, replicas, steps, seed };
  const { prepared, population } = await load(engine, spec, { models: [matchings], readFile });
  const size = prepared.plan.population;
  const ids = prepared.topology.graphs![0].ids!.map(Number);
  const named = (values: ArrayLike<number>, at: number, name: (value: number) => number): number[] => {
    const row: number[] = [];
    for (let i = 0; i < size; i++) row[ids[i]] = name(values[at + i]);
    return row;
  };
  const all: { mates: number[]; asks: number[] }[][] = [];
  for (let step = 1; step <= steps; step++) {
    await population.step(1, { every: 0 });
    const [mates, asks] = [await population.read('mate'), await population.read('asks')];
    all.push(
      Array.from({ length: replicas }, (_, world) => ({
        mates: named(mates, world * size, mate => ids[mate]),
        asks: named(asks, world * size, value => value),
      })),
    );
  }
  await population.dispose();
  return all;
}

/** Why these are no maximal matching of the graph. */
function faults(mates: readonly number[], asks: readonly number[], edges: Edges): string[] {
  const found: string[] = [];
  const linked = new Set(edges.flatMap(([a, b]) => [`${a} ${b}`, `${b} ${a}`]));
  mates.forEach((mate, i) => {
    if (mate === i) {
      if (asks[i] !== 0) found.push(`${i} is first of nobody`);
      return;
    }
    if (mates[mate] !== i) found.push(`${i} meets ${mate}, which meets ${mates[mate]}`);
    if (!linked.has(`${i} ${mate}`)) found.push(`${i} and ${mate} have no edge`);
    if (asks[i] + asks[mate] !== 1) found.push(`${asks[i] + asks[mate]} of ${i} and ${mate} are first`);
  });
  for (const [a, b] of edges) if (a !== b && mates[a] === a && mates[b] === b) found.push(`${a} and ${b} could meet`);
  return found;
}

const randomGraph = fc.integer({ min: 2, max: 14 }).chain(size =>
  fc.array(fc.tuple(fc.nat(size - 1), fc.nat(size - 1)), { minLength: 1, maxLength: 40 }).map(edges => {
    // every agent has an edge, since a file knows no others; self-loops and repeated edges are dropped by the reader
    const others = Array.from({ length: size }, (_, i) => [i, (i + 1) % size] as const);
    return [...edges.filter(([a, b]) => a !== b), ...others.filter((_, i) => i % 2 === 0 || i === size - 1)];
  }),
);

test('on 40 random graphs of 2 to 14 agents every matching is symmetric, along edges and maximal, with one first of two', async () => {
  await fc.assert(
    fc.asyncProperty(randomGraph, async edges => {
      const steps = await drawn(edges, 8, 4, 'valid');
      for (const worlds of steps) for (const { mates, asks } of worlds) expect(faults(mates, asks, edges)).toEqual([]);
    }),
    { numRuns: 40, seed: 20260601 },
  );
});

test('the faults of a matching are seen', () => {
  const path: Edges = [[0, 1], [1, 2], [2, 3]]; // biome-ignore format: edges
  expect(faults([1, 0, 3, 2], [1, 0, 0, 1], path)).toEqual([]);
  expect(faults([0, 2, 1, 3], [0, 1, 0, 0], path)).toEqual([]);
  expect(faults([1, 0, 2, 3], [1, 0, 0, 0], path)).toEqual(['2 and 3 could meet']);
  expect(faults([1, 2, 3, 2], [1, 0, 0, 1], path)).toContain('0 meets 1, which meets 2');
  expect(faults([3, 2, 1, 0], [1, 0, 1, 0], path)).toContain('0 and 3 have no edge');
  expect(faults([1, 0, 3, 2], [1, 1, 0, 1], path)).toContain('2 of 0 and 1 are first');
  expect(faults([0, 2, 1, 3], [1, 1, 0, 0], path)).toContain('0 is first of nobody');
});

describe('what may come out, and how often', () => {
  const WORLDS = 4000;
  const STEPS = 10;
  const outcome = ({ mates, asks }: { mates: number[]; asks: number[] }, ordered: boolean): string =>
    mates.flatMap((mate, i) => (ordered ? asks[i] === 1 : i < mate) ? [`${i}-${mate}`] : []).join(); // biome-ignore format: one thought

  // The first edge is uniform, and decides; a deviation of 3 % of a half is found with probability above 0.99 (40,000 matchings).
  test.each<{ name: string; edges: Edges; outcomes: Record<string, number> }>([
    { name: 'a path of 3: either edge', edges: [[0, 1], [1, 2]], outcomes: { '0-1': 1 / 2, '1-2': 1 / 2 } }, // biome-ignore format: edges
    {
      name: 'a path of 4: the middle edge alone if it comes first, else the outer two',
      edges: [[0, 1], [1, 2], [2, 3]], // biome-ignore format: edges
      outcomes: { '0-1,2-3': 2 / 3, '1-2': 1 / 3 },
    },
    {
      name: 'a 4-cycle: its two perfect matchings',
      edges: [[0, 1], [1, 2], [2, 3], [3, 0]], // biome-ignore format: edges
      outcomes: { '0-1,2-3': 1 / 2, '0-3,1-2': 1 / 2 },
    },
    {
      name: 'a triangle with a tail: 2-3 first, or an edge at 2 and then nothing, or 0-1 and then 2-3',
      edges: [[0, 1], [1, 2], [0, 2], [2, 3]], // biome-ignore format: edges
      outcomes: { '0-1,2-3': 1 / 2, '1-2': 1 / 4, '0-2': 1 / 4 },
    },
  ])('$name (40,000 matchings)', async ({ edges, outcomes }) => {
    const steps = await drawn(edges, WORLDS, STEPS, 'uniform');
    const counts = new Map(Object.keys(outcomes).map(key => [key, 0]));
    const ordered = new Map<string, number>();
    for (const pair of steps.flat()) {
      const key = outcome(pair, false);
      expect([...counts.keys()]).toContain(key);
      counts.set(key, counts.get(key)! + 1);
      const both = `${key} ${outcome(pair, true)}`;
      ordered.set(both, (ordered.get(both) ?? 0) + 1);
    }
    expect(chiSquareTest([...counts.values()], Object.values(outcomes)).p).toBeGreaterThan(ALPHA);
    // who is first: 2^pairs equally frequent ways, whatever the matching
    const ways = Object.entries(outcomes).flatMap(([key, p]) => {
      const pairs = key.split(',').length;
      const seen = [...ordered].filter(([both]) => both.startsWith(`${key} `)).map(([, count]) => count);
      return Array.from({ length: 2 ** pairs }, (_, k) => ({ seen: seen[k] ?? 0, p: p / 2 ** pairs }));
    });
    expect(chiSquareTest(ways.map(way => way.seen), ways.map(way => way.p)).p).toBeGreaterThan(ALPHA); // biome-ignore format: one thought
    // what one step says about the next in the same world, where the outcomes are two equally frequent ones: 4 cells
    const keys = Object.keys(outcomes);
    if (keys.length !== 2 || outcomes[keys[0]] !== 1 / 2) return;
    const numbers = steps.map(worlds => worlds.map(pair => keys.indexOf(outcome(pair, false))));
    const pairs = numbers.slice(1).flatMap((now, step) => now.map((value, world) => 2 * numbers[step][world] + value));
    expect(uniformTest(tally(pairs, 4)).p).toBeGreaterThan(ALPHA);
  });
});

describe('how many meet', () => {
  /** Share of agents that meet somebody in a step, over steps. The graph is one draw; its own spread at these sizes is below the tolerance. */
  async function matched(spec: SpecObject, steps: number): Promise<{ mean: number; error: number }> {
    const shares: number[] = [];
    await watch({ model: 'matchings', seed: 'how many', steps, ...spec }, [matchings], ['mate'], ([mates]) => {
      shares.push(Array.from(mates).filter((mate, i) => mate !== i).length / mates.length);
    });
    return estimate(shares);
  }

  // Random sequential adsorption of dimers: ring 1 − e^−2 (Flory 1939); 4-regular trees, and so large random regular graphs, 1 − 3^−2 (Evans 1984, J. Math. Phys. 25
  // 2527); Erdős–Rényi c / (1 + c) for mean degree c (Dyer, Frieze & Pittel 1993). Square lattice: .9068, numerical (Evans 1993, Rev. Mod. Phys. 65 1281).
  test.each([
    { spec: { population: 40_000, topology: { kind: 'ring', reach: 1 } }, share: 1 - Math.exp(-2), slack: 0 },
    { spec: { population: 40_000, topology: { kind: 'random-regular', degree: 4 } }, share: 8 / 9, slack: 0.0005 },
    { spec: { population: 40_000, topology: { kind: 'erdos-renyi', mean_degree: 4 } }, share: 4 / 5, slack: 0.01 },
    { spec: { topology: { kind: 'lattice', width: 200, height: 200 } }, share: 0.90682, slack: 0 },
  ])('$spec.topology.kind: $share of 40,000 agents (16 steps)', async ({ spec, share, slack }) => {
    const { mean, error } = await matched(spec, 16);
    expect(error).toBeLessThan(0.0015);
    const beyond = Math.max(0, Math.abs(mean - share) - slack);
    expect(normalTwoSided(beyond / error)).toBeGreaterThan(ALPHA);
  });

  test('the same on threads, and the first of three replicas as the only one', async () => {
    const spec = {
      model: 'matchings',
      population: 500,
      topology: { kind: 'erdos-renyi', mean_degree: 4, realisations: 'per-replica' },
      replicas: 3,
      steps: 5,
    };
    const [one, two] = [await openCpu({ threads: 1 }), await openCpu({ threads: 2 })];
    const digests = await finalDigests(one, spec, { models: [matchings] });
    expect(await finalDigests(two, spec, { models: [matchings] })).toEqual(digests);
    expect(new Set(digests).size).toBe(3);
    expect(await finalDigests(one, { ...spec, replicas: 1 }, { models: [matchings] })).toEqual(digests.slice(0, 1));
  });
});

test('with a round too few a matching may not be maximal: the rounds are needed', async () => {
  // a ring of 4: one round matches one pair or two
  expect(matchingRounds(4, 2)).toBe(2);
  const engine = await openCpu({ threads: 1 });
  const spec = { model: 'matchings', population: 4, topology: 'ring', replicas: 400, steps: 1 };
  const { prepared } = await load(engine, spec, { models: [matchings] });
  const { plan } = prepared;
  const short = { ...plan, passes: { ...plan.passes, step: plan.passes.step.slice(2) } };
  const open = async (run: typeof plan): Promise<number> => {
    const population = await engine.load(run);
    await population.step(1, { every: 0 });
    return [...(await population.read('mate'))].filter((mate, k) => mate === k % 4).length;
  };
  expect(neighborsOf(prepared).map(row => row.length)).toEqual([2, 2, 2, 2]);
  expect(await open(plan)).toBe(0);
  expect(
    await open({
      ...short,
      passes: { ...short.passes, step: [plan.passes.step[0], plan.passes.step[1], plan.passes.step[4]] },
    }),
  ).toBeGreaterThan(50);
});
