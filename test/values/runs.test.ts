// Values per agent in whole runs: a run that starts from an earlier one's folder, what verify makes of it, what theories are told, and what a
// plan says of itself.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  explainPlan,
  type Manifest,
  open,
  openRunFolder,
  prepare,
  readFrom,
  recordRun,
  simulate,
  verifyManifest,
} from '../../src/index.ts';
import { defineModel, integer, probability, share, type TheoryContext, table } from '../../src/model/index.ts';
import { drifters } from '../engine/toys.ts';

describe('a run from an earlier run', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync('/tmp/groundswell-values-');
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const record = async (spec: object, out: string): Promise<Manifest> => {
    const readFile = readFrom([folder]);
    await using world = await open(
      { value: { model: 'noisy-q-voter', population: 200, ...spec } },
      { engine: 'cpu', readFile },
    );
    const { manifest } = await recordRun(world, openRunFolder(join(folder, out)), { version: 'test' });
    return manifest;
  };

  test('starts where that one ended, says so among its inputs, and verifies', async () => {
    const first = await record({ replicas: 2, steps: 7, init: { opinion: 0.3 }, record: ['opinion'] }, 'first');
    const params = { independence: { distribution: 'beta', alpha: 1, beta: 9 } };
    const second = await record({ replicas: 2, steps: 5, params, init: { opinion: { run: 'first' } } }, 'second');
    expect(second.inputs.map(({ name }) => name)).toEqual(['first/agents.parquet']);
    // the digest of a world at step 0 of the second is that of the first at its end
    await using world = await open(
      {
        value: { model: 'noisy-q-voter', population: 200, replicas: 2, steps: 5, init: { opinion: { run: 'first' } } },
      },
      { engine: 'cpu', readFile: readFrom([folder]) },
    );
    expect(await world.stateDigests()).toEqual(first.worldDigests);

    const options = { engine: 'cpu', threads: 1, readFile: readFrom([folder]) } as const;
    expect(await verifyManifest(second, options)).toMatchObject({
      agrees: true,
      differences: [],
      digest: second.digest,
    });

    const path = join(folder, 'first/agents.parquet');
    const bytes = readFileSync(path);
    bytes[bytes.length - 20] ^= 1;
    writeFileSync(path, bytes);
    const { agrees, differences } = await verifyManifest(second, options);
    expect(agrees).toBe(false);
    expect(differences[0]).toMatch(/^input file first\/agents\.parquet: SHA-256: recorded [0-9a-f]{64}, now /);
  });

  test('without its file: where it was looked for', async () => {
    const spec = { value: { model: 'noisy-q-voter', population: 9, steps: 1, init: { opinion: { run: 'nowhere' } } } };
    await expect(prepare(spec, { readFile: readFrom([folder]) })).rejects.toThrow(
      `init.opinion: no recorded agents of the run nowhere: expected it at ${join(folder, 'nowhere/agents.parquet')}. Run it with record: [opinion], or`,
    );
  });
});

describe('theories', () => {
  const seen: TheoryContext[] = [];
  const told = (agentParams?: readonly string[]) =>
    defineModel({
      ...drifters,
      name: 'told',
      params: {
        ...drifters.params,
        size: integer({ default: 2, min: 1, max: 9, about: 'a number' }),
        policy: table({ length: 2, default: 0.25, about: 'a table' }),
        other: probability({ default: 0.5, about: 'another' }),
      },
      measures: { seen: share('seen', 1) },
      theory: [
        {
          kind: 'trajectory',
          measure: 'seen',
          about: 'nothing',
          source: 'none',
          status: 'approximation',
          agentParams,
          predict(context, steps) {
            seen.push(context);
            return steps.map(() => 0.5);
          },
        },
      ],
    });
  const params = {
    restless: { by: 'group', values: { few: 1, many: 0.25 } },
    size: [1, 3],
    policy: { values: [0, 1] },
  };
  const spec = {
    model: 'told',
    population: 100,
    topology: 'ring',
    groups: { few: 0.25, many: 0.75 },
    replicas: 2,
    steps: 2,
    params,
  };

  test('do not apply where a parameter varies by agent, unless they say so; then they know its mean and variance', async () => {
    expect((await simulate(spec, { models: [told()], engine: 'cpu' })).theory.courses).toEqual([]);
    expect(seen).toEqual([]);
    expect((await simulate(spec, { models: [told(['restless'])], engine: 'cpu' })).theory.courses.length).toBe(2);
    expect(seen.map(context => context.params.size)).toEqual([1, 3]);
    expect(seen[0].params.restless).toBeCloseTo(0.4375, 9);
    expect(seen[0].agentParams.restless.variance).toBeCloseTo(0.25 * 0.75 * 0.75 ** 2, 9);
    expect(seen[0].tables).toEqual({ policy: [0, 1] });
    expect(seen[0].params.other).toBe(0.5);
  });

  test('explain says what is held per agent, and where; the memory is in the plan', async () => {
    const { plan } = await prepare({ value: spec }, { models: [told()] });
    const text = explainPlan(plan);
    expect(text).toMatch(/params\.restless +per agent: by group \(few 1, many 0\.25\)/);
    expect(text).toMatch(/params\.policy +table: \[0, 1\]/);
    const plain = await prepare({ value: { ...spec, params: { size: [1, 3] } } }, { models: [told()] });
    // a word for each agent; rows of 32 words have room for its place
    expect(plan.buffers.setup.words - plain.plan.buffers.setup.words).toBe(100);
    expect(explainPlan(plain.plan)).not.toContain('per agent:');
  });
});

test('names that the made functions would take are refused', async () => {
  const model = (params: object) => defineModel({ ...drifters, name: 'clashing', ...params });
  const spec = { value: { model: 'clashing', population: 9, topology: 'ring', steps: 1 } };
  const rate = probability({ default: 0.5, about: 'a rate' });
  const clashing = model({
    params: { ...drifters.params, spot: rate },
    aggregates: { spot_of: { kind: 'total', field: 'spot', before: 'drift' } },
  });
  await expect(prepare(spec, { models: [clashing] })).rejects.toThrow('the name "spot_of" is taken');
  const taken = model({ params: { ...drifters.params, chance: table({ length: 2, default: 0, about: 'a table' }) } });
  await expect(prepare(spec, { models: [taken] })).rejects.toThrow('the name "chance_at" is taken');
});
