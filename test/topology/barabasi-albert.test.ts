// Growth with preferential attachment: what holds for every graph, the exact law of tiny ones, and the published degrees of large ones.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { TopologySpec } from '../../src/topology/index.ts';
import { chiSquareTail } from '../support/statistics.ts';
import { chiSquare, degreesIn, faultIn, graphOfSpec, graphsOf, rowsIn, tally } from './support.ts';

const spec = (links: number): TopologySpec => ({ kind: 'barabasi-albert', links });

test('a star first; then every agent brings `links` edges to different older ones', async () => {
  const sizes = fc.integer({ min: 1, max: 8 }).chain(links => fc.tuple(fc.constant(links), fc.nat(60)));
  await fc.assert(
    fc.asyncProperty(sizes, fc.nat(), async ([links, extra], seed) => {
      const nodes = links + 1 + extra;
      const graph = await graphOfSpec(spec(links), nodes, { seed: [seed, 4] });
      expect(faultIn(graph)).toBeUndefined();
      expect(graph.neighbors.length).toBe(2 * links * (nodes - links));
      const older = rowsIn(graph).map((row, i) => row.filter(j => j < i));
      for (const [i, row] of older.entries()) {
        if (i > links) expect(row.length).toBe(links);
        else expect(row).toEqual(i === 0 ? [] : [0]);
      }
    }),
    { numRuns: 200 },
  );
  expect(rowsIn(await graphOfSpec(spec(3), 4))).toEqual([[1, 2, 3], [0], [0], [0]]);
});

/** The law of the graphs by following every draw, one agent after another, in proportion to degrees: an independent statement of it. */
function lawOf(nodes: number, links: number): Map<string, number> {
  const law = new Map<string, number>();
  const grow = (i: number, edges: readonly (readonly [number, number])[], chance: number): void => {
    if (i === nodes) {
      const key = edges.map(edge => edge.join('-')).sort().join(' '); // biome-ignore format: one thought
      law.set(key, (law.get(key) ?? 0) + chance);
      return;
    }
    const degrees = new Array<number>(i).fill(0);
    for (const edge of edges) for (const end of edge) degrees[end]++;
    const draw = (chosen: readonly number[], likely: number): void => {
      if (chosen.length === links) {
        grow(i + 1, [...edges, ...chosen.map(other => [other, i] as const)], likely);
        return;
      }
      const rest = degrees.map((degree, j) => (chosen.includes(j) ? 0 : degree));
      const sum = rest.reduce((total, degree) => total + degree);
      for (const [j, degree] of rest.entries()) if (degree > 0) draw([...chosen, j], (likely * degree) / sum);
    };
    draw([], chance);
  };
  grow(links + 1, Array.from({ length: links }, (_, leaf) => [0, leaf + 1] as const), 1); // biome-ignore format: one thought
  return law;
}

test.each([
  [5, 1],
  [6, 2],
  [6, 3],
])(
  '%i agents, %i links: every graph as often as the procedure says (8,000 graphs, chi-square, p > 0.001)',
  async (nodes, links) => {
    const law = lawOf(nodes, links);
    expect([...law.values()].reduce((sum, chance) => sum + chance)).toBeCloseTo(1, 12);
    const keys = [...law.keys()];
    const seen = (await graphsOf(spec(links), nodes, { realisations: 8000 })).map(graph =>
    keys.indexOf(rowsIn(graph).flatMap((row, i) => row.filter(j => i < j).map(j => `${i}-${j}`)).sort().join(' ')),
  ); // biome-ignore format: one thought
    expect(seen).not.toContain(-1);
    const { statistic, cells } = chiSquare(
      tally(seen),
      keys.map(key => 8000 * law.get(key)!),
    );
    expect(chiSquareTail(statistic, cells - 1)).toBeGreaterThan(0.001);
  },
);

test('degrees: P(k) = 2 m (m + 1) / k (k + 1) (k + 2) (Dorogovtsev, Mendes & Samukhin 2000), 200,000 agents, m = 3', async () => {
  const [nodes, m] = [200_000, 3];
  const counts = tally(degreesIn(await graphOfSpec(spec(m), nodes)));
  for (let k = m; k <= 20; k++) {
    const share = (2 * m * (m + 1)) / (k * (k + 1) * (k + 2));
    // Degrees are all but independent: 4 standard errors of a binomial share.
    const bound = 4 * Math.sqrt((share * (1 - share)) / nodes);
    expect(Math.abs((counts.get(k) ?? 0) / nodes - share), `degree ${k}`).toBeLessThan(bound);
  }
  // Hubs: the share of agents with at least 60 links is m (m + 1) / (60 · 61) = 0.0033, that of a Poisson distribution is nil.
  let hubs = 0;
  for (const [k, count] of counts) if (Number(k) >= 60) hubs += count;
  expect(Math.abs(hubs / nodes - 12 / 3660)).toBeLessThan(4 * Math.sqrt(12 / 3660 / nodes));
});

test('a function of the seed and of the realisation', async () => {
  const [first, second] = await graphsOf(spec(3), 500, { realisations: 2 });
  expect(await graphOfSpec(spec(3), 500)).toEqual(first);
  expect(second.neighbors).not.toEqual(first.neighbors);
  expect((await graphOfSpec(spec(3), 500, { seed: [1, 2] })).neighbors).not.toEqual(first.neighbors);
});

test('more links than others are refused', async () => {
  await expect(graphOfSpec(spec(5), 5)).rejects.toThrow(/topology\.links.*expected at most 4, got 5/);
});
