// The schema of `topology`: one entry per kind, with its options.
import { z } from 'zod';
import { suggest } from '../errors.ts';
import { say } from './fault.ts';
import { blocksSchema } from './groups.ts';
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

/** Replicas share as many graphs as this. */
const MAX_REALISATIONS = 2 ** 20;

const realisations = () =>
  either('a number of graphs or per-replica', [integerFrom(1, MAX_REALISATIONS), z.literal('per-replica')])
    .default(1)
    .describe('How many graphs are drawn for the replicas of a run: a number of at most `replicas`, or per-replica.');

const order = () =>
  oneOf('order', ['none', 'degree', 'breadth-first'])
    .default('none')
    .describe(
      'In which order agents lie in memory, which changes no result: none: by number. degree: those at whom most look first. breadth-first: linked agents near each other.',
    );

/** What stored graphs that are drawn have in common. */
const drawn = () => ({ realisations: realisations(), order: order() });

/** Entries by group and group. */
const matrix = (entry: z.ZodNumber) => {
  const rows = listOf(listOf(entry, 'a list of numbers'), 'a list of rows');
  const names = z.record(
    z.string(),
    z.record(z.string(), entry, say({ expected: 'a mapping from groups to numbers' })),
    {
      error: say({ expected: 'a mapping from groups to mappings' }),
    },
  );
  return either('a list of rows, or a mapping from groups to mappings from groups to numbers', [rows, names]);
};

const simple = () => flag().default(true).describe('No self-loops and no multiple edges.');

const kindOf = <const K extends string>(kind: K, about: string) => z.literal(kind).describe(about);

const column = () => either('a column name or number', [text('a column name'), integerFrom(1)]);
const format = () =>
  oneOf('format', ['auto', 'snap', 'csv', 'parquet'])
    .default('auto')
    .describe(
      'snap: numbers or words separated by spaces or tabs, no header. csv: with a header. parquet: uncompressed or with snappy. auto: by the name and the first line.',
    );
const edgeOptions = {
  file: text('a file name').describe('Looked for beside the spec, then in the data folder.'),
  format: format(),
  delimiter: oneOf('delimiter', ['auto', ',', ';', '\t']).default('auto').describe('Separator of a csv file.'),
  columns: mapping('column', {
    source: column().optional(),
    target: column().optional(),
    weight: column().optional(),
    source_group: column().optional(),
    target_group: column().optional(),
  })
    .optional()
    .describe('Columns of the file: names in its header, or numbers counted from 1.'),
  groups: mapping('groups option', {
    file: text('a file name').describe('Names the group of each node.'),
    format: format(),
    columns: mapping('column', { id: column().optional(), group: column().optional() }).optional(),
  })
    .optional()
    .describe('A second file, with the group of each node.'),
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

const fileOfEdges = { kind: kindOf('edges', 'A network read from a file.'), ...edgeOptions };
const edges = () => mapping('edges option', fileOfEdges);

const degreeFile = () =>
  mapping('degrees option', {
    kind: kindOf('degrees', 'A table of degrees.'),
    file: text('a file name').describe('CSV or Parquet with out_degree, in_degree, count, or degree, count.'),
  });

/** The schema of every kind. Stochastic kinds have `realisations`. */
export const SCHEMAS = {
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
    ...drawn(),
  }),
  'random-regular': mapping('random-regular option', {
    kind: kindOf('random-regular', 'A random graph in which all have the same degree.'),
    degree: integerFrom(0).describe('Neighbours of each agent.'),
    simple: simple(),
    ...drawn(),
  }),
  configuration: mapping('configuration option', {
    kind: kindOf('configuration', 'A random graph with given shares of degrees.'),
    degrees: either('a list of {degree, share} or a mapping from degree to share', [
      listOf(mapping('key', { degree: integerFrom(0), share: shareOf() }), 'a list of {degree, share}'),
      named(shareOf(), 'degree', /^\d+$/, 'a non-negative integer'),
    ]).describe('Shares of agents by degree; they sum to 1.'),
    simple: simple(),
    ...drawn(),
  }),
  'watts-strogatz': mapping('watts-strogatz option', {
    kind: kindOf('watts-strogatz', 'A small world: a ring, some of whose edges are rewired at random.'),
    reach: integerFrom(1).default(1).describe('Neighbours on each side of the ring.'),
    rewiring: shareOf().describe('The probability that an edge is rewired.'),
    ...drawn(),
  }),
  'barabasi-albert': mapping('barabasi-albert option', {
    kind: kindOf('barabasi-albert', 'Growth with preferential attachment: many small degrees, and hubs.'),
    links: integerFrom(1).describe('Edges that each new agent brings.'),
    ...drawn(),
  }),
  'stochastic-block': mapping('stochastic-block option', {
    kind: kindOf('stochastic-block', 'Groups, with a probability of a link between each two of them.'),
    groups: blocksSchema().describe('Shares, which sum to 1, or sizes, by name. Sizes fix the population.'),
    probabilities: matrix(shareOf())
      .optional()
      .describe('The probability that an agent of one group (row) looks at an agent of another (column).'),
    degrees: matrix(numberFrom(0, COUNT_MAX))
      .optional()
      .describe('Instead: how many agents of another group (column) an agent of one group (row) looks at, on average.'),
    directed: flag().default(false).describe('true: a coin for each direction.'),
    ...drawn(),
  }),
  edges: mapping('edges option', { ...fileOfEdges, order: order() }),
  upscaled: mapping('upscaled option', {
    kind: kindOf('upscaled', 'Any population with the degrees of a small network.'),
    from: z
      .discriminatedUnion('kind', [edges(), degreeFile()], { error: discriminate('source', ['edges', 'degrees']) })
      .describe('The small network, or a table of its degrees.'),
    simple: simple(),
    ...drawn(),
  }),
} as const;

