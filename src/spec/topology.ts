// The topologies of a spec: one entry per kind, with its options, and what it needs of the population. Graphs are made elsewhere.
import { z } from 'zod';
import { suggest } from '../errors.ts';
import { say } from './fault.ts';
import {
  COUNT_MAX,
  either,
  flag,
  integerFrom,
  listOf,
  mapping,
  named,
  numberFrom,
  oneOf,
  shareOf,
  text,
} from './leaves.ts';
import type { Path } from './origin.ts';
import { checkShares, type Fail } from './shares.ts';
import type { EdgeSource, TopologySpec } from './spec.ts';

/** Replicas share as many graphs as this. */
const MAX_REALISATIONS = 2 ** 20;

const realisations = () =>
  either('a number of graphs or per-replica', [integerFrom(1, MAX_REALISATIONS), z.literal('per-replica')])
    .default(1)
    .describe('How many graphs are drawn for the replicas of a run: a number of at most `replicas`, or per-replica.');

const simple = () => flag().default(true).describe('No self-loops and no multiple edges.');

const kindOf = <const K extends string>(kind: K, about: string) => z.literal(kind).describe(about);

const column = () => either('a column name or number', [text('a column name'), integerFrom(1)]);
const edgeOptions = {
  file: text('a file name').describe('Looked for beside the spec, then in the data folder.'),
  columns: mapping('column', { source: column(), target: column(), weight: column().optional() })
    .optional()
    .describe('Columns of the file: names in its header, or numbers counted from 1.'),
  filter: z
    .record(z.string(), either('a word or number', [z.string(), z.number(), z.boolean()]), {
      error: say({ expected: 'a mapping from columns to values' }),
    })
    .optional()
    .describe('Only the rows whose columns have these values.'),
  directed: flag().default(true).describe('true: the source looks at the target. false: both look at each other.'),
  reverse: flag().default(false).describe('The target looks at the source instead.'),
  self_loops: oneOf('treatment', ['drop', 'keep', 'error'])
    .default('drop')
    .describe('Edges from an agent to itself: drop, keep or error.'),
  duplicates: oneOf('treatment', ['merge', 'keep', 'error'])
    .default('merge')
    .describe('Repeated edges: merge, keep or error.'),
};

const edges = () => mapping('edges option', { kind: kindOf('edges', 'A network read from a file.'), ...edgeOptions });

const degreeFile = () =>
  mapping('degrees option', {
    kind: kindOf('degrees', 'A table of degrees.'),
    file: text('a file name').describe('CSV with out_degree, in_degree, count, or degree, count.'),
  });

/** The schema of every kind. Stochastic kinds have `realisations`. */
const SCHEMAS = {
  complete: mapping('complete option', { kind: kindOf('complete', 'Everybody looks at everybody else.') }),
  ring: mapping('ring option', {
    kind: kindOf('ring', 'A circle of agents.'),
    reach: integerFrom(1).default(1).describe('Neighbours on each side.'),
  }),
  lattice: mapping('lattice option', {
    kind: kindOf('lattice', 'A square lattice on a torus. It fixes the population.'),
    width: integerFrom(3).describe('Agents in a row.'),
    height: integerFrom(3).describe('Rows.'),
    neighbourhood: oneOf('neighbourhood', ['von-neumann', 'moore'])
      .default('von-neumann')
      .describe('von-neumann: the 4 nearest cells. moore: the 8 nearest.'),
  }),
  'erdos-renyi': mapping('erdos-renyi option', {
    kind: kindOf('erdos-renyi', 'Every pair is linked with the same probability.'),
    mean_degree: numberFrom(0, COUNT_MAX).describe('Mean number of agents that an agent looks at.'),
    directed: flag().default(false).describe('true: a coin for each direction.'),
    realisations: realisations(),
  }),
  'random-regular': mapping('random-regular option', {
    kind: kindOf('random-regular', 'A random graph in which all have the same degree.'),
    degree: integerFrom(0).describe('Neighbours of each agent.'),
    realisations: realisations(),
  }),
  configuration: mapping('configuration option', {
    kind: kindOf('configuration', 'A random graph with given shares of degrees.'),
    degrees: either('a list of {degree, share} or a mapping from degree to share', [
      listOf(mapping('key', { degree: integerFrom(0), share: shareOf() }), 'a list of {degree, share}'),
      named(shareOf(), 'degree', /^\d+$/, 'a non-negative integer'),
    ]).describe('Shares of agents by degree; they sum to 1.'),
    simple: simple(),
    realisations: realisations(),
  }),
  edges: edges(),
  upscaled: mapping('upscaled option', {
    kind: kindOf('upscaled', 'Any population with the degrees of a small network.'),
    from: z
      .discriminatedUnion('kind', [edges(), degreeFile()], { error: discriminate('source', ['edges', 'degrees']) })
      .describe('The small network, or a table of its degrees.'),
    simple: simple(),
    realisations: realisations(),
  }),
} as const;

