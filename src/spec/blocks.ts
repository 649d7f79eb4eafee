// A stochastic block model as written → the sizes of its groups and the probability of a link between each two of them.
import { type GroupSpec, readBlockSizes } from './groups.ts';
import { COUNT_MAX } from './leaves.ts';
import type { Path } from './origin.ts';
import { type Fail, initialBounds } from './shares.ts';
import type { StochasticBlockSpec } from './topology-spec.ts';

/** Entries by group and group: rows in the order of the groups, or by names, where a pair may be left out. */
type WrittenMatrix = number[][] | Record<string, Record<string, number>>;

export interface WrittenBlocks {
  kind: 'stochastic-block';
  groups: Record<string, number>;
  probabilities?: WrittenMatrix;
  degrees?: WrittenMatrix;
  directed: boolean;
}

/** Mean degrees of an undirected graph may disagree by this part of them, for rounding. */
const TOLERANCE = 1e-6;

/** What is left of a written matrix when it is read: entries, and where each was written. */
interface Matrix {
  option: 'probabilities' | 'degrees';
  entries: (number | undefined)[][];
  pathOf(g: number, h: number): Path;
}

/** Fails where groups, population and links do not fit each other. */
export function readBlocks(written: WrittenBlocks, population: number | undefined, fail: Fail): StochasticBlockSpec {
  const groups = readBlockSizes(written.groups, population, ['topology', 'groups'], fail);
  const sizes = sizesOf(groups, population, fail);
  const matrix = readMatrix(written, groups, fail);
  if (!written.directed) mirror(matrix, groups, fail);
  return {
    kind: written.kind,
    groups: groups.map(({ name }, g) => ({ name, size: sizes[g] })),
    probabilities: probabilitiesOf(matrix, sizes, written.directed, fail),
    directed: written.directed,
  };
}

function sizesOf(groups: readonly GroupSpec[], population: number | undefined, fail: Fail): number[] {
  const path: Path = ['topology', 'groups'];
  if (groups.length === 0) fail(path, { what: 'no groups', expected: 'shares or sizes, by name' });
  const written = groups.map(({ size }) => size).filter(size => size !== undefined);
  if (written.length === groups.length) {
    const sum = written.reduce((total, size) => total + size, 0);
    if (sum > COUNT_MAX) fail(path, { what: 'too many agents', expected: `at most ${COUNT_MAX}`, got: String(sum) });
    return written;
  }
  if (population === undefined) {
    return fail(['population'], {
      what: 'missing',
      expected: 'an integer of at least 1',
      hint: 'or write the sizes of the groups in place of shares',
    });
  }
  const bounds = initialBounds(groups.map(({ share }) => share), population); // biome-ignore format: one thought
  const sizes = bounds.map((bound, g) => bound - (g === 0 ? 0 : bounds[g - 1]));
  const empty = sizes.indexOf(0);
  if (empty >= 0) {
    fail([...path, groups[empty].name], {
      what: `the share is too small for an agent in a population of ${population}`,
      expected: 'a larger share, or a larger population',
      got: String(groups[empty].share),
    });
  }
  return sizes;
}

function readMatrix(written: WrittenBlocks, groups: readonly GroupSpec[], fail: Fail): Matrix {
  const { probabilities, degrees } = written;
  if ((probabilities === undefined) === (degrees === undefined)) {
    fail(['topology'], {
      what: 'links between groups are given in one way',
      expected: 'either probabilities or degrees',
      got: probabilities === undefined ? 'neither' : 'both',
    });
  }
  const option = probabilities === undefined ? 'degrees' : 'probabilities';
  const path: Path = ['topology', option];
  const rows = (probabilities ?? degrees)!;
  const names = groups.map(({ name }) => name);
  if (Array.isArray(rows)) {
    mustHaveLength(rows, names, path, fail);
    rows.forEach((row, g) => {
      mustHaveLength(row, names, [...path, g], fail);
    });
    return { option, entries: rows.map(row => [...row]), pathOf: (g, h) => [...path, g, h] };
  }
  for (const [name, row] of Object.entries(rows)) {
    mustBeGroup(name, names, [...path, name], fail);
    for (const other of Object.keys(row)) mustBeGroup(other, names, [...path, name, other], fail);
  }
  const entry = (from: string, to: string): number | undefined =>
    Object.hasOwn(rows, from) && Object.hasOwn(rows[from], to) ? rows[from][to] : undefined;
  return {
    option,
    entries: names.map(from => names.map(to => entry(from, to))),
    pathOf: (g, h) => [...path, names[g], names[h]],
  };
}

function mustHaveLength(list: readonly unknown[], names: readonly string[], path: Path, fail: Fail): void {
  if (list.length === names.length) return;
  const expected = `${names.length}, one for each group (${names.join(', ')})`;
  fail(path, { what: 'the number of entries differs from that of groups', expected, got: String(list.length) });
}

function mustBeGroup(name: string, names: readonly string[], path: Path, fail: Fail): void {
  if (!names.includes(name)) {
    fail(path, { at: 'key', what: `unknown group "${name}"`, expected: `one of ${names.join(', ')}` });
  }
}

/** In an undirected graph each entry tells its mirror image: where both are written, they agree; where one is, the other follows. */
function mirror({ option, entries, pathOf }: Matrix, groups: readonly GroupSpec[], fail: Fail): void {
  for (let g = 0; g < groups.length; g++) {
    for (let h = 0; h < g; h++) {
      // Each link between the two is one of either side: n_g · d_gh = n_h · d_hg.
      const ratio = option === 'degrees' ? groups[h].share / groups[g].share : 1;
      const [above, below] = [entries[h][g], entries[g][h]];
      if (above === undefined) entries[h][g] = below === undefined ? undefined : below / ratio;
      else if (below === undefined) entries[g][h] = above * ratio;
      else if (Math.abs(below - above * ratio) > TOLERANCE * Math.max(below, above * ratio)) {
        const pair = `${groups[h].name} and ${groups[g].name}`;
        const counts = option === 'degrees' ? 'agents × degrees are the same both ways' : 'the matrix is symmetric';
        fail(pathOf(g, h), {
          what: `the two entries of ${pair} disagree, but in an undirected graph ${counts}`,
          expected: String(Number((above * ratio).toPrecision(9))),
          got: String(below),
          hint: 'or set directed: true',
        });
      }
    }
  }
}

/** Entries not written are 0. Rounded sizes make two mirror images of degrees differ: their mean counts. */
function probabilitiesOf(matrix: Matrix, sizes: readonly number[], directed: boolean, fail: Fail): number[][] {
  const entry = (g: number, h: number): number => matrix.entries[g][h] ?? 0;
  const others = (g: number, h: number): number => sizes[h] - (g === h ? 1 : 0);
  return sizes.map((size, g) =>
    sizes.map((_, h) => {
      if (matrix.option === 'probabilities' || entry(g, h) === 0) return entry(g, h);
      if (entry(g, h) > others(g, h)) {
        fail(matrix.pathOf(g, h), {
          what: `too many neighbours for a group of ${sizes[h]}`,
          expected: `at most ${others(g, h)}`,
          got: String(Number(entry(g, h).toPrecision(9))),
        });
      }
      if (directed || g === h) return entry(g, h) / others(g, h);
      return Math.min(1, (size * entry(g, h) + sizes[h] * entry(h, g)) / 2 / (size * sizes[h]));
    }),
  );
}
