// Short cuts for tests that run specs on engines.
import type { Engine, Population } from '../../src/engine/engine.ts';
import { type Prepared, type PrepareOptions, prepare } from '../../src/experiment/prepare.ts';
import { colorClasses } from '../../src/topology/index.ts';
import type { Neighbors } from '../reference/society.ts';

/** A spec as an object. */
export type SpecObject = Readonly<Record<string, unknown>>;

/** Prepares a spec object and loads it on an engine. */
export async function load(
  engine: Engine,
  spec: SpecObject,
  options: PrepareOptions = {},
): Promise<{ prepared: Prepared; population: Population }> {
  const prepared = await prepare({ value: spec }, options);
  return { prepared, population: await engine.load(prepared.plan) };
}

/** State digests after `steps` steps, as hexadecimal digits. */
export async function finalDigests(engine: Engine, spec: SpecObject, options: PrepareOptions = {}): Promise<string[]> {
  const { prepared, population } = await load(engine, spec, options);
  await population.step(prepared.spec.steps, { every: 0 });
  const digests = await population.digests();
  await population.dispose();
  return Array.from(digests, digest => digest.toString(16));
}

/** The neighbours of every agent of a prepared run, in the order that kernels number them. */
export function neighborsOf({ topology, plan }: Prepared, graph = 0): Neighbors {
  return Array.from({ length: plan.population }, (_, i) => {
    if (topology.implicit)
      return Array.from({ length: topology.implicit.degree }, (_, k) => topology.implicit!.neighbor(i, k));
    const { rowOffsets, neighbors } = topology.graphs[graph];
    return [...neighbors.subarray(rowOffsets[i], rowOffsets[i + 1])];
  });
}

/** The agents that act at once under `sublattice`, class by class. */
export function classesOf({ topology }: Prepared, graph = 0): number[][] {
  const { order, offsets } = colorClasses(topology.implicit ?? topology.graphs[graph]);
  return Array.from({ length: offsets.length - 1 }, (_, c) => [...order.subarray(offsets[c], offsets[c + 1])]);
}
