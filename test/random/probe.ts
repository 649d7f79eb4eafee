// Made-up models that lay a rule's randomness open, and the numbers they yield on the CPU engine.
import { openCpu } from '../../src/engine/cpu/engine.ts';
import type { Engine } from '../../src/engine/engine.ts';
import { bit, count, defineModel, type Field, integerField, type Model, type Param } from '../../src/model/index.ts';
import { load, type SpecObject } from '../support/runs.ts';

/** A model of one rule, `probe`, whose text is given. */
export function probeModel(
  name: string,
  {
    fields,
    params = {},
    update,
    text,
  }: {
    fields: Record<string, Field>;
    params?: Record<string, Param>;
    update: 'synchronous' | 'pairing';
    text: string;
  },
): Model {
  return defineModel({
    name,
    about: 'Shows draws.',
    source: 'made up',
    updates: [update],
    published: { update, note: 'made up' },
    fields: { ...fields, idle: bit() },
    params,
    init: {},
    rules: ['probe'],
    measures: { idle: count('idle', 1) },
    shaders: { probe: { path: `${name}.wgsl`, text } },
  });
}

/** Stores who meets whom, and who is the first of the two. */
export const matchings = probeModel('matchings', {
  fields: { mate: integerField({ max: 65_535 }), asks: bit() },
  update: 'pairing',
  text: `
    import package::agent::{first, partner, set_asks, set_mate};

    fn probe(me: u32) {
      set_mate(partner(me));
      set_asks(u32(first(me)));
    }`,
});

export type Values = Int32Array | Uint32Array;

/** Takes the steps of a spec one by one and hands over the named fields, world-major, after each. */
export async function watch(
  spec: SpecObject & { steps: number },
  models: readonly Model[],
  fields: readonly string[],
  see: (values: readonly Values[], step: number) => void,
): Promise<void> {
  const engine: Engine = await openCpu();
  const { population } = await load(engine, spec, { models });
  for (let step = 1; step <= spec.steps; step++) {
    await population.step(1, { every: 0 });
    see(await Promise.all(fields.map(field => population.read(field))), step);
  }
  await population.dispose();
  await engine.dispose();
}
