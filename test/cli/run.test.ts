import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parquetReadObjects } from 'hyparquet';
import { describe, expect, it } from 'vitest';
import { readManifest } from '../../src/index.ts';
import { folderWith, groundswell, SMALL } from './command.ts';

const EDGES = 'source,target\na,b\nb,c\nc,a\na,b\nc,c\nd,a\n';

async function readParquet(path: string): Promise<Record<string, unknown>[]> {
  return parquetReadObjects({ file: new Uint8Array(readFileSync(path)).buffer });
}

describe('run', () => {
  it('writes a manifest, a series and a report, and prints final values', async () => {
    const folder = folderWith({ 'small.yaml': SMALL });
    const { status, stdout, stderr } = await groundswell(folder, 'run', 'small.yaml');
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    const out = join(folder, 'runs/small');
    expect(readdirSync(out).sort()).toEqual(['manifest.json', 'report.html', 'series.parquet']);
    const manifest = readManifest(out);
    expect(manifest).toMatchObject({ status: 'complete', steps: 20, worlds: 6, points: 2, replicas: 3, seed: 5 });
    expect(manifest.files).toEqual(['series.parquet', 'report.html']);
    expect(manifest.worldDigests).toHaveLength(6);
    expect(manifest.topology).toEqual({ kind: 'complete', nodes: 200, degree: 199 });
    const rows = await readParquet(join(out, 'series.parquet'));
    expect(rows).toHaveLength(6 * 21);
    expect(rows[0]).toMatchObject({ point: 0, replica: 0, step: 0, up: 1, 'params.independence': 0.1 });
    expect(readFileSync(join(out, 'report.html'), 'utf8')).toContain(manifest.digest);
    expect(stdout).toContain(manifest.digest);
    expect(stdout).toMatch(/params\.independence +up +active_links\n0\.1 +0\.\d+ ± 0\.\d+/);
    expect(stdout).toContain('The update is synchronous, that of the published model is sequential.');
  });

  it('prints the same as JSON, and takes changes from the command line', async () => {
    const folder = folderWith({ 'small.yaml': SMALL });
    const args = ['--set', 'params.independence=0.3', '--set', 'steps=7', '--seed', 'other', '--out', 'here', '--json'];
    const { status, stdout } = await groundswell(folder, 'run', 'small.yaml', ...args);
    expect(status).toBe(0);
    const result = JSON.parse(stdout);
    const manifest = readManifest(join(folder, 'here'));
    expect(result).toMatchObject({ status: 'complete', digest: manifest.digest, out: 'here', engine: 'cpu', steps: 7 });
    expect(manifest.spec).toMatchObject({ seed: 'other', steps: 7, params: { q: 2, independence: 0.3 } });
    const rows = await readParquet(join(folder, 'here/series.parquet'));
    const finals = rows.filter(row => row.step === 7).map(row => row.up as number);
    expect(result.points).toHaveLength(1);
    expect(result.points[0].finals.up.count).toBe(3);
    expect(result.points[0].finals.up.mean).toBeCloseTo((finals[0] + finals[1] + finals[2]) / 3, 12);
  });

  it('names the options of a choice by their words: in the table, as JSON, in the series', async () => {
    const spec = 'model: imitation-game\npopulation: 40\nsteps: 3\nparams: { how: [fermi, moran] }\n';
    const folder = folderWith({ 'game.yaml': spec });
    const [table, json] = await Promise.all([
      groundswell(folder, 'run', 'game.yaml', '--out', 'table'),
      groundswell(folder, 'run', 'game.yaml', '--out', 'json', '--json'),
    ]);
    expect(table.stdout).toMatch(/^params\.how +cooperators +defectors\nfermi +\d.*\nmoran +\d/m);
    const { points } = JSON.parse(json.stdout);
    const told = [points[0].params.how, points[1].params.how, points[1].varied['params.how']];
    expect(told).toEqual(['fermi', 'moran', 'moran']);
    const rows = await readParquet(join(folder, 'table/series.parquet'));
    expect(new Set(rows.map(row => row['params.how']))).toEqual(new Set(['fermi', 'moran']));
  });

  it('finds files beside the spec, records agents by their names, and notes what was met in the file', async () => {
    const spec =
      'model: voter\ntopology: { kind: edges, file: edges.csv }\nupdate: synchronous\nsteps: 5\nrecord: [opinion]\n';
    const folder = folderWith({ 'net.yaml': spec, 'edges.csv': EDGES });
    const { status, stdout } = await groundswell(folder, 'run', 'net.yaml');
    expect(status).toBe(0);
    const agents = await readParquet(join(folder, 'runs/net/agents.parquet'));
    expect(agents.map(row => row.id).sort()).toEqual(['a', 'b', 'c', 'd']);
    const { notes, inputs, topology } = readManifest(join(folder, 'runs/net'));
    expect(inputs).toMatchObject([{ name: 'edges.csv', bytes: EDGES.length }]);
    expect(topology).toMatchObject({ nodes: 4, edges: 4, duplicates: { met: 1, kept: 0 } });
    expect(notes).toEqual(
      expect.arrayContaining([expect.stringMatching(/^Self-loops met: 1, of which none was kept/)]),
    );
    expect(notes).toEqual(expect.arrayContaining([expect.stringMatching(/^Duplicate edges met: 1,/)]));
    expect(stdout).toContain('note: Self-loops met: 1');
    const elsewhere = folderWith({ 'net.yaml': spec });
    const found = await groundswell(elsewhere, 'run', 'net.yaml', '--data', folder, '--json');
    expect(JSON.parse(found.stdout).digest).toBe(readManifest(join(folder, 'runs/net')).digest);
  });

  it('says that one graph for several replicas understates intervals', async () => {
    const folder = folderWith({ 'graph.yaml': SMALL });
    const topology = 'topology={kind: erdos-renyi, mean_degree: 2}';
    const { stdout } = await groundswell(folder, 'run', 'graph.yaml', '--set', topology);
    expect(stdout).toMatch(/note: One quenched graph for 3 replicas: .* understates intervals/);
    expect(stdout).toMatch(/note: \d+ of 200 agents look at nobody \(isolated\)/);
  });

  it('--dry prints plan, memory and time, and writes nothing', async () => {
    const folder = folderWith({ 'small.yaml': SMALL });
    const { status, stdout, stderr } = await groundswell(folder, 'run', 'small.yaml', '--dry');
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toMatch(/memory .*bytes per agent/);
    expect(stdout).toMatch(/time +about .* for 20 steps, from \d+ timed here; nothing was written/);
    expect(readdirSync(folder)).toEqual(['small.yaml']);
  });

  it('does not overwrite an earlier run unless told to, and gives the same digest with any number of threads', async () => {
    const folder = folderWith({ 'small.yaml': SMALL });
    await groundswell(folder, 'run', 'small.yaml', '--quiet');
    const first = readManifest(join(folder, 'runs/small'));
    const refused = await groundswell(folder, 'run', 'small.yaml', '--seed', '6');
    expect(refused.status).toBe(2);
    expect(refused.stderr).toBe(
      'error: runs/small: this folder holds an earlier run. Choose another --out folder, or replace that run with --force\n',
    );
    expect(readManifest(join(folder, 'runs/small'))).toEqual(first);
    const again = await groundswell(folder, 'run', 'small.yaml', '--force', '--quiet', '--threads', '2');
    expect(again).toMatchObject({ status: 0, stdout: '', stderr: '' });
    expect(readManifest(join(folder, 'runs/small')).digest).toBe(first.digest);
    expect(existsSync(join(folder, 'runs/small/report.html'))).toBe(true);
  });
});
