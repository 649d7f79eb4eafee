// The stochastic block model (Holland, Laskey & Leinhardt 1983, Soc. Networks 5 109): the probability of an edge depends on the groups of its
// ends alone. Groups are contiguous blocks of agents. Absent pairs are jumped over as in erdos-renyi.ts: O(n · groups + m).
import { graphOf, rowsOf } from './csr.ts';
import type { Draws } from './draws.ts';
import { gaps, lowerPairs } from './erdos-renyi.ts';
import { GrowingUint32 } from './growing.ts';
import type { Graph, StochasticBlockSpec } from './types.ts';

/** The group of each agent, an index into the spec's groups. */
export function groupNumbers({ groups }: StochasticBlockSpec): Uint32Array {
  const numbers = new Uint32Array(groups.reduce((sum, { size }) => sum + size, 0));
  let first = 0;
  groups.forEach(({ size }, g) => {
    numbers.fill(g, first, first + size);
    first += size;
  });
  return numbers;
}

/** Entry (g, h) of `probabilities` is that of a link from an agent of g to one of h; symmetric where the graph is undirected. */
export function stochasticBlock(
  { groups, probabilities, directed = false }: StochasticBlockSpec,
  numbers: Uint32Array,
  draws: Draws,
): Graph {
  const sources = new GrowingUint32();
  const targets = new GrowingUint32();
  let firstOfG = 0;
  groups.forEach(({ size }, g) => {
    let firstOfH = 0;
    for (let h = 0; h < (directed ? groups.length : g + 1); h++) {
      const add = (row: number, column: number): void => {
        sources.push(firstOfG + row);
        targets.push(firstOfH + column);
      };
      const gap = gaps(probabilities[g][h], draws);
      if (g !== h) rectangle(size, groups[h].size, gap, add);
      else if (directed) rectangle(size, size - 1, gap, (row, other) => add(row, other < row ? other : other + 1));
      else lowerPairs(size, gap, add);
      firstOfH += groups[h].size;
    }
    firstOfG += size;
  });
  const edges = { sources: sources.view(), targets: targets.view() };
  const graph = graphOf(directed, rowsOf(numbers.length, edges, !directed));
  return { ...graph, groups: numbers, groupNames: groups.map(({ name }) => name) };
}

/** All cells (row, column) in the order of the rows, with gaps of absent ones. */
function rectangle(rows: number, columns: number, gap: () => number, add: (row: number, column: number) => void): void {
  if (columns === 0) return;
  let column = gap();
  for (let row = 0; row < rows; ) {
    if (column < columns) {
      add(row, column);
      column += 1 + gap();
    } else {
      const rest = column % columns; // exact, as is the division below; a gap without end makes both NaN, which ends the loop
      row += (column - rest) / columns;
      column = rest;
    }
  }
}
