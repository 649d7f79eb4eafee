// When a run is measured, when it stops and what it records, from the command line to the files.
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parquetReadObjects } from 'hyparquet';
import { describe, expect, it } from 'vitest';
import { RUN_FILES, readManifest } from '../../src/index.ts';
import { sealManifest } from '../../src/record/manifest.ts';
import { folderWith, groundswell, SMALL, start, until } from './command.ts';

async function readParquet(path: string): Promise<Record<string, unknown>[]> {
  return parquetReadObjects({ file: new Uint8Array(readFileSync(path)).buffer });
}

const stepsIn = (rows: readonly Record<string, unknown>[]): unknown[] => [...new Set(rows.map(({ step }) => step))];

describe('measure', () => {
  it.each([
    ['{ at: [3, 7] }', [0, 3, 7, 20], 'measured at 4 steps'],
    [
      '{ ranges: [{ from: 0, to: 3, every: 1 }, { from: 10, every: 4 }] }',
      [0, 1, 2, 3, 10, 14, 18, 20],
      'measured every 1 from 0 to 3, every 4 from 10: at 8 steps',
    ],
    ['{ log: 2 }', [0, 1, 3, 10, 20], 'measured at 5 steps, about 2 per decade'],
  ])('%s', async (measure, steps, words) => {
    const folder = folderWith({ 'small.yaml': SMALL });
    const change = ['--set', `measure=${measure}`];
    expect(await groundswell(folder, 'run', 'small.yaml', '--quiet', ...change)).toMatchObject({
      status: 0,
      stderr: '',
    });
    expect(stepsIn(await readParquet(join(folder, 'runs/small/series.parquet')))).toEqual(steps);
    expect((await groundswell(folder, 'explain', 'small.yaml', ...change)).stdout).toContain(words);
    expect((await groundswell(folder, 'verify', 'runs/small', '--threads', '2')).status).toBe(0);
  });
});

describe('stop', () => {
  const STOP = [
    '--set',
    'stop={when: active_links, below: 0.4, for: 2, worlds: any}',
    '--set',
    'steps=1000',
    '--set',
    'measure=2',
  ];

  it('ends the run; manifest, terminal, JSON and report say so; verify does it again', async () => {
    const folder = folderWith({ 'small.yaml': SMALL });
    const { status, stdout, stderr } = await groundswell(folder, 'run', 'small.yaml', ...STOP);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    const manifest = readManifest(join(folder, 'runs/small'));
    const condition = 'active_links below 0.4 in any world, at 2 measured steps in a row';
    expect(manifest).toMatchObject({ status: 'complete', stopped: { step: manifest.steps, condition } });
    expect(manifest.steps).toBeLessThan(1000);
    const rows = await readParquet(join(folder, 'runs/small/series.parquet'));
    expect(rows.at(-1)!.step).toBe(manifest.steps);
    const note = `Stopped at step ${manifest.steps}, as asked: ${condition}.`;
    expect(stdout).toContain(`note: ${note}`);
    expect(readFileSync(join(folder, 'runs/small/report.html'), 'utf8')).toContain(note);
    const json = await groundswell(folder, 'run', 'small.yaml', ...STOP, '--json', '--out', 'other', '--threads', '2');
    expect(JSON.parse(json.stdout)).toMatchObject({ digest: manifest.digest, stopped: { step: manifest.steps } });
    expect((await groundswell(folder, 'explain', 'small.yaml', ...STOP)).stdout).toContain(`stop        ${condition}`);
    expect((await groundswell(folder, 'run', 'small.yaml', ...STOP, '--dry')).stdout).toContain('(fewer if it stops)');
    expect((await groundswell(folder, 'verify', 'runs/small')).status).toBe(0);
    // a manifest that claims another end
    const { checksums: _, ...body } = manifest;
    const claimed = sealManifest({ ...body, stopped: { step: manifest.steps, condition: 'something else' } });
    writeFileSync(join(folder, 'claimed.json'), JSON.stringify(claimed));
    const refuted = await groundswell(folder, 'verify', 'claimed.json');
    expect(refuted.status).toBe(1);
    expect(refuted.stderr).toContain(
      `what stopped it: recorded something else, at step ${manifest.steps}, now ${condition}`,
    );
  });
});

describe('record', () => {
  const FULL = '{ fields: [opinion], steps: { every: 8 }, agents: { sample: 5 }, worlds: { replicas: 1 } }';

  it('writes step by step, world by world, and --dry tells how much', async () => {
    const folder = folderWith({ 'small.yaml': SMALL });
    const change = ['--set', `record=${FULL}`];
    expect((await groundswell(folder, 'run', 'small.yaml', '--dry', ...change)).stdout).toContain(
      'record      40 rows of agents.parquet, of 4 steps',
    );
    expect(readdirSync(folder)).toEqual(['small.yaml']);
    await groundswell(folder, 'run', 'small.yaml', '--quiet', ...change);
    const out = join(folder, 'runs/small');
    expect(readManifest(out).files).toEqual(['series.parquet', 'agents.parquet', 'report.html']);
    expect(readdirSync(out).sort()).toEqual(['agents.parquet', 'manifest.json', 'report.html', 'series.parquet']);
    const rows = await readParquet(join(out, 'agents.parquet'));
    expect(Object.keys(rows[0])).toEqual(['point', 'replica', 'step', 'agent', 'opinion']);
    expect(rows.map(({ point, replica, step }) => [step, point, replica])).toEqual(
      [0, 8, 16, 20].flatMap(step => [0, 1].flatMap(point => new Array(5).fill([step, point, 0]))),
    );
    const agents = rows.slice(0, 5).map(({ agent }) => agent);
    expect(rows.map(({ agent }) => agent)).toEqual(new Array(8).fill(agents).flat());
    // recording changes nothing that is measured
    const plain = await groundswell(folder, 'run', 'small.yaml', '--json', '--out', 'plain');
    expect(JSON.parse(plain.stdout).digest).toBe(readManifest(out).digest);
  });

  it('of a killed run is recovered', async () => {
    const spec =
      'model: noisy-q-voter\npopulation: 500\nsteps: 100000000\nmeasure: 50\nrecord: { fields: [opinion], steps: { every: 100 }, agents: { first: 3 } }\n';
    const folder = folderWith({ 'long.yaml': spec });
    const { child, finished } = start(folder, ['run', 'long.yaml', '--out', 'out']);
    const journal = join(folder, 'out', RUN_FILES.agentsJournal);
    await until(() => existsSync(journal) && statSync(journal).size > 2000);
    child.kill('SIGKILL');
    await finished;
    expect(await groundswell(folder, 'recover', 'out')).toMatchObject({ status: 0, stderr: '' });
    expect(readdirSync(join(folder, 'out')).sort()).toEqual(['agents.parquet', 'manifest.json', 'series.parquet']);
    const steps = stepsIn(await readParquet(join(folder, 'out/agents.parquet'))) as number[];
    expect(steps.length).toBeGreaterThan(3);
    expect(steps).toEqual(steps.map((_, k) => 100 * k));
  });
});
