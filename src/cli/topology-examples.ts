// A topology of each kind, as one may write it in a spec. Which kinds there are is the parser's affair; a kind that is not here is not shown.

/** One kind as written, and what it is in a few words. */
export interface TopologyExample {
  kind: string;
  /** The value of `topology`. */
  written: string | Readonly<Record<string, unknown>>;
  about: string;
  /** Whether it fixes the population, which is then left out. */
  fixesPopulation?: boolean;
  /** Whether it names a file, which the user must have. */
  needsFile?: boolean;
}

const EXAMPLES: readonly TopologyExample[] = [
  { kind: 'complete', written: 'complete', about: 'everybody looks at everybody else' },
  { kind: 'ring', written: { kind: 'ring', reach: 1 }, about: 'neighbours on either side of a circle' },
  {
    kind: 'lattice',
    written: { kind: 'lattice', width: 32, height: 32 },
    about: 'a torus; then leave population out',
    fixesPopulation: true,
  },
  { kind: 'random-regular', written: { kind: 'random-regular', degree: 8 }, about: 'random, the same degree for all' },
  { kind: 'erdos-renyi', written: { kind: 'erdos-renyi', mean_degree: 8 }, about: 'random' },
  {
    kind: 'configuration',
    written: { kind: 'configuration', degrees: new Map([[2, 0.75], [8, 0.25]]) }, // biome-ignore format: one thought
    about: 'random, with these shares of degrees',
  },
  {
    kind: 'watts-strogatz',
    written: { kind: 'watts-strogatz', reach: 4, rewiring: 0.1 },
    about: 'a circle with some links moved',
  },
  { kind: 'barabasi-albert', written: { kind: 'barabasi-albert', links: 4 }, about: 'grown, with hubs' },
  {
    kind: 'stochastic-block',
    written: { kind: 'stochastic-block', groups: { a: 0.5, b: 0.5 }, degrees: [[6, 2], [2, 6]] }, // biome-ignore format: one thought
    about: 'groups and their mixing',
  },
  {
    kind: 'upscaled',
    written: { kind: 'upscaled', from: { kind: 'edges', file: 'network.csv' } },
    about: 'any population with the degrees of a small network',
    needsFile: true,
  },
  {
    kind: 'edges',
    written: { kind: 'edges', file: 'network.csv' },
    about: 'a network of your own; then leave population out',
    fixesPopulation: true,
    needsFile: true,
  },
];

/** Examples of the kinds that a model supports, `complete` first and those that need a file last. Absent means all. */
export function topologyExamples(supported?: readonly string[]): TopologyExample[] {
  return EXAMPLES.filter(({ kind }) => supported?.includes(kind) ?? true);
}
