// Checked mode on WebGPU: the same words as on the CPU.
import { afterAll, beforeAll, test } from 'vitest';
import type { Engine } from '../../src/engine/engine.ts';
import { expectFault, expectFaultAlone } from './checking.ts';
import { FAULTS } from './faults.ts';
import { openGpuForTest } from './support.ts';

let engine: Engine | undefined;
beforeAll(async () => {
  engine = await openGpuForTest();
});
afterAll(() => engine?.dispose());

const SOME = [
  'a field',
  'a neighbour too many',
  'a signed index',
  'dividing a vector',
  'a division in the library',
  'a value too low',
];

test.for(FAULTS.filter(({ name }) => SOME.includes(name)))('$name: $statement', async (fault, { skip }) => {
  if (!engine) return skip();
  await expectFault(engine, fault);
});

test('one agent at a time', async ({ skip }) => {
  if (!engine) return skip();
  await expectFaultAlone(engine);
});
