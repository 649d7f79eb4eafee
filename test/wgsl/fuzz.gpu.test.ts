// Differential test of the compiler: random programs on Dawn and on the JavaScript back end, compared bit for bit.
// FUZZ_PROGRAMS, FUZZ_SEED and FUZZ_BYTES set how many, which and how long (default 2000, 1 and 80); FUZZ_DUMP names a file for a failing module.
import { writeFileSync } from 'node:fs';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestDevice, type TestDevice } from '../support/gpu.ts';
import { Choices } from './fuzz/choices.ts';
import { generateProgram, moduleOf } from './fuzz/programs.ts';
import { differences, runCompiled, runOnDevice } from './fuzz/run.ts';

const PROGRAMS = Number(process.env.FUZZ_PROGRAMS ?? 2000);
const SEED = Number(process.env.FUZZ_SEED ?? 1);
// The device's compiler takes more than twice as long for twice the programs.
const BATCH = 6;
// Choices per program at most.
const BYTES = Number(process.env.FUZZ_BYTES ?? 80);
const CASES = 32;

// Edges of both integer types, of shifts and of f32's whole numbers.
const EDGES = [
  ...[0, 1, 2, 3, 5, 7, 8, 15, 16, 31, 32, 33, 63, 64, 127, 128, 255, 256, 1000, 65535, 65536, 0x00ffffff, 0x01000001],
  ...[0x55555555, 0xaaaaaaaa, 0x7ffffffe, 0x7fffffff, 0x80000000, 0x80000001, 0xfffffffe, 0xffffffff, 0xdeadbeef],
];

let opened: TestDevice | undefined;
beforeAll(async () => {
  opened = await openTestDevice();
});
afterAll(() => opened?.close());

function inputWords(): Uint32Array<ArrayBuffer> {
  const words = new Uint32Array(CASES * 4);
  words.forEach((_, i) => {
    words[i] = EDGES[Math.imul(i + 1, 0x9e3779b1) >>> 27];
  });
  return words;
}

test(`${PROGRAMS} random programs give the same bits on both`, { timeout: 3_600_000 }, async context => {
  if (!opened) return context.skip('no WebGPU device');
  const bytes = fc.uint8Array({ minLength: BYTES / 4, maxLength: BYTES, size: 'max' });
  const streams = fc.sample(bytes, { numRuns: PROGRAMS, seed: SEED });
  const inputs = inputWords();
  for (let first = 0; first < PROGRAMS; first += BATCH) {
    const programs = streams
      .slice(first, first + BATCH)
      .map((stream, i) => generateProgram(new Choices(stream), `p${i}`));
    const code = moduleOf(programs, CASES);
    const size = { x: CASES, z: programs.length };
    // The device's threads compile while this one does.
    const pending = runOnDevice(opened.device, code, inputs, CASES * programs.length, size);
    // Every other module calls most of its functions instead of inlining them.
    const inlineNodes = (first / BATCH) % 2 === 0 ? undefined : 100;
    const found = runCompiled(code, inputs, CASES * programs.length, size, inlineNodes);
    const expected = await pending;
    const [worst] = differences(expected, found);
    if (worst === undefined) continue;
    if (process.env.FUZZ_DUMP) writeFileSync(process.env.FUZZ_DUMP, code);
    const which = Math.floor(worst / CASES);
    const raw = inputs.subarray((worst % CASES) * 4, (worst % CASES) * 4 + 4);
    expect.fail(
      `program ${first + which} on (${raw.join()}): Dawn ${expected[worst]}, compiled ${found[worst]}\n${programs[which]}`,
    );
  }
});

test('the comparison sees one bit', () => {
  const words = Uint32Array.of(1, 2, 3);
  expect(differences(words, Uint32Array.of(1, 2, 3))).toEqual([]);
  expect(differences(words, Uint32Array.of(1, 2 ^ 0x80000000, 3))).toEqual([1]);
});
