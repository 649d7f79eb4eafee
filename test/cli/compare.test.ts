// The commands of paired worlds, as a user runs them: files, exit statuses, and nothing left behind where something is wrong.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { folderWith, groundswell, LIBRARY_URL, SMALL } from './command.ts';

const FILES = ['effects.parquet', 'manifest.json', 'report.html'];
const CPU = ['--engine', 'cpu'];
const OPINIONS = 'model: friedkin-johnsen\npopulation: 100\nreplicas: 3\nsteps: 5\ngroups: { a: 0.5, b: 0.5 }\n';
const MODEL = `import { catalogue } from '${LIBRARY_URL}';
export const listeners = { ...catalogue.find(({ name }) => name === 'friedkin-johnsen'), name: 'listeners',
  interference: { alignments: { spread: 'variance' }, weights: { listening: 'susceptibility' } } };
`;

describe('groundswell compare', () => {
  it('writes effects, manifest and report; a second time only when told to', async () => {
    const folder = folderWith({ 'small.yaml': SMALL });
    const args = ['compare', 'small.yaml', '--with', 'parameter', '--set', 'params.q=3', '--replicas', '4', '--seed', '9', ...CPU]; // biome-ignore format: one thought
    const first = await groundswell(folder, ...args);
    expect(first).toMatchObject({ status: 0, stderr: '' });
    expect(first.stdout).toMatch(/^params\.independence +measure +side a +side b +effect/m);
    const out = join(folder, 'runs/small-compare');
    expect(readdirSync(out).sort()).toEqual(FILES);
    const manifest = JSON.parse(readFileSync(join(out, 'manifest.json'), 'utf8'));
    expect(manifest).toMatchObject({ command: 'compare', change: { kind: 'parameter', set: ['params.q=3'] }, specFile: 'small.yaml', replicas: 4, seed: 9, points: 2 }); // biome-ignore format: one thought
    expect(manifest.sides.map(({ label }: { label: string }) => label)).toEqual(['as written', 'params.q=3']);

    const again = await groundswell(folder, ...args);
    expect(again).toMatchObject({ status: 2, stdout: '', stderr: expect.stringMatching(/holds an earlier run/) });
    const forced = await groundswell(folder, ...args, '--force', '--quiet');
    expect(forced).toEqual({ status: 0, signal: null, stdout: '', stderr: '' });
    const verified = await groundswell(folder, 'verify', 'runs/small-compare');
    expect(verified).toMatchObject({ status: 2, stderr: expect.stringContaining('not of one run') });
  });

  it('prints data as JSON: equal sides are exactly zero', async () => {
    const folder = folderWith({ 'small.yaml': SMALL });
    const { stdout, status } = await groundswell(folder, 'compare', 'small.yaml', '--with', 'parameter', '--set', 'params.q=2', '--both', 'steps=5', '--json', ...CPU); // biome-ignore format: one thought
    expect(status).toBe(0);
    const { effects, sides, notes } = JSON.parse(stdout);
    expect(sides[0].digest).toBe(sides[1].digest);
    expect(effects).toHaveLength(2 * 2 * 2);
    for (const row of effects) expect(row).toMatchObject({ effect: 0, half_width: 0, replicas: 3, first_step: null });
    expect(notes.join()).toContain('same run to the last bit');
  });

  const WRONG: [string, string[], RegExp][] = [
    ['no kind of change', [], /required option '--with <kind\.\.\.>'/],
    ['an unknown kind', ['--with', 'magic'], /--with: nothing to compare with: expected one of intervention, parameter, structure, got "magic"/], // biome-ignore format: one thought
    [
      'names of no interventions',
      ['--with', 'parameter', 'q'],
      /--with parameter: unexpected "q".*Write --with parameter --set/,
    ],
    ['a change of steps', ['--with', 'structure', '--set', 'steps=3'], /"steps" is no structure/],
    [
      'changes beside interventions',
      ['--with', 'intervention', '--set', 'params.q=3'],
      /--set has no part in it.*--both/,
    ],
    ['a spec without interventions', ['--with', 'intervention'], /the spec has no interventions/],
    ['a bad value', ['--with', 'parameter', '--set', 'params.q=0'], /--set params\.q: .*got 0/],
    ['a bad number of replicas', ['--with', 'parameter', '--replicas', '0'], /Expected an integer from 1/],
  ];
  it.concurrent.for(WRONG)('%s: status 2, nothing written', async ([, args, message], { onTestFinished }) => {
    const folder = folderWith({ 'spec.yaml': SMALL }, onTestFinished);
    const { status, stdout, stderr } = await groundswell(folder, 'compare', 'spec.yaml', ...args, ...CPU);
    expect(stderr).toMatch(message);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(readdirSync(folder)).toEqual(['spec.yaml']);
  });
});

describe('groundswell interference and attribute', () => {
  it('interference: a matrix of a model that declares one', async () => {
    const folder = folderWith({ 'spec.yaml': OPINIONS.replace('friedkin-johnsen', 'listeners'), 'mine.mjs': MODEL });
    const { status, stdout } = await groundswell(folder, 'interference', 'spec.yaml', '--model', 'mine.mjs', '--by', '0.02', ...CPU); // biome-ignore format: one thought
    expect(status).toBe(0);
    expect(stdout).toMatch(/^spread +−0\.\d+ ± 0\.\d+$/m);
    expect(readdirSync(join(folder, 'runs/spec-interference')).sort()).toEqual(FILES);
    const bad = await groundswell(folder, 'interference', 'spec.yaml', '--model', 'mine.mjs', '--by', '-1');
    expect(bad).toMatchObject({ status: 2, stderr: expect.stringContaining('Expected a number above 0') });
  });

  it('interference: refuses a model that declares none', async () => {
    const folder = folderWith({ 'small.yaml': SMALL });
    const refused = await groundswell(folder, 'interference', 'small.yaml', ...CPU);
    expect(refused).toMatchObject({ status: 2, stdout: '', stderr: expect.stringContaining('declares no alignments and weights') }); // biome-ignore format: one thought
    expect(existsSync(join(folder, 'runs'))).toBe(false);
  });

  it('attribute: a ranked table of mechanisms and groups', async () => {
    const folder = folderWith({ 'spec.yaml': OPINIONS });
    const { status, stdout } = await groundswell(folder, 'attribute', 'spec.yaml', '--measure', 'variance', '--out', 'parts', ...CPU); // biome-ignore format: one thought
    expect(status).toBe(0);
    expect(stdout).toMatch(/variance +without +effect.*without listening.*group [ab] inert/s);
    expect(readdirSync(join(folder, 'parts')).sort()).toEqual(FILES);
    const only = await groundswell(folder, 'attribute', 'spec.yaml', '--only', 'relation', '--out', 'none', ...CPU);
    expect(only).toMatchObject({ status: 2, stderr: expect.stringContaining('nothing to switch off') });
    expect(existsSync(join(folder, 'none'))).toBe(false);
  });
});
