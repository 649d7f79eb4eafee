// What checked mode must do on every engine: say what went wrong, where, for which agent, in which world and step.
import { expect } from 'vitest';
import type { Engine } from '../../src/engine/engine.ts';
import type { Model } from '../../src/model/index.ts';
import { load, type SpecObject } from '../support/runs.ts';
import { AGENT, type Fault, POPULATION, placeOf, slipping } from './faults.ts';
import { refusal } from './support.ts';

const SPEC = {
  model: 'slipping',
  population: POPULATION,
  replicas: 3,
  params: { half: [0.25, 0.5] },
  groups: { some: 0.5, others: 0.5 },
  steps: 6,
};

/** The world of point 1 and replica 2. */
const WORLD = 5;

/** Loads the planted fault, with the one agent marked in the one world. */
async function loadMarked(
  engine: Engine,
  model: Model,
  spec: SpecObject,
  checked = true,
): Promise<Awaited<ReturnType<typeof load>>> {
  const loaded = await load(engine, { ...SPEC, ...spec }, { models: [model], checked });
  const marks = new Uint32Array(6 * POPULATION);
  marks[WORLD * POPULATION + AGENT] = 1;
  await loaded.population.write('mark', marks);
  return loaded;
}

const spread = ({ update }: Pick<Fault, 'update'>): SpecObject =>
  update ? { topology: 'complete', update } : { topology: { kind: 'ring', reach: 2 }, update: 'synchronous' };

/** A fault is told in full, and what was measured before it can be had. */
export async function expectFault(engine: Engine, fault: Fault): Promise<void> {
  const { population } = await loadMarked(engine, slipping(fault), spread(fault));
  const error = await refusal(() => population.step(6, { every: 1 }));
  const { what, where, expected, got, kind } = error;
  expect({ where, expected, got, kind }).toEqual({
    where: placeOf(fault),
    expected: fault.expected,
    got: fault.got,
    kind: 'run',
  });
  expect(what).toContain(`${fault.what} in \`${fault.shown}\``);
  expect(what).toContain(`(rule "slip", agent ${AGENT}, in step 3, point 1, replica 2)`);
  const { rows } = await population.measured();
  expect([...new Set(rows.step)]).toEqual([0, 1, 2]);
  expect([...rows.measures.mean_count].at(-1)).toBe(2);
  await population.dispose();
}

/** With one agent acting at a time, and many steps in a dispatch, the step is that of the agent's second turn. */
export async function expectFaultAlone(engine: Engine): Promise<void> {
  const model = slipping({ statement: 'set_note(count(me + 13u));' }, 2);
  const spec = { topology: { kind: 'ring', reach: 2 }, update: 'sequential', steps: 500 };
  const plain = await loadMarked(engine, model, spec, false);
  let step = 0;
  for (let turns = 0; turns < 2; step++) {
    await plain.population.step(1, { every: 0 });
    turns = (await plain.population.read('count'))[WORLD * POPULATION + AGENT];
  }
  await plain.population.dispose();
  const { population } = await loadMarked(engine, model, spec);
  const error = await refusal(() => population.step(500, { every: 500 }));
  expect(error.what).toContain(`(rule "slip", agent ${AGENT}, in step ${step}, point 1, replica 2)`);
  await population.dispose();
}
