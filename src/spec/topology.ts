// From a topology as written to that of a run: the short form, the population that it fixes, and whether its degrees fit. Graphs are
// made elsewhere.
import { readBlocks } from './blocks.ts';
import { COUNT_MAX } from './leaves.ts';
import type { Path } from './origin.ts';
import { checkShares, type Fail } from './shares.ts';
import type { EdgeSource, TopologySpec } from './spec.ts';
import { type Kind, SCHEMAS, type Written, type WrittenTopology } from './topology-schema.ts';

/** A kind as written, without the order of its agents in memory. */
type Unordered = { [K in Kind]: Omit<Written[K], 'order'> }[Kind];

/** The topology of a run and the population, where the topology fixes it; fails where they do not fit. */
export function readTopology(
  written: WrittenTopology,
  run: { population?: number; replicas: number },
  fail: Fail,
): { topology: TopologySpec; population?: number } {
  const whole = (typeof written === 'string' ? SCHEMAS[written].parse({ kind: written }) : written) as Written[Kind];
  const { order, ...full } = { order: undefined, ...whole };
  const { topology, population } = readKind(full, run, fail);
  return { topology: order === undefined || order === 'none' ? topology : { ...topology, order }, population };
}

/** The same but for the order of the agents in memory, which all stored graphs have. */
function readKind(
  full: Unordered,
  run: { population?: number; replicas: number },
  fail: Fail,
): { topology: TopologySpec; population?: number } {
  if ('realisations' in full && full.realisations !== 'per-replica' && full.realisations > run.replicas) {
    fail(['topology', 'realisations'], {
      what: 'more graphs than replicas',
      expected: `at most ${run.replicas} (replicas) or per-replica`,
      got: String(full.realisations),
    });
  }
  if (full.kind === 'stochastic-block') {
    const blocks = readBlocks(full, run.population, fail);
    const population = blocks.groups.reduce((sum, { size }) => sum + size, 0);
    return { topology: { ...blocks, realisations: full.realisations }, population };
  }
  const population = readPopulation(full, run.population, fail);
  if (population !== undefined) checkSize(full, population, fail);
  return { topology: toSpec(full, fail), population };
}

function readPopulation(full: Unordered, given: number | undefined, fail: Fail): number | undefined {
  if (full.kind === 'edges') {
    if (given !== undefined) {
      fail(['population'], { what: 'the file of edges fixes the population', hint: 'leave population out' });
    }
    return undefined;
  }
  if (full.kind === 'lattice') {
    const size = full.width * full.height;
    if (size > COUNT_MAX) {
      fail(['topology'], {
        what: 'lattice too large',
        expected: `width × height of at most ${COUNT_MAX}`,
        got: String(size),
      });
    }
    if (given !== undefined && given !== size) {
      const what = 'the population differs from width × height of the lattice';
      fail(['population'], { what, expected: String(size), got: String(given), hint: 'leave population out' });
    }
    return size;
  }
  if (given === undefined) fail(['population'], { what: 'missing', expected: `an integer of at least 1` });
  return given;
}

/** Degrees must fit the population. */
function checkSize(full: Unordered, population: number, fail: Fail): void {
  const most = (option: string, limit: number, value: number): void => {
    if (value <= limit) return;
    const expected = limit < 0 ? 'a larger population' : `at most ${limit}`;
    fail(['topology', option], {
      what: `too many neighbours for a population of ${population}`,
      expected,
      got: String(value),
    });
  };
  if (full.kind === 'barabasi-albert') most('links', population - 1, full.links);
  if (full.kind === 'ring' || full.kind === 'watts-strogatz')
    most('reach', Math.floor((population - 1) / 2), full.reach);
  if (full.kind === 'erdos-renyi') most('mean_degree', population - 1, full.mean_degree);
  if (full.kind === 'configuration' && full.simple) {
    most('degrees', population - 1, Math.max(...degreeShares(full.degrees).map(({ degree }) => degree)));
  }
  if (full.kind === 'random-regular') {
    most('degree', population - 1, full.degree);
    if ((full.degree * population) % 2 === 1) {
      const got = `${full.degree} × ${population}`;
      fail(['topology', 'degree'], { what: 'no such graph', expected: 'degree × population to be even', got });
    }
  }
}

function degreeShares(degrees: Written['configuration']['degrees']): { degree: number; share: number }[] {
  return Array.isArray(degrees)
    ? degrees
    : Object.entries(degrees).map(([degree, share]) => ({ degree: Number(degree), share }));
}

function toSpec(full: Exclude<Unordered, { kind: 'stochastic-block' }>, fail: Fail): TopologySpec {
  switch (full.kind) {
    case 'erdos-renyi': {
      const { kind, mean_degree: meanDegree, directed, realisations } = full;
      return { kind, meanDegree, directed, realisations };
    }
    case 'configuration': {
      const path: Path = ['topology', 'degrees'];
      const degrees = degreeShares(full.degrees);
      checkShares(
        degrees.map(({ share }) => share),
        path,
        fail,
      );
      const twice = degrees.find(({ degree }, i) => degrees.findIndex(other => other.degree === degree) !== i);
      if (twice) fail(path, { what: `degree ${twice.degree} is listed twice` });
      return { ...full, degrees };
    }
    case 'edges':
      return { kind: 'edges', ...edgeSource(full, ['topology'], fail), realisations: 1 };
    case 'upscaled': {
      const { kind, from, simple, realisations } = full;
      return from.kind === 'edges'
        ? { kind, edges: edgeSource(from, ['topology', 'from'], fail), simple, realisations }
        : { kind, degrees: from.file, simple, realisations };
    }
    default:
      return { realisations: 1, ...full };
  }
}

type WrittenEdges = Omit<Written['edges'], 'order'> | (Written['upscaled']['from'] & { kind: 'edges' });

function edgeSource(written: WrittenEdges, path: Path, fail: Fail): EdgeSource {
  const {
    file,
    format,
    delimiter,
    columns,
    filter,
    groups,
    directed,
    reverse,
    self_loops: selfLoops,
    duplicates,
  } = written;
  if (groups && (columns?.source_group ?? columns?.target_group) !== undefined) {
    const expected = 'either columns of the edges or a file of their own';
    fail([...path, 'groups'], { what: 'groups come from one place', expected, got: 'both' });
  }
  return {
    file,
    format,
    delimiter,
    ...(columns && { columns: readColumns(columns) }),
    ...(filter && { filter: Object.fromEntries(Object.entries(filter).map(([name, value]) => [name, String(value)])) }),
    ...(groups && { groups }),
    directed,
    reverse,
    selfLoops,
    duplicates,
  };
}

function readColumns({
  source_group: sourceGroup,
  target_group: targetGroup,
  ...others
}: NonNullable<WrittenEdges['columns']>): EdgeSource['columns'] {
  const groups = { ...(sourceGroup && { sourceGroup }), ...(targetGroup && { targetGroup }) };
  return { ...others, ...groups };
}
