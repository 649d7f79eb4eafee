// From a spec to a topology. The table below is the only place that names every kind; each generator has its own file.
import { GroundswellError } from '../errors.ts';
import { streamKey } from '../random.ts';
import { barabasiAlbert } from './barabasi-albert.ts';
import { configuration } from './configuration.ts';
import { Draws } from './draws.ts';
import { readEdges } from './edges.ts';
import { erdosRenyi } from './erdos-renyi.ts';
import { complete, lattice, ring } from './implicit.ts';
import type { Profile } from './profile.ts';
import { profileOf, readProfile } from './profile.ts';
import { randomRegular } from './random-regular.ts';
import { groupNumbers, stochasticBlock } from './stochastic-block.ts';
import type { BuildContext, Graph, ImplicitNeighborhood, Topology, TopologySpec } from './types.ts';
import { upscale } from './upscaled.ts';
import { wattsStrogatz } from './watts-strogatz.ts';

type Kind = TopologySpec['kind'];
type SpecOf<K extends Kind> = Extract<TopologySpec, { kind: K }>;
type Builder<K extends Kind> = (spec: SpecOf<K>, context: BuildContext) => Topology | Promise<Topology>;

const BUILDERS: { [K in Kind]: Builder<K> } = {
  complete: (spec, context) => computed(spec, complete(spec, populationOf(spec, context))),
  ring: (spec, context) => computed(spec, ring(spec, populationOf(spec, context))),
  lattice: (spec, context) => computed(spec, lattice(spec), context, `a lattice of ${spec.width} × ${spec.height}`),
  'erdos-renyi': (spec, context) => realised(spec, context, erdosRenyi),
  'random-regular': (spec, context) => realised(spec, context, randomRegular),
  configuration: (spec, context) => realised(spec, context, configuration),
  'watts-strogatz': (spec, context) => realised(spec, context, wattsStrogatz),
  'barabasi-albert': (spec, context) => realised(spec, context, barabasiAlbert),
  'stochastic-block': (spec, context) => {
    const numbers = groupNumbers(spec);
    mustAgree(context, numbers.length, 'the groups');
    const population = numbers.length;
    return realised(spec, { ...context, population }, (_, __, draws) => stochasticBlock(spec, numbers, draws));
  },
  edges: async (spec, context) => fromFile(spec, context, await readEdges(spec, context.readFile)),
  upscaled: async (spec, context) => {
    const profile = await sourceProfile(spec, context);
    return realised(spec, context, (_, nodeCount, draws) => upscale(profile, spec.simple ?? true, nodeCount, draws));
  },
};

/**
 * Builds what a spec describes. Random kinds give as many graphs as there are realisations, each from its own stream; the same
 * seed gives the same graphs. Fails with a `GroundswellError` when the parameters do not fit the population or a file is wrong.
 */
export async function buildTopology(spec: TopologySpec, context: BuildContext): Promise<Topology> {
  const build = BUILDERS[spec.kind] as Builder<Kind>;
  return build(spec, context);
}

/** How many graphs a spec asks for, given the number of replicas. A number above that of the replicas is not needed. */
export function realisationCount(spec: TopologySpec, replicas: number): number {
  const asked = spec.realisations ?? 1;
  return asked === 'per-replica' ? replicas : Math.min(asked, replicas);
}

function computed(
  spec: TopologySpec,
  implicit: ImplicitNeighborhood,
  context?: BuildContext,
  owner?: string,
): Topology {
  if (context && owner) mustAgree(context, implicit.nodeCount, owner);
  return { kind: spec.kind, nodeCount: implicit.nodeCount, implicit };
}

function realised<K extends Kind>(
  spec: SpecOf<K>,
  context: BuildContext,
  draw: (spec: SpecOf<K>, nodeCount: number, draws: Draws) => Graph,
): Topology {
  const nodeCount = populationOf(spec, context);
  const graphs = Array.from({ length: context.realisations }, (_, realisation) =>
    draw(spec, nodeCount, new Draws(streamKey(context.seed, realisation, `topology:${spec.kind}`))),
  );
  return { kind: spec.kind, nodeCount, graphs };
}

/** A file holds one graph, whatever the number of realisations. */
function fromFile(spec: SpecOf<'edges'>, context: BuildContext, graph: Graph): Topology {
  mustAgree(context, graph.nodeCount, spec.file);
  return { kind: spec.kind, nodeCount: graph.nodeCount, graphs: [graph] };
}

/** The profile of the network that `upscaled` names. Its self-loops do not count, since the result is simple. */
async function sourceProfile({ edges, degrees }: SpecOf<'upscaled'>, context: BuildContext): Promise<Profile> {
  if (edges && degrees === undefined) {
    return profileOf(await readEdges({ ...edges, selfLoops: 'drop', duplicates: 'merge' }, context.readFile));
  }
  if (!edges && degrees !== undefined) return readProfile(degrees, context.readFile);
  throw new GroundswellError({
    what: 'an upscaled network has one source',
    where: 'topology',
    expected: 'either "edges" or "degrees"',
    got: edges ? 'both' : 'neither',
  });
}

function populationOf(spec: TopologySpec, { population }: BuildContext): number {
  if (population !== undefined && population >= 1) return population;
  throw new GroundswellError({
    what: `the topology "${spec.kind}" needs a population`,
    where: 'population',
    expected: 'an integer from 1',
    got: population === undefined ? undefined : `${population}`,
  });
}

function mustAgree({ population }: BuildContext, nodeCount: number, owner: string): void {
  if (population === undefined || population === nodeCount) return;
  throw new GroundswellError({
    what: `the population differs from the ${nodeCount} nodes of ${owner}`,
    where: 'population',
    expected: `${nodeCount}`,
    got: `${population}`,
    hint: 'leave "population" out, or use "kind: upscaled" for any population with the degrees of a file',
  });
}
