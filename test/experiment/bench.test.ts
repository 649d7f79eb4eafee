// The benchmark: declared answers, and no times where an answer is wrong. Times themselves are never checked.
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { GroundswellError } from '../../src/errors.ts';
import { runBench } from '../../src/experiment/bench/bench.ts';
import { type Contender, findContenders } from '../../src/experiment/bench/contenders.ts';
import { spreadOf } from '../../src/experiment/bench/result.ts';
import { open } from '../../src/experiment/open.ts';
import { type Workload, workloads } from '../../src/models/workloads.ts';
import { digestText } from '../../src/record/digest.ts';

test('every engine of the CPU gives the answers declared at the quick size', async () => {
  const {
    workloads: found,
    contenders,
    size,
    rounds,
  } = await runBench({ quick: true, rounds: 1, engine: 'cpu', threads: 2 });
  expect({ size, rounds, labels: contenders.map(({ label }) => label) }).toEqual({
    ...{ size: 'quick', rounds: 1, labels: ['cpu, 1 thread', 'cpu, 2 threads'] },
  });
  expect(found.map(({ name, failure, digest }) => ({ name, failure, digest }))).toEqual(
    workloads.map(({ name, quick }) => ({ name, failure: undefined, digest: quick.digest })),
  );
  for (const { contenders: times, updates } of found) {
    expect(times.length).toBe(2);
    for (const { seconds, updatesPerSecond, nanosecondsPerUpdate, gpuMs } of times) {
      expect(gpuMs).toBeNull();
      expect(seconds.length).toBe(1);
      expect(updatesPerSecond.median).toBeCloseTo(updates / seconds[0], 3);
      expect(updatesPerSecond.median * nanosecondsPerUpdate.median).toBeCloseTo(1e9, 0);
    }
  }
});

test('the declaration names every workload, its sizes and its digest', () => {
  const text = readFileSync(new URL('../../bench/DECLARATION.md', import.meta.url), 'utf8');
  for (const { name, quick, full, bytes } of workloads) {
    const row = text.split('\n').find(line => line.startsWith(`| \`${name}\``))!;
    const steps = (size: { warmUp: number; steps: number }): string => `${size.warmUp} + ${size.steps}`;
    expect(
      row
        .split('|')
        .map(cell => cell.trim())
        .slice(-5, -1),
    ).toEqual([steps(full), steps(quick), String(bytes.streamed + bytes.gathered), quick.digest]);
  }
});

