// The theories that a model declares, evaluated for the points of a run.
import type { TheoryContext } from '../model/index.ts';
import type { Rows } from '../plan/rows.ts';
import type { Spec } from '../spec/index.ts';
import type { Graph, Topology } from '../topology/index.ts';

/** A predicted course of a measure at one point of a run. */
export interface TheoryCourse {
  measure: string;
  about: string;
  source: string;
  point: number;
  steps: readonly number[];
  values: readonly number[];
}

/** Evaluates every theory at every point, from the measured initial state, at the recorded steps. */
export function theoryCourses(spec: Spec, topology: Topology, population: number, rows: Rows): TheoryCourse[] {
  const theories = spec.model.theory ?? [];
  if (theories.length === 0) return [];
  const steps = [...new Set(rows.step)].sort((a, b) => a - b);
  const degrees = topology.graphs && degreeClasses(topology.graphs[0]);
  return spec.points.flatMap((point, index) => {
    const context: TheoryContext = {
      params: point.params,
      initial: initialValues(rows, index),
      population,
      update: spec.update,
      topology: { kind: spec.topology.kind, degrees },
    };
    return theories.flatMap(({ measure, about, source, trajectory }) => {
      if (!(measure in rows.measures)) return [];
      const values = trajectory(context, steps);
      return values ? [{ measure, about, source, point: index, steps, values }] : [];
    });
  });
}

/** Means over the replicas at the first recorded step. */
function initialValues(rows: Rows, point: number): Record<string, number> {
  const at = [...rows.step.keys()].filter(row => rows.point[row] === point && rows.step[row] === 0);
  return Object.fromEntries(
    Object.entries(rows.measures).map(([name, values]) => [
      name,
      at.reduce((sum, row) => sum + values[row], 0) / at.length,
    ]),
  );
}

/** Shares of nodes by number of agents looked at and number looking. */
export function degreeClasses({
  nodeCount,
  rowOffsets,
  neighbors,
}: Graph): { out: number; in: number; share: number }[] {
  const listeners = new Uint32Array(nodeCount);
  for (const other of neighbors) listeners[other]++;
  const counts = new Map<number, { out: number; in: number; count: number }>();
  for (let i = 0; i < nodeCount; i++) {
    const out = rowOffsets[i + 1] - rowOffsets[i];
    const key = out * 2 ** 26 + listeners[i];
    const found = counts.get(key);
    if (found) found.count++;
    else counts.set(key, { out, in: listeners[i], count: 1 });
  }
  return [...counts.values()].map(({ count, ...degrees }) => ({ ...degrees, share: count / nodeCount }));
}
