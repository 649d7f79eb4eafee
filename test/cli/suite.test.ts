// groundswell suite: files, exit statuses, and that nothing is left behind by what was written wrong.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { folderWith, groundswell } from './command.ts';

const scenario = (params: object = { q: 2, independence: 0.1 }) => ({
  model: 'noisy-q-voter',
  population: 100,
  replicas: 4,
  params,
  init: { opinion: 0.8 },
  steps: 20,
  scenario: {
    risk: 'Noise',
    about: 'Agents that choose by chance undo a majority.',
    measure: 'up',
    moves: 'down',
    tuned: 'none',
    control: { 'params.independence': 0 },
    levers: { less: { about: 'Less noise.', set: { 'params.independence': 0.02 } } },
  },
});

const folderOf = (specs: Record<string, object>): string => {
  const folder = folderWith();
  mkdirSync(join(folder, 'risks'));
  for (const [name, spec] of Object.entries(specs)) writeFileSync(join(folder, 'risks', `${name}.yaml`), stringify(spec)); // biome-ignore format: one thought
  return folder;
};

const { scenario: _, ...plain } = scenario();

describe('groundswell suite', () => {
  it('runs the scenarios of a folder, and writes a report with their numbers', async () => {
    const folder = folderOf({ noise: scenario(), plain });
    const { status, stdout, stderr } = await groundswell(folder, 'suite', 'risks', '--scale', '0.5', '--out', 'out');
    expect(stderr).toMatch(/^1\/1 noise: up \S+ ± \S+, /);
    expect(status).toBe(0);
    expect(stdout).toMatch(/noise +up down/);
    expect(readdirSync(join(folder, 'out')).sort()).toEqual(['effects.parquet', 'manifest.json', 'report.html', 'suite.json']); // biome-ignore format: one thought
    const { scenarios, scale } = JSON.parse(readFileSync(join(folder, 'out', 'suite.json'), 'utf8'));
    expect(scale).toBe(0.5);
    expect(scenarios[0]).toMatchObject({ name: 'noise', population: 50, replicas: 4, verdict: 'there' });
    expect(readFileSync(join(folder, 'out', 'report.html'), 'utf8')).toContain('0.5 times those of the scenarios');
    const again = await groundswell(folder, 'suite', 'risks', '--out', 'out');
    expect(again).toMatchObject({ status: 2, stderr: expect.stringContaining('--force') });
  }, 120_000);

  it('keeps the others where one fails, with status 1', async () => {
    const folder = folderOf({ noise: scenario(), lost: scenario({ q: 2, independence: { file: 'lost.csv', column: 'x' } }) }); // biome-ignore format: one thought
    const { status, stderr } = await groundswell(folder, 'suite', 'risks', '--out', 'out', '--quiet');
    expect(status).toBe(1);
    expect(stderr).toMatch(/^error: lost: .*lost\.csv/);
    expect(readFileSync(join(folder, 'out', 'report.html'), 'utf8')).toContain('lost failed');
  }, 120_000);

  it.each([
    [
      'a variant that is no spec',
      { bad: { ...scenario(), scenario: { ...scenario().scenario, control: { 'params.noise': 0 } } } },
      ['risks'],
      /scenario\.control\.params\.noise.*bad\.yaml, line \d+, column \d+.*unknown parameter "noise"/s,
    ],
    ['a folder without scenarios', { plain }, ['risks'], /no scenario in this folder/],
    ['a file without a scenario', { plain }, ['risks/plain.yaml'], /has no scenario/],
    ['a file that is not there', { plain }, ['risks/lost.yaml'], /no spec file/],
  ])(
    'refuses %s with status 2, and writes nothing',
    async (_, specs, paths, message) => {
      const folder = folderOf(specs);
      const { status, stderr } = await groundswell(folder, 'suite', ...paths, '--out', 'out');
      expect(stderr).toMatch(message);
      expect(status).toBe(2);
      expect(existsSync(join(folder, 'out'))).toBe(false);
    },
    60_000,
  );
});
