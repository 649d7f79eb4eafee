// The classes of `sublattice` as the setup arena has them, and the rounds of a matching.
import { describe, expect, test } from 'vitest';
import { classesOf } from '../../src/plan/classes.ts';
import { explainPlan } from '../../src/plan/explain.ts';
import { lesserDegree, matchingRounds, refuseOneSided } from '../../src/plan/matching.ts';
import { buildTopology, type Graph, type Topology, type TopologySpec } from '../../src/topology/index.ts';
import { planOf } from './support.ts';

const built = (spec: TopologySpec, population?: number, realisations = 1): Promise<Topology> =>
  buildTopology(spec, { population, seed: [1, 2], realisations, readFile: async () => new Uint8Array() });

/** A graph of these rows. */
function graphOf(rows: readonly (readonly number[])[], directed = false): Topology {
  const rowOffsets = Uint32Array.from([0, ...rows.map((_, i) => rows.slice(0, i + 1).flat().length)]);
  const graph = { nodeCount: rows.length, directed, rowOffsets, neighbors: Uint32Array.from(rows.flat()) };
  return { kind: 'edges', nodeCount: rows.length, graphs: [graph as Graph] };
}

describe('classes', () => {
  test('a lattice of 4 × 4: its two colours, each row starting with the other one', async () => {
    const lattice = { kind: 'lattice', width: 4, height: 4, neighbourhood: 'von-neumann' } as const;
    const { data, words, count, largest } = classesOf(await built(lattice));
    expect({ words, count, largest }).toEqual({ words: 19, count: 2, largest: 8 });
    expect([...data]).toEqual([0, 8, 16, 0, 2, 5, 7, 8, 10, 13, 15, 1, 3, 4, 6, 9, 11, 12, 14]);
  });

  test('graphs of different numbers of classes: the last ones of the smaller are empty', () => {
    const [triangle, path] = [graphOf([[1, 2], [0, 2], [0, 1]]), graphOf([[1], [0, 2], [1]])]; // biome-ignore format: rows
    const { data, words, count, largest } = classesOf({
      ...path,
      graphs: [...path.graphs!, ...triangle.graphs!],
    } as Topology);
    expect({ words, count, largest }).toEqual({ words: 7, count: 3, largest: 2 });
    expect([...data.subarray(0, 4)].sort()).toEqual([0, 1, 3, 3]);
    expect([...data.subarray(7, 11)]).toEqual([0, 1, 2, 3]);
    for (const graph of [0, 1]) expect([...data.subarray(7 * graph + 4, 7 * graph + 7)].sort()).toEqual([0, 1, 2]);
  });

  test('explain names them', async () => {
    const plan = await planOf('voter', { update: 'sublattice', topology: { kind: 'lattice', width: 8, height: 8 } });
    const text = explainPlan(plan);
    expect(text).toContain('update      sublattice, 2 classes of at most 32 agents');
    expect(text).toContain('copy_contact                32 per world, 2 times');
  });
});

describe('rounds', () => {
  test('the mean lesser degree: 1 around a hub, k where all have k', async () => {
    expect(lesserDegree(graphOf([[1, 2, 3], [0], [0], [0]]))).toBe(1);
    expect(
      lesserDegree(
        graphOf([
          [1, 2, 3],
          [0, 2, 3],
          [0, 1, 3],
          [0, 1, 2],
        ]),
      ),
    ).toBe(3);
    // edges of a path of 4 (both ways): two with an end of degree 1, one between two of degree 2
    expect(lesserDegree(graphOf([[1], [0, 2], [1, 3], [2]]))).toBe(4 / 3);
    expect(lesserDegree(graphOf([[], []]))).toBe(0);
    expect(lesserDegree(await built({ kind: 'ring', reach: 3 }, 20))).toBe(6);
  });

  test('never more than there can be pairs, and few for many', () => {
    for (const n of [1, 2, 3, 10]) expect(matchingRounds(n, 4)).toBe(Math.floor(n / 2));
    expect(matchingRounds(1_000_000, 4)).toBe(15);
    expect(matchingRounds(2 ** 31 - 1, 100)).toBe(21);
    const rounds = [2, 4, 100, 10_000].map(degree => matchingRounds(100_000, degree));
    expect(rounds).toEqual([...rounds].sort((a, b) => a - b));
  });

  test('a step takes them in turn, and one even where nobody can meet', async () => {
    const { passes, kernels, layout } = await planOf('voter', { update: 'pairing', population: 6 });
    expect(passes.step.map(({ kernel, part }) => `${kernels[kernel].label} ${part}`)).toEqual([
      ...[0, 1, 2].flatMap(round => [`matching: propose ${round}`, `matching: accept ${round}`]),
      'copy_contact 0',
    ]);
    expect(layout.candidateBase).toBe(layout.partnerBase! + 6);
    const alone = { update: 'pairing', population: 1, topology: { kind: 'erdos-renyi', mean_degree: 0 } };
    expect((await planOf('voter', alone)).passes.step.length).toBe(3);
  });

  test('a directed graph is refused, also where only the planner can know', () => {
    expect(() => refuseOneSided(graphOf([[1], []], true))).toThrow(
      'topology: pairing needs agents that look at each other: expected topology complete, or an undirected graph, got a directed graph. Write `directed: false`, or take another update',
    );
    refuseOneSided(graphOf([[1], [0]]));
  });
});