describe('answers', () => {
  const spec = (population: number) => ({ model: 'voter', population, update: 'synchronous', seed: 'tiny' });
  let tiny: Workload;
  let right: Contender[];
  beforeAll(async () => {
    await using world = await open({ ...spec(65), steps: 5 }, { engine: 'cpu', threads: 1 });
    await world.step(5, { every: 0 });
    const digest = digestText((await world.stateDigests()).join(''));
    tiny = {
      ...{ name: 'tiny', about: 'a', update: 'b', bytes: { streamed: 4, gathered: 8, why: 'c' } },
      ...{ full: { spec: spec(130), warmUp: 1, steps: 6 }, quick: { spec: spec(65), warmUp: 2, steps: 3, digest } },
    };
    right = (await findContenders({ size: 'full', engine: 'cpu', threads: 2 })).contenders;
  });

  /** One whose states differ in a bit wherever the population is so large. */
  const wrong = (population: number): Contender => ({
    ...{ label: 'wrong', engine: 'cpu', device: 'none', software: false },
    async start(prepared) {
      const world = await right[0].start(prepared);
      const flipped = (digest: string): string =>
        digest.replace(/.$/, last => (Number.parseInt(last, 16) ^ 1).toString(16));
      const stateDigests = async () =>
        (await world.stateDigests()).map(digest =>
          prepared.plan.population === population ? flipped(digest) : digest,
        );
      return { step: (...args) => world.step(...args), stateDigests, dispose: () => world.dispose() };
    },
  });

  test.each([true, false])('all right, quick %s: times of every round, from least to most', async quick => {
    const told: string[] = [];
    const onProgress = (...parts: unknown[]): number => told.push(parts.join(' '));
    const { workloads: [found] } = await runBench({ quick, rounds: 3, workloads: [tiny], contenders: right, onProgress }); // biome-ignore format: one thought
    expect(found).toMatchObject({
      name: 'tiny',
      updates: quick ? 195 : 780,
      digest: quick ? tiny.quick.digest : expect.any(String),
    });
    expect(found.failure).toBeUndefined();
    // in turn
    expect(told.slice(0, 3)).toEqual(['tiny cpu, 1 thread 0', 'tiny cpu, 2 threads 0', 'tiny cpu, 1 thread 1']);
    for (const {
      seconds,
      updatesPerSecond: { least, median, most },
      bytesPerSecond,
    } of found.contenders) {
      // biome-ignore format: one thought
      expect(seconds.length).toBe(3);
      expect(least).toBeLessThanOrEqual(median);
      expect(median).toBeLessThanOrEqual(most);
      expect(bytesPerSecond).toBeCloseTo(12 * median, 3);
    }
  });

  test.each([
    {
      name: 'the last of the contenders errs',
      quick: true,
      population: 65,
      says: /^wrong: wrong answer: expected digest .* as declared, got /,
    },
    {
      name: 'it errs at the quick size only',
      quick: false,
      population: 65,
      says: /^wrong: .* as declared, at the quick size, got /,
    },
    { name: 'it errs at the full size only', quick: false, population: 130, says: /^wrong: .* of cpu, 1 thread, got / },
  ])('$name: no times of anyone', async ({ quick, population, says }) => {
    const contenders = [...right, wrong(population)];
    const result = await runBench({ quick, rounds: 1, workloads: [tiny, tiny], contenders });
    expect(result.workloads.length).toBe(2);
    for (const found of result.workloads) {
      expect(found.failure).toMatch(says);
      expect(found.contenders).toEqual([]);
      expect(found.digest).toBeUndefined();
    }
    expect(JSON.stringify(result)).not.toMatch(/seconds|PerSecond/);
  });

  test('an answer that was declared wrong fails everyone', async () => {
    const declared = { ...tiny, quick: { ...tiny.quick, digest: '0000000000000000' } };
    for (const quick of [true, false]) {
      const { workloads: [found] } = await runBench({ quick, rounds: 1, workloads: [declared], contenders: right }); // biome-ignore format: one thought
      expect(found.failure).toContain('expected digest 0000000000000000 as declared');
      expect(found.contenders).toEqual([]);
    }
  });

  test('what a contender cannot do is a failure of the workload; a fault of the program is one', async () => {
    const failing = (error: Error): Contender => ({ ...right[0], start: () => Promise.reject(error) });
    const full = failing(new GroundswellError({ what: 'the population does not fit in memory', kind: 'run' }));
    const { workloads: [found] } = await runBench({ workloads: [tiny], contenders: [...right, full] }); // biome-ignore format: one thought
    expect(found).toMatchObject({ failure: 'the population does not fit in memory', contenders: [] });
    await expect(runBench({ workloads: [tiny], contenders: [failing(new TypeError('fault'))] })).rejects.toThrow(
      'fault',
    );
  });

  test('a device in software is timed once, and not with kernels that it compiles for minutes', async () => {
    const software: Contender = { ...right[0], label: 'emulated', software: true };
    const heavy = { ...tiny, name: 'heavy', needsHardware: true };
    const contenders = [right[0], software];
    const result = await runBench({ quick: true, rounds: 2, workloads: [tiny, heavy], contenders });
    const rounds = result.workloads.map(({ contenders: times }) =>
      times.map(({ label, seconds }) => [label, seconds.length]),
    );
    expect(rounds).toEqual([[['cpu, 1 thread', 2], ['emulated', 1]], [['cpu, 1 thread', 2]]]); // biome-ignore format: one thought
    expect(result.leftOut).toEqual([{ label: 'emulated', reason: expect.stringContaining('heavy') }]);
  });
});

test('contenders of the CPU: one thread, and as many as asked for', async () => {
  const labels = async (threads: number): Promise<string[]> =>
    (await findContenders({ size: 'quick', engine: 'cpu', threads })).contenders.map(({ label }) => label);
  expect(await labels(1)).toEqual(['cpu, 1 thread']);
  expect(await labels(3)).toEqual(['cpu, 1 thread', 'cpu, 3 threads']);
});

test('median, least and most', () => {
  expect(spreadOf([3, 1, 2])).toEqual({ median: 2, least: 1, most: 3 });
  expect(spreadOf([4, 1, 2, 3])).toEqual({ median: 2.5, least: 1, most: 4 });
  expect(spreadOf([7])).toEqual({ median: 7, least: 7, most: 7 });
});
