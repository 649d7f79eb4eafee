// The checks must be able to fail: node --test bench/peers (after a build of Groundswell)
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { judgeSamples } from './lib/answers.mjs';
import { instanceOf, readInstance, writeInstance } from './lib/instance.mjs';
import { measureOne } from './lib/measure.mjs';
import { expectedStates } from './lib/reference.mjs';
import { threefry } from './lib/threefry.mjs';
import { workloads } from './lib/workloads.mjs';

const ring = {
  rowOffsets: Uint32Array.from({ length: 65 }, (_, i) => 2 * i),
  neighbors: Uint32Array.from({ length: 128 }, (_, k) => ((k >> 1) + (k % 2 ? 1 : 63)) % 64),
};
const small = name => ({ ...workloads.find(workload => workload.name === name), population: 64, degree: 4, steps: 5 });

test('Threefry gives the published known answers', () => {
  // Random123, kat_vectors, threefry2x32 with 20 rounds
  assert.deepEqual(threefry([0, 0], [0, 0]), [0x6b200159, 0x99ba4efe]);
  const all = 0xffffffff;
  assert.deepEqual(threefry([all, all], [all, all]), [0x1cb996fc, 0xbb002be7]);
  assert.deepEqual(threefry([0x13198a2e, 0x03707344], [0x243f6a88, 0x85a308d3]), [0xc4923a9c, 0x483df7a0]);
});

test('an instance comes back from its file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'peers-test-'));
  const instance = instanceOf(small('contagion'), ring);
  writeInstance(join(folder, 'x'), instance);
  const { table, ...rest } = readInstance(join(folder, 'x'));
  assert.deepEqual({ ...rest, table }, instance);
  rmSync(folder, { recursive: true });
});

test('one flipped bit of the start state, or another threshold, changes the expected state', () => {
  // nobody is infected and nobody recovers, so that a flipped bit stays
  const still = { ...instanceOf(small('contagion'), ring), a: 0, table: Array(9).fill(0) };
  const stateOf = instance => expectedStates(instance, [3])[3];
  const flipped = { ...still, start: still.start.map((value, i) => (i === 3 ? 1 - value : value)) };
  assert.notEqual(stateOf(flipped), stateOf(still));
  assert.notEqual(stateOf({ ...still, a: 2 ** 31 }), stateOf(still));
});

test('means that differ by more than their errors are found, and missing ones', () => {
  const spread = (center, width) => Array.from({ length: 200 }, (_, i) => center + width * (i % 2 ? 1 : -1));
  assert.equal(judgeSamples({ up: spread(0.5, 0.1) }, { up: spread(0.51, 0.1) }).wrong, undefined);
  assert.match(judgeSamples({ up: spread(0.5, 0.1) }, { up: spread(0.55, 0.1) }).wrong, /up 0\.5, expected 0\.55/);
  assert.match(judgeSamples({}, { up: spread(0.5, 0.1) }).wrong, /up/);
});

test('a contender with a wrong answer is named and gets no time; a right one beside it does', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'peers-test-'));
  const workload = small('majority');
  const program =
    from =>
    ({ instance }) => ({
      command: process.execPath,
      args: [join(import.meta.dirname, 'contenders/javascript.mjs'), from ?? instance],
    });
  const context = { instance: join(folder, 'right'), folder, rounds: 2, size: 'full', options: {} };
  const entrants = [{ name: 'right', program: program() }];
  await measureOne(workload, entrants, context);
  const instance = readInstance(context.instance);
  writeInstance(join(folder, 'wrong'), { ...instance, a: instance.a + 2 ** 28 });
  const { contenders } = await measureOne(
    workload,
    [...entrants, { name: 'wrong', program: program(join(folder, 'wrong')) }],
    context,
  );
  const [right, wrong] = contenders;
  assert.equal(right.wrong, undefined);
  assert(right.msPerStep > 0);
  assert.match(wrong.wrong, /the state after 5 steps has CRC [0-9a-f]{8}, expected/);
  assert.equal(wrong.msPerStep, undefined);
  rmSync(folder, { recursive: true });
});

test('a contender that cannot start is left out with its reason', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'peers-test-'));
  const program = () => ({ command: 'no-such-program', args: [] });
  const context = { instance: join(folder, 'x'), folder, rounds: 1, size: 'full', options: {} };
  const { contenders } = await measureOne(small('majority'), [{ name: 'nobody', program }], context);
  assert.deepEqual(contenders, [{ name: 'nobody', skipped: 'no program "no-such-program"' }]);
  rmSync(folder, { recursive: true });
});
