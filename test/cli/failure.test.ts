// What is left behind by a run that fails on its way, through the library: no engine fails when asked to.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { drawReport } from '../../src/cli/report.ts';
import { GroundswellError, open, openRunFolder, readManifest, recordRun, type World } from '../../src/index.ts';
import { readSeries } from '../../src/record/index.ts';
import { folderWith, SMALL } from './command.ts';

/** A world whose device is lost on the way to the step. */
function failingAt(world: World, step: number): World {
  return new Proxy(world, {
    get(target, name) {
      if (name === 'step') {
        return async (count: number, options?: { every?: number }) => {
          if (target.stepCount + count >= step)
            throw new GroundswellError({ what: 'the device was lost', kind: 'run' });
          await target.step(count, options);
        };
      }
      const value = Reflect.get(target, name, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}

describe('a run that fails', () => {
  it('keeps what it had recorded, and says why it ended', async () => {
    const folder = join(folderWith(), 'out');
    await using world = await open({ text: SMALL }, { engine: 'cpu', set: ['steps=1000', 'measure=1'] });
    const options = { version: '0', report: drawReport('failing') };
    const { failure, manifest } = await recordRun(failingAt(world, 300), openRunFolder(folder), options);
    expect(failure).toMatchObject({ what: 'the device was lost' });
    expect(readdirSync(folder).sort()).toEqual(['manifest.json', 'report.html', 'series.parquet']);
    expect(readManifest(folder)).toEqual(manifest);
    expect(manifest.status).toBe('interrupted');
    expect(manifest.notes).toContain('Stopped by a failure: the device was lost');
    const rows = await readSeries(new Uint8Array(readFileSync(join(folder, 'series.parquet'))));
    expect(rows.step.at(-1)).toBe(manifest.steps);
    expect(manifest.steps).toBeLessThan(300);
    expect(existsSync(join(folder, 'journal.bin'))).toBe(false);
  });

  it('leaves an empty series when it fails at once', async () => {
    const folder = join(folderWith(), 'out');
    await using world = await open({ text: SMALL }, { engine: 'cpu' });
    const options = { version: '0', report: drawReport('failing') };
    const { rows } = await recordRun(failingAt(world, 0), openRunFolder(folder), options);
    expect(rows.step).toHaveLength(0);
    expect(readManifest(folder)).toMatchObject({ status: 'interrupted', steps: 0 });
  });

  it('keeps the numbers when the report cannot be drawn', async () => {
    const folder = join(folderWith(), 'out');
    await using world = await open({ text: SMALL }, { engine: 'cpu' });
    const report = () => Promise.reject(new Error('no ink'));
    const { failure, manifest } = await recordRun(world, openRunFolder(folder), { version: '0', report });
    expect(failure).toMatchObject({ message: 'no ink' });
    expect(manifest).toMatchObject({ status: 'complete', files: ['series.parquet'] });
    expect(manifest.notes).toContain('No report could be drawn: no ink');
  });
});
