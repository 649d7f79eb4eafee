// What a model declares to hold in every run does: conserved measures keep their value, others stay within their range.
import { describe, expect, test } from 'vitest';
import { openCpu } from '../../src/engine/cpu/engine.ts';
import type { Invariant, Model } from '../../src/model/index.ts';
import { catalogue } from '../../src/models/index.ts';
import type { Rows } from '../../src/plan/rows.ts';
import { load, type SpecObject } from '../support/runs.ts';

/** Rows at which an invariant does not hold. */
function violations(rows: Rows, invariant: Invariant): number[] {
  const values = rows.measures[invariant.measure];
  const firstOfWorld = new Map<string, number>();
  return [...values.keys()].filter(row => {
    const value = values[row];
    if (invariant.kind === 'within') return !(value >= invariant.min && value <= invariant.max);
    const world = `${rows.point[row]} ${rows.replica[row]}`;
    if (!firstOfWorld.has(world)) firstOfWorld.set(world, value);
    return value !== firstOfWorld.get(world);
  });
}

/** Zealots where a model has them, so that there is something to conserve. */
function paramsOf(model: Model): Record<string, number> {
  const zealots = ['zealots_up', 'zealots_down'].filter(name => name in model.params);
  return Object.fromEntries(zealots.map((name, k) => [name, 3 + k]));
}

describe.each(catalogue.map(model => ({ name: model.name, model })))('$name', ({ model }) => {
  test('declares invariants of measures that it has', () => {
    expect(model.invariants?.length).toBeGreaterThan(0);
    for (const { measure } of model.invariants!) expect(Object.keys(model.measures)).toContain(measure);
  });

  const topologies = ['complete', 'erdos-renyi'].filter(kind => model.topologies?.includes(kind) ?? true);
  const runs = model.updates.flatMap(update =>
    topologies.filter(kind => update !== 'sublattice' || kind !== 'complete').map(topology => ({ update, topology })),
  );
  test.each(runs)('they hold: $update on $topology', async ({ update, topology }) => {
    const spec: SpecObject = {
      model: model.name,
      population: 257,
      topology: topology === 'complete' ? topology : { kind: topology, mean_degree: 2, realisations: 'per-replica' },
      update: update === 'activation' ? { activation: 0.5 } : update,
      params: paramsOf(model),
      replicas: 3,
      steps: 60,
    };
    const { population } = await load(await openCpu({ threads: 1 }), spec);
    await population.step(60);
    const { rows } = await population.measured();
    expect(rows.step.length).toBe(3 * 61);
    for (const invariant of model.invariants!) expect(violations(rows, invariant), invariant.measure).toEqual([]);
  });
});

test('a violation is seen', () => {
  const rows: Rows = {
    point: Uint32Array.of(0, 0, 0, 0),
    replica: Uint32Array.of(0, 1, 0, 1),
    step: Uint32Array.of(0, 0, 1, 1),
    measures: { x: Float64Array.of(0.5, 0.25, 0.5, 0.5), y: Float64Array.of(0, 1, Number.NaN, 1.01) },
  };
  expect(violations(rows, { kind: 'conserved', measure: 'x' })).toEqual([3]);
  expect(violations(rows, { kind: 'within', measure: 'y', min: 0, max: 1 })).toEqual([2, 3]);
});
