import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { RUN_FILES, readManifest } from '../../src/index.ts';
import { readSeries } from '../../src/record/index.ts';
import { folderWith, groundswell, start, until } from './command.ts';

/** Longer than any test waits; measured often. */
const LONG = 'model: noisy-q-voter\npopulation: 500\nreplicas: 2\nsteps: 100000000\nmeasure: 50\nrecord: [opinion]\n';

/** A run that has recorded something. */
async function runningFor(folder: string) {
  const started = start(folder, ['run', 'long.yaml', '--out', 'out']);
  const journal = join(folder, 'out', RUN_FILES.journal);
  await until(() => existsSync(journal) && statSync(journal).size > 4000);
  return { ...started, journal };
}

describe('interrupted runs', () => {
  it('SIGINT ends with 130 and readable results, which verify', async () => {
    const folder = folderWith({ 'long.yaml': LONG });
    const { child, finished } = await runningFor(folder);
    child.kill('SIGINT');
    const { status, stdout } = await finished;
    expect(status).toBe(130);
    expect(stdout).toContain('Interrupted: step');
    const out = join(folder, 'out');
    expect(readdirSync(out).sort()).toEqual(['agents.parquet', 'manifest.json', 'report.html', 'series.parquet']);
    const manifest = readManifest(out);
    expect(manifest.status).toBe('interrupted');
    const rows = await readSeries(new Uint8Array(readFileSync(join(out, 'series.parquet'))));
    expect(rows.step.at(-1)).toBe(manifest.steps);
    expect(rows.step).toHaveLength(2 * (manifest.steps / 50 + 1));
    const verified = await groundswell(folder, 'verify', 'out');
    expect(verified).toMatchObject({ status: 0, stdout: expect.stringContaining(`OK: digest ${manifest.digest}`) });
  });

  it('does not wait for the next measured step', async () => {
    const folder = folderWith({ 'long.yaml': LONG.replace('measure: 50', 'measure: 100000000') });
    const { child, finished } = start(folder, ['run', 'long.yaml', '--out', 'out']);
    await until(() => existsSync(join(folder, 'out', RUN_FILES.journal)));
    child.kill('SIGTERM');
    expect((await finished).status).toBe(130);
    expect(readManifest(join(folder, 'out'))).toMatchObject({ status: 'interrupted', steps: 0 });
  });

  it('a killed run is recovered from its journal', async () => {
    const folder = folderWith({ 'long.yaml': LONG });
    const { child, finished, journal } = await runningFor(folder);
    child.kill('SIGKILL');
    expect((await finished).signal).toBe('SIGKILL');
    expect(existsSync(journal)).toBe(true);
    const refused = await groundswell(folder, 'run', 'long.yaml', '--out', 'out');
    expect(refused).toMatchObject({ status: 2, stderr: expect.stringContaining('`groundswell recover out`') });
    const recovered = await groundswell(folder, 'recover', 'out');
    expect(recovered).toMatchObject({ status: 0, stderr: '' });
    const manifest = readManifest(join(folder, 'out'));
    expect(manifest.status).toBe('interrupted');
    expect(manifest.steps).toBeGreaterThan(0);
    const rows = await readSeries(new Uint8Array(readFileSync(join(folder, 'out/series.parquet'))));
    expect(rows.step.at(-1)).toBe(manifest.steps);
    expect(await groundswell(folder, 'recover', 'out')).toMatchObject({ status: 2 });
    expect(await groundswell(folder, 'verify', 'out/manifest.json')).toMatchObject({ status: 0 });
  });
});