export type Kind = keyof typeof SCHEMAS;
/** Each kind as written, defaults filled in. */
export type Written = { [K in Kind]: z.output<(typeof SCHEMAS)[K]> };
/** A topology as written, defaults filled in. */
export type WrittenTopology = Kind | Written[Kind];

/** The kinds that need no options, so that their name alone is enough. */
const SHORT = Object.keys(SCHEMAS).filter(kind => SCHEMAS[kind as Kind].safeParse({ kind }).success);

/** The schema of the topologies that a model supports; `complete`, if it is one of them, is the default. */
export function topologySchema(supported: readonly string[] = Object.keys(SCHEMAS)): z.ZodType<WrittenTopology> {
  const kinds = (Object.keys(SCHEMAS) as Kind[]).filter(kind => supported.includes(kind));
  const short: Kind[] = kinds.filter(kind => SHORT.includes(kind));
  const forms = kinds.map(kind => SCHEMAS[kind]) as [(typeof SCHEMAS)[Kind]];
  const expected = `a kind of topology (${kinds.join(', ')}) or a mapping with a kind`;
  const error = (issue: { input: unknown }): string => {
    if (typeof issue.input !== 'string') return say({ expected });
    return say(aboutKind(issue.input, kinds));
  };
  const schema: z.ZodType<WrittenTopology> = z.union(
    [
      ...(short.length > 0 ? [z.enum(short, { error }).describe('A topology without options.')] : []),
      z.discriminatedUnion('kind', forms, { error: discriminate('topology', kinds) }),
    ] as unknown as [z.ZodType<WrittenTopology>],
    { error },
  );
  return short.includes('complete') ? schema.default('complete') : schema;
}

function aboutKind(kind: string, kinds: readonly string[]) {
  if (kinds.includes(kind)) return { what: `topology ${kind} needs options`, hint: `write {kind: ${kind}, …}` };
  if (!Object.hasOwn(SCHEMAS, kind)) return { what: `unknown topology "${kind}"`, hint: suggest(kind, kinds) };
  return { what: `the model does not support topology ${kind}`, expected: `one of ${kinds.join(', ')}` };
}

function discriminate(noun: string, kinds: readonly string[]) {
  return (issue: { input?: unknown }): string => {
    const { kind } = (issue.input ?? {}) as { kind?: unknown };
    if (typeof kind !== 'string') return say({ expected: `one of ${kinds.join(', ')}` });
    if (noun === 'topology') return say(aboutKind(kind, kinds));
    return say({ what: `unknown ${noun} "${kind}"`, hint: suggest(kind, kinds) });
  };
}
