// Small runs for the tests of src/record. Not a simulation: the numbers are made up.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Rows } from '../../src/plan/rows.ts';
import type { ManifestDraft, Varied } from '../../src/record/index.ts';

/** A folder that is removed after the test. */
export function temporaryFolder(): string {
  const path = mkdtempSync(join(tmpdir(), 'groundswell-test-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

/** Two points × two replicas at the given steps; `mean` is undefined (NaN) at step 0. */
export function rowsAt(...steps: number[]): Rows {
  const worlds = [0, 1, 2, 3].flatMap(world => steps.map(step => ({ world, step })));
  return {
    point: Uint32Array.from(worlds, ({ world }) => world >> 1),
    replica: Uint32Array.from(worlds, ({ world }) => world & 1),
    step: Uint32Array.from(worlds, ({ step }) => step),
    measures: {
      up: Float64Array.from(worlds, ({ world, step }) => (world + 0.1) / (step + 3)),
      mean: Float64Array.from(worlds, ({ world, step }) => (step === 0 ? Number.NaN : -world * 1e-300)),
    },
  };
}

export const varied: Varied = [{ 'params.noise': 0.1, 'params.preset': 'calm' }, { 'params.noise': 0.2 }];

export const draft: ManifestDraft = {
  groundswell: '0.1.0',
  spec: { model: 'voter', population: 100, params: { noise: [0.1, 0.2] } },
  model: { name: 'voter', source: 'Clifford & Sudbury 1973' },
  seed: 'a',
  engine: { name: 'cpu', reason: 'asked for' },
  kernelHash: '0123456789abcdef',
  reproducible: 'bitwise',
  population: 100,
  worlds: 4,
  topology: { kind: 'complete', meanDegree: 99 },
  inputs: [{ name: 'edges.csv', bytes: 12, sha256: 'ab' }],
  startedAt: '2026-01-02T03:04:05.000Z',
  timings: { plan: 0.25 },
};
