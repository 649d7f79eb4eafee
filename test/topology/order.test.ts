// Orders of agents, by hand, and what they do to the rows of a graph.
import { expect, test } from 'vitest';
import { type Graph, inOrder, numbersInOrder, placesOf } from '../../src/topology/index.ts';

/** A graph of these rows; the weight of a link from i to j is 10 i + j. */
function graphOf(rows: readonly (readonly number[])[]): Graph {
  const rowOffsets = Uint32Array.from([0, ...rows.map((_, i) => rows.slice(0, i + 1).flat().length)]);
  const weights = Float64Array.from(rows.flatMap((row, i) => row.map(j => 10 * i + j)));
  const ids = rows.map((_, i) => `n${i}`);
  const groups = Uint32Array.from(rows, (_, i) => i % 2);
  const neighbors = Uint32Array.from(rows.flat());
  return { nodeCount: rows.length, directed: true, rowOffsets, neighbors, weights, ids, groups } as unknown as Graph;
}

// 0 ← 2 ← 4 → 1, 1 → 4, 5 → 4, and 3, whom nobody knows
const GRAPH = graphOf([[], [4], [0], [], [2, 1, 4], [4]]);

test('by how many look at an agent, equals by number', () => {
  expect([...numbersInOrder(GRAPH, 'degree')]).toEqual([4, 0, 1, 2, 3, 5]);
});

test('breadth first: whom an agent looks at comes next, then the lowest that is left', () => {
  expect([...numbersInOrder(GRAPH, 'breadth-first')]).toEqual([0, 1, 4, 2, 3, 5]);
});

test('nobody, and one', () => {
  for (const order of ['degree', 'breadth-first'] as const) {
    expect([...numbersInOrder(graphOf([]), order)]).toEqual([]);
    expect([...numbersInOrder(graphOf([[0]]), order)]).toEqual([0]);
  }
});

test('rows move with their agents and keep the order of their links', () => {
  const numbers = numbersInOrder(GRAPH, 'degree');
  const moved = inOrder(GRAPH, numbers, placesOf(numbers));
  const rows = Array.from({ length: 6 }, (_, place) => {
    const links = [moved.rowOffsets[place], moved.rowOffsets[place + 1]] as const;
    return {
      looksAt: [...moved.neighbors.subarray(...links)].map(other => numbers[other]),
      weights: [...moved.weights!.subarray(...links)],
    };
  });
  expect(rows.map(({ looksAt }) => looksAt)).toEqual([[2, 1, 4], [], [4], [0], [], [4]]);
  expect(rows.map(({ weights }) => weights)).toEqual([[42, 41, 44], [], [14], [20], [], [54]]);
  expect(moved.ids).toEqual(['n4', 'n0', 'n1', 'n2', 'n3', 'n5']);
  expect([...moved.groups!]).toEqual([0, 0, 1, 0, 1, 1]);
});
