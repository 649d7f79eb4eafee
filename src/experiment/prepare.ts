// From what a user writes to a plan: parse, build the topology, plan. Nothing is computed and nothing is written yet.
import { GroundswellError } from '../errors.ts';
import type { Model } from '../model/index.ts';
import { catalogue } from '../models/index.ts';
import { elementCounts } from '../plan/elements.ts';
import { groupsOf } from '../plan/neighborhood.ts';
import { type Plan, type PlanOptions, planRun } from '../plan/plan.ts';
import { seedKey } from '../random.ts';
import { AGENTS_FILE, readAgents } from '../record/read-agents.ts';
import { type ParsedSpec, parseSpec, type Spec, type SpecInput } from '../spec/index.ts';
import { buildTopology, lookersOf, realisationCount, type Topology } from '../topology/index.ts';
import { placeRoles, resolveValues, usersOf, type Values, type ValuesContext } from '../values/index.ts';
import { defaultReadFile, type InputFile, type ReadFile, recordingInputs, sha256 } from './files.ts';
import { onlyWorld, refuseOutside } from './one-world.ts';
import { planRecording, type Recording } from './recording.ts';
import { refuseUnknownStops } from './stop.ts';

/** How a spec is read and planned. */
export interface PrepareOptions extends Omit<PlanOptions, 'trace'> {
  /** Models that specs may name. Default: the catalogue. */
  models?: readonly Model[];
  /** Changes of the form `path=value`, applied to the spec before it is checked. */
  set?: readonly string[];
  /** Stands for the spec's seed. */
  seed?: string | number;
  /** One world of the run, for a trace of an agent in a step. */
  traced?: { agent: number; step: number; point: number; replica: number };
  /** How files that the spec names are read. Default: from the current folder, then from GROUNDSWELL_DATA. */
  readFile?: ReadFile;
}

/** A run that could start now. */
export interface Prepared extends ParsedSpec {
  /** Who looks at whom. */
  topology: Topology;
  /** Values that agents have of their own, and tables. */
  values: Values;
  /** Buffers, kernels and passes. */
  plan: Plan;
  /** What it keeps of its agents, if anything. */
  recording: Recording | undefined;
  /** Files that were read, with their checksums. */
  inputs: readonly InputFile[];
  /** SHA-256 over all kernels: equal plans on equal versions have equal hashes, whatever the engine. */
  kernelHash: string;
  /** Seconds. */
  timings: { topology: number; plan: number };
}

/** Prepares a run. Throws a `GroundswellError` for whatever is wrong with the spec, its files or its rules. */
export async function prepare(input: SpecInput, options: PrepareOptions = {}): Promise<Prepared> {
  const parsed = parseSpec(input, options.models ?? catalogue, { set: options.set, seed: options.seed });
  const { traced } = options;
  const spec = traced ? onlyWorld(parsed.spec, traced) : parsed.spec;
  const { read, inputs } = recordingInputs(options.readFile ?? defaultReadFile());
  const begun = performance.now();
  const topology = await inMemory('topology', () =>
    buildTopology(spec.topology, {
      population: spec.population,
      seed: seedKey(spec.seed),
      realisations: realisationCount(spec.topology, spec.replicas),
      readFile: read,
    }),
  );
  if (traced) refuseOutside('agent', traced.agent, topology.nodeCount - 1);
  const built = performance.now();
  const values = await inMemory('population', () => resolveValues(spec, valuesContext(spec, topology, read)));
  const trace = traced && { agent: traced.agent, step: traced.step, world: traced.replica };
  const plan = await inMemory('population', () => planRun(spec, topology, values, { ...options, trace }));
  refuseUnknownStops(plan);
  const recording = planRecording(plan, topology);
  const kernelHash = await hashKernels(plan);
  const timings = { topology: (built - begun) / 1000, plan: (performance.now() - built) / 1000 };
  return { ...parsed, spec, topology, values, plan, recording, inputs, kernelHash, timings };
}

/** What values per agent are resolved with. */
function valuesContext(spec: Spec, topology: Topology, readFile: ReadFile): ValuesContext {
  const population = topology.nodeCount;
  const groups = groupsOf(spec, topology, population);
  const common = {
    seed: seedKey(spec.seed),
    replicas: spec.replicas,
    graphs: topology.graphs?.length ?? 1,
    lookers: (graph: number) => lookersOf(topology, graph),
  };
  const sizes = groups.groups.map(({ size }) => size);
  return {
    ...common,
    population,
    elements: elementCounts(spec),
    ids: topology.graphs?.[0].ids,
    groups,
    roles: placeRoles(spec.groups, { ...common, sizes }),
    users: usersOf(spec.groups, sizes),
    readFile,
    async readRun(folder, field) {
      const file = `${folder.replace(/\/+$/, '')}/${AGENTS_FILE}`;
      return readAgents(await readFile(file), field, file);
    },
  };
}

/** Over the serial form of the kernels without instruments, and without the size of workgroups, which is an engine's affair. */
function hashKernels({ kernels }: Plan): Promise<string> {
  const texts = kernels
    .map(kernel => kernel.plain ?? kernel)
    .map(({ label, serial }) => `${label}\n${serial.replace(/^const WORKGROUP = \d+;$/m, '')}`);
  return sha256(texts.join('\n'));
}

/** Words the refusals of the host's allocator, which come as RangeErrors. */
async function inMemory<T>(where: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    if (!(cause instanceof RangeError) || !/array length|allocation failed|maximum size/i.test(cause.message))
      throw cause;
    const hint = 'use fewer agents, links, points or replicas';
    throw new GroundswellError({ what: 'this does not fit in memory', where, got: cause.message, hint, cause });
  }
}
