// docs/policy-tables.md, followed to the letter: its table runs, its script writes one that runs, and its lists of rows are the rows.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { policyRows } from '../../src/models/policy-histories.ts';
import { blocksOf, groundswell, readPage, runBlock, workFolder, writeBlock } from './blocks.ts';

const text = readPage('docs/policy-tables.md');
const blocks = blocksOf(text);
const { folder, remove } = workFolder();
beforeAll(() => {
  for (const block of blocks) if (['csv', 'yaml'].includes(block.language)) writeBlock(folder, block);
});
afterAll(remove);

const rowsOf = (): string[][] =>
  readFileSync(join(folder, 'policy.csv'), 'utf8')
    .trim()
    .split('\n')
    .map(line => line.split(','));
const run = (...changes: string[]) =>
  groundswell(folder, [
    'run',
    'policy.yaml',
    '--force',
    '--quiet',
    '--engine',
    'cpu',
    '--set',
    'population=100',
    ...changes,
  ]);

test('the table has the rows in order, and runs', async () => {
  expect(rowsOf().slice(1).map(([history]) => history)).toEqual(policyRows(1)); // biome-ignore format: one thought
  expect(text).toContain(`${[0, 1, 2, 3, 4, 5].map(history => policyRows(history).length).join(', ')}, …`);
  expect((await run()).status).toBe(0);
});

test('a table for another history is refused, with the history that it is for', async () => {
  const { status, output } = await run('--set', 'params.history=2');
  expect(status).toBe(2);
  expect(output).toContain('expected 21 values for history 2, got 5 in policy.csv. 5 are right for history 1');
});

test('the script writes a table that runs', async () => {
  await runBlock(folder, blocks.find(({ file }) => file === 'rows.mjs')!);
  expect(rowsOf().slice(1).map(([history]) => history)).toEqual(policyRows(1)); // biome-ignore format: one thought
  expect(rowsOf().slice(1).map(([, probability]) => Number(probability))).toEqual([0, 0, 1, 0, 1]); // biome-ignore format: one thought
  expect((await run()).status).toBe(0);
});
