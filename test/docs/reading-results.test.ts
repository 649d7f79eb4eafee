// docs/reading-results.md: its commands and its programs in Python and R are run, one after the other, in one folder.
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { blocksOf, readPage, runBlock, workFolder, writeBlock } from './blocks.ts';

/** A language: the program that runs its blocks, what it must be able to load, and which packages of Debian bring it. */
interface Language {
  command: string;
  probe: string[];
  packages: string;
}

const LANGUAGES: Readonly<Record<string, Language>> = {
  python: { command: '/usr/bin/python3', probe: ['-c', 'import pandas'], packages: 'python3-pandas' },
  r: { command: 'Rscript', probe: ['-e', 'library(jsonlite)'], packages: 'r-base-core r-cran-jsonlite' },
};

const page = readPage('docs/reading-results.md');
const blocks = blocksOf(page);
const runnable = blocks.filter(({ runs }) => runs);
const { folder, remove } = workFolder();
beforeAll(async () => {
  for (const block of runnable.filter(({ language }) => language === 'sh')) await runBlock(folder, block);
});
afterAll(remove);

/** What a program prints; throws with all of it if it fails. */
function output(command: string, args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd: folder, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${command} ended with ${status}:\n${stdout}${stderr}`);
  return stdout;
}

/** Lines without their spacing, which differs between versions of pandas and R. */
const lines = (text: string): string[] =>
  text
    .split('\n')
    .map(line => line.trim().replace(/\s+/g, ' '))
    .filter(Boolean);

describe.each(Object.entries(LANGUAGES))('%s', (name, { command, probe, packages }) => {
  const present = spawnSync(command, probe).status === 0;
  if (!present && process.env.CI) throw new Error(`CI must provide ${name}: install ${packages}`);
  if (!present) console.warn(`SKIPPED: ${name} is not here with what the page needs (Debian: ${packages})`);

  const [program] = runnable.filter(({ language }) => language === name);

  test.skipIf(!present)('reads the run', () => {
    writeBlock(folder, program);
    const printed = lines(output(command, [program.file!]));
    expect(printed[0]).toBe('noisy-q-voter complete bitwise');
    if (name === 'python')
      for (const line of lines(blocks.find(({ language }) => language === 'text')!.text))
        expect(printed).toContain(line);
    // R rounds to as many digits, in its own way: compare the numbers
    const row = printed
      .find(line => / ?0\.05 /.test(line))!
      .split(' ')
      .map(Number);
    expect(
      row.some(value => Math.abs(value - 0.973) < 0.0005),
      printed.join('\n'),
    ).toBe(true);
  });

  test.skipIf(!present)('finds agents that do not fit the series', () => {
    const file = join(folder, 'agents.csv');
    const right = readFileSync(file, 'utf8');
    try {
      writeFileSync(file, right.replace(/,1\r\n/, ',0\r\n'));
      expect(() => output(command, [program.file!])).toThrow(/ended with 1/);
    } finally {
      writeFileSync(file, right);
    }
  });
});

test('every language of the page that is run has its program', () => {
  const run = new Set(runnable.map(({ language }) => language));
  expect([...run].sort()).toEqual(['python', 'r', 'sh']);
});

test('columns and keys that the page names are those of the run', () => {
  const manifest = JSON.parse(readFileSync(join(folder, 'runs/q-voter/manifest.json'), 'utf8'));
  const section = page.slice(page.indexOf('**`manifest.json`**'), page.indexOf('## As CSV'));
  const named = [...section.matchAll(/^\| (`[^|]*`) +\|/gm)].flatMap(([, cell]) =>
    [...cell.matchAll(/`(\w+)`/g)].map(([, key]) => key),
  );
  expect(Object.keys(manifest).filter(key => !named.includes(key) && !['format', 'model'].includes(key))).toEqual([]);
  expect(named.filter(key => !(key in manifest))).toEqual([]);
});
