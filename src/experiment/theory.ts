// The theories that a model declares, evaluated for the points of a run.
import { decodeParam, type Model, type Param, type Table, type TheoryContext } from '../model/index.ts';
import type { Rows } from '../plan/rows.ts';
import type { Spec } from '../spec/index.ts';
import type { Point } from '../spec/spec.ts';
import type { Graph, Topology } from '../topology/index.ts';
import type { Values } from '../values/index.ts';

/** A predicted course of a measure at one point of a run. */
export interface TheoryCourse {
  measure: string;
  about: string;
  source: string;
  point: number;
  steps: readonly number[];
  values: readonly number[];
}

/** What theories are evaluated for: the parts of a prepared run that they may know. */
export interface TheoryRun {
  spec: Spec;
  topology: Topology;
  values: Values;
}

/** Evaluates every theory at every point, from the measured initial state, at the recorded steps. */
export function theoryCourses({ spec, topology, values: given }: TheoryRun, rows: Rows): TheoryCourse[] {
  const theories = spec.model.theory ?? [];
  if (theories.length === 0) return [];
  const steps = [...new Set(rows.step)].sort((a, b) => a - b);
  const degrees = topology.graphs && degreeClasses(topology.graphs[0]);
  return spec.points.flatMap((point, index) => {
    const agentParams = moments(spec.model, point, given);
    const means = Object.entries(agentParams).map(([name, { mean }]) => [name, mean] as const);
    const context: TheoryContext = {
      params: { ...point.params, ...Object.fromEntries(means) },
      agentParams,
      tables: tablesOf(spec.model, given.tables[index]),
      initial: initialValues(rows, index),
      population: topology.nodeCount,
      update: spec.update,
      topology: { kind: spec.topology.kind, degrees },
    };
    return theories.flatMap(({ measure, about, source, agentParams: known = [], trajectory }) => {
      if (!(measure in rows.measures) || !means.every(([name]) => known.includes(name))) return [];
      const values = trajectory(context, steps);
      return values ? [{ measure, about, source, point: index, steps, values }] : [];
    });
  });
}

/** Of the parameters that vary by agent, over agents and replicas. */
function moments(model: Model, { agentParams = {} }: Point, given: Values): TheoryContext['agentParams'] {
  const entries = Object.entries(agentParams).map(([name, source]) => {
    const param = model.params[name] as Param;
    let [count, mean, squares] = [0, 0, 0];
    for (const words of given.agents.get(source)!) {
      for (const word of words) {
        // Welford 1962
        const value = decodeParam(param, word);
        const difference = value - mean;
        mean += difference / ++count;
        squares += difference * (value - mean);
      }
    }
    return [name, { mean, variance: squares / count }] as const;
  });
  return Object.fromEntries(entries);
}

function tablesOf(model: Model, words: Readonly<Record<string, Uint32Array>>): TheoryContext['tables'] {
  const kindOf = (name: string) => ({ kind: (model.params[name] as Table).of });
  return Object.fromEntries(
    Object.entries(words).map(([name, table]) => [name, Array.from(table, word => decodeParam(kindOf(name), word))]),
  );
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