type Kind = keyof typeof SCHEMAS;
type Written = { [K in Kind]: z.output<(typeof SCHEMAS)[K]> };
/** A topology as written, defaults filled in. */
export type WrittenTopology = Kind | Written[Kind];

/** The kinds that need no options, so that their name alone is enough. */
const SHORT = Object.keys(SCHEMAS).filter(kind => SCHEMAS[kind as Kind].safeParse({ kind }).success);

/** The schema of the topologies that a model supports. */
export function topologySchema(supported: readonly string[] = Object.keys(SCHEMAS)): z.ZodType<WrittenTopology> {
  const kinds = (Object.keys(SCHEMAS) as Kind[]).filter(kind => supported.includes(kind));
  const short = kinds.filter(kind => SHORT.includes(kind));
  const forms = kinds.map(kind => SCHEMAS[kind]) as [(typeof SCHEMAS)[Kind]];
  const expected = `a kind of topology (${kinds.join(', ')}) or a mapping with a kind`;
  const error = (issue: { input: unknown }): string => {
    if (typeof issue.input !== 'string') return say({ expected });
    return say(aboutKind(issue.input, kinds));
  };
  return z.union(
    [
      z.enum(short, { error }).describe('A topology without options.'),
      z.discriminatedUnion('kind', forms, { error: discriminate('topology', kinds) }),
    ],
    { error },
  );
}

function aboutKind(kind: string, kinds: readonly string[]) {
  if (kinds.includes(kind)) return { what: `topology ${kind} needs options`, hint: `write {kind: ${kind}, …}` };
  if (!Object.hasOwn(SCHEMAS, kind)) return { what: `unknown topology "${kind}"`, hint: suggest(kind, kinds) };
  return { what: `the model does not support topology ${kind}`, expected: kinds.join(', ') };
}

function discriminate(noun: string, kinds: readonly string[]) {
  return (issue: { input?: unknown }): string => {
    const { kind } = (issue.input ?? {}) as { kind?: unknown };
    if (typeof kind !== 'string') return say({ expected: kinds.join(', ') });
    if (noun === 'topology') return say(aboutKind(kind, kinds));
    return say({ what: `unknown ${noun} "${kind}"`, hint: suggest(kind, kinds) });
  };
}

/** The topology of a run and the population, where the topology fixes it; fails where they do not fit. */
export function readTopology(
  written: WrittenTopology,
  run: { population?: number; replicas: number },
  fail: Fail,
): { topology: TopologySpec; population?: number } {
  const full = (typeof written === 'string' ? SCHEMAS[written].parse({ kind: written }) : written) as Written[Kind];
  if ('realisations' in full && full.realisations !== 'per-replica' && full.realisations > run.replicas) {
    fail(['topology', 'realisations'], {
      what: 'more graphs than replicas',
      expected: `at most ${run.replicas} (replicas) or per-replica`,
      got: String(full.realisations),
    });
  }
  const population = readPopulation(full, run.population, fail);
  if (population !== undefined) checkSize(full, population, fail);
  return { topology: toSpec(full, fail), population };
}

function readPopulation(full: Written[Kind], given: number | undefined, fail: Fail): number | undefined {
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
function checkSize(full: Written[Kind], population: number, fail: Fail): void {
  const most = (option: string, limit: number, value: number): void => {
    if (value <= limit) return;
    const expected = limit < 0 ? 'a larger population' : `at most ${limit}`;
    fail(['topology', option], {
      what: `too many neighbours for a population of ${population}`,
      expected,
      got: String(value),
    });
  };
  if (full.kind === 'ring') most('reach', Math.floor((population - 1) / 2), full.reach);
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

function toSpec(full: Written[Kind], fail: Fail): TopologySpec {
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
      return { kind: 'edges', ...edgeSource(full), realisations: 1 };
    case 'upscaled': {
      const { kind, from, simple, realisations } = full;
      return {
        kind,
        from: from.kind === 'edges' ? { kind: 'edges', ...edgeSource(from) } : from,
        simple,
        realisations,
      };
    }
    default:
      return { realisations: 1, ...full };
  }
}

function edgeSource(written: Written['edges']): EdgeSource {
  const { file, columns, filter, directed, reverse, self_loops: selfLoops, duplicates } = written;
  const values = filter && Object.fromEntries(Object.entries(filter).map(([name, value]) => [name, String(value)]));
  return {
    file,
    ...(columns && { columns }),
    ...(values && { filter: values }),
    directed,
    reverse,
    selfLoops,
    duplicates,
  };
}
