// groundswell bench: its table, its JSON, and options that cannot be.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type BenchReport, benchText } from '../../src/cli/bench/report.ts';
import { folderWith, groundswell } from './command.ts';

const QUICK = ['bench', '--quick', '--engine', 'cpu', '--threads', '1', '--rounds', '2', '--only', 'ensemble'];

test('a table, and all rounds in a file', async () => {
  const folder = folderWith();
  const made = await groundswell(folder, ...QUICK, '--out', 'results/here.json');
  expect(made).toMatchObject({ status: 0, stderr: '' });
  expect(made.stdout).toMatch(/^groundswell \S+, Node\.js v\S+, .* cores?; quick size, median of 2 rounds$/m);
  expect(made.stdout).toMatch(
    /^ensemble \(4,096,000 updates\) +cpu, 1 thread +[\d.]+ +[\d.]+ to [\d.]+ +[\d.]+ +72 +[\d.]+ +\d+ %$/m,
  );
  expect(made.stdout).toMatch(/^memory, 1 thread: triad [\d.]+ GB\/s, random words [\d.]+ GB\/s$/m);
  const report = JSON.parse(readFileSync(join(folder, 'results/here.json'), 'utf8'));
  expect(report).toMatchObject({
    machine: {
      groundswell: expect.any(String),
      node: process.version,
      cores: expect.any(Number),
      cpu: expect.any(String),
    },
    memory: [{ threads: 1, streamed: expect.any(Number), gathered: expect.any(Number) }],
    ...{
      size: 'quick',
      rounds: 2,
      leftOut: [],
      contenders: [{ label: 'cpu, 1 thread', engine: 'cpu', software: false }],
    },
  });
  const [{ spec, contenders, digest }] = report.workloads;
  expect([spec.replicas, digest]).toEqual([128, expect.stringMatching(/^[\da-f]{16}$/)]);
  expect(contenders[0].seconds.length).toBe(2);
  expect(contenders[0].shareOfMemory).toBeGreaterThan(0);

  const again = await groundswell(folder, ...QUICK, '--out', 'results/here.json');
  expect(again).toMatchObject({ status: 2, stdout: '' });
  expect(again.stderr).toMatch(/^error: results\/here\.json: the file exists already\. .*--force$/m);
});

test('--json prints nothing else', async () => {
  const made = await groundswell(folderWith(), ...QUICK, '--json');
  expect(made).toMatchObject({ status: 0, stderr: '' });
  expect(JSON.parse(made.stdout).workloads[0].name).toBe('ensemble');
});

test.each([
  [['--only', 'ensembel'], /^error: --only: unknown workload: .*got "ensembel"\. Did you mean "ensemble"\?$/m],
  [['--rounds', '0'], /Expected an integer from 1/],
  [['--engine', 'abacus'], /Allowed choices are auto, webgpu, cpu/],
  [['--fast'], /unknown option '--fast'/],
])('%j is refused', async (options, says) => {
  const made = await groundswell(folderWith(), 'bench', ...options);
  expect(made).toMatchObject({ status: 2, stdout: '' });
  expect(made.stderr).toMatch(says);
});

test('GPU time has columns where a GPU takes part, and is told only of those who have it', () => {
  const spread = (median: number) => ({ median, least: median, most: median });
  const contender = (engine: 'cpu' | 'webgpu', gpuMs: number | null) => ({
    ...{ label: engine, engine, device: '', software: false, seconds: [0.5], bytesPerSecond: 1e9 },
    ...{
      updatesPerSecond: spread(2e6),
      nanosecondsPerUpdate: spread(500),
      gpuMs: gpuMs === null ? null : spread(gpuMs),
    },
  });
  const textOf = (...contenders: ReturnType<typeof contender>[]): string =>
    benchText({
      machine: { groundswell: '', node: '', platform: '', cpu: '', cores: 1, memoryBytes: 0 },
      ...{ memory: [], size: 'quick', rounds: 1, contenders: [], leftOut: [] },
      workloads: [{ name: 'made-up', updates: 1e6, bytes: { streamed: 8, gathered: 0, why: '' }, contenders }],
    } as unknown as BenchReport);
  expect(textOf(contender('cpu', null))).not.toContain('GPU ms');
  const text = textOf(contender('cpu', null), contender('webgpu', 400));
  expect(text).toMatch(/GPU ms +of wall *$/m);
  // a million updates at 2 million a second are 500 ms
  expect(text).toMatch(/webgpu .* 400 +80 % *$/m);
  expect(text).toMatch(/cpu .* 1\.00 *$/m);
  expect(textOf(contender('webgpu', null))).toMatch(/webgpu .* 1\.00 *$/m);
});
