// Who may write into an output folder, and that a file in it is whole or absent.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { GroundswellError } from '../../src/errors.ts';
import { openRunFolder, readManifest } from '../../src/record/index.ts';
import { temporaryFolder } from './fixtures.ts';

describe('output folder', () => {
  it('does not exist before the run starts', () => {
    const dir = join(temporaryFolder(), 'a', 'b');
    const folder = openRunFolder(dir);
    expect(existsSync(dir)).toBe(false);
    folder.start();
    expect(readdirSync(dir)).toEqual([]);
  });

  it('refuses a folder of other files, even by force', () => {
    const dir = temporaryFolder();
    writeFileSync(join(dir, 'thesis.tex'), '');
    expect(() => openRunFolder(dir)).toThrow(/not a run’s: expected an empty or new folder, got thesis.tex/);
    expect(() => openRunFolder(dir, { force: true })).toThrow(GroundswellError);
  });

  it('replaces an earlier run by force only, and only its files', () => {
    const dir = temporaryFolder();
    for (const name of ['manifest.json', 'series.parquet', 'mine.txt']) writeFileSync(join(dir, name), 'x');
    expect(() => openRunFolder(dir)).toThrow(/earlier run.*--force/);
    const folder = openRunFolder(dir, { force: true });
    expect(readdirSync(dir)).toHaveLength(3);
    folder.start();
    expect(readdirSync(dir)).toEqual(['mine.txt']);
  });

  it('points at recover when a run did not finish', () => {
    const dir = temporaryFolder();
    writeFileSync(join(dir, 'journal.bin'), '');
    expect(() => openRunFolder(dir)).toThrow(/did not finish.*groundswell recover/);
  });

  it('refuses a file', () => {
    const path = join(temporaryFolder(), 'out');
    writeFileSync(path, '');
    expect(() => openRunFolder(path)).toThrow(/this is a file: expected a folder/);
  });

  it('writes a file whole, or leaves the old one and no trace', () => {
    const dir = temporaryFolder();
    const folder = openRunFolder(dir);
    folder.write('a.txt', 'first');
    folder.write('a.txt', new TextEncoder().encode('second'));
    expect(readFileSync(join(dir, 'a.txt'), 'utf8')).toBe('second');
    expect(readdirSync(dir)).toEqual(['a.txt']);
    mkdirSync(join(dir, 'taken', 'inside'), { recursive: true });
    expect(() => folder.write('taken', 'x')).toThrow(/cannot write/);
    expect(readdirSync(dir).sort()).toEqual(['a.txt', 'taken']);
  });

  it('says where a manifest is missing', () => {
    const dir = temporaryFolder();
    expect(() => readManifest(join(dir, 'manifest.json'))).toThrow(/manifest.json: there is no manifest here/);
    expect(() => readManifest(dir)).toThrow(/there is no manifest here.*recover/);
  });
});
