// docs/tutorial.md, from its first command to its last, in one folder: what it shows is what comes out. Its run on a GPU is in tutorial.gpu.test.ts.
import { spawnSync } from 'node:child_process';
import { afterAll, describe, expect, test } from 'vitest';
import { type Block, blocksOf, groundswell, node, readPage, runBlock, workFolder, writeBlock } from './blocks.ts';

const PYTHON = '/usr/bin/python3';
const python = spawnSync(PYTHON, ['-c', 'import pandas']).status === 0;
if (!python && process.env.CI) throw new Error(`${PYTHON} cannot import pandas: install python3-pandas`);
if (!python) console.warn(`SKIPPED: ${PYTHON} cannot import pandas, so the tutorial's program in Python was not run.`);

const blocks = blocksOf(readPage('docs/tutorial.md'));
const { folder, remove } = workFolder();
afterAll(remove);

/** What the last command printed. */
let printed = '';

describe('docs/tutorial.md', () => {
  for (const block of blocks) {
    const { language, runs, file, line } = block;
    if (language === 'sh' && runs && file === undefined) {
      test(`commands at line ${line}`, async () => {
        printed = await runBlock(folder, block);
      });
    } else if (language === 'text') {
      test(`what is shown at line ${line}`, () => {
        for (const shown of block.text.trim().split('\n')) expect(printed).toContain(shown.trimEnd());
      });
    } else if (language === 'python') {
      test.skipIf(!python)(`${file} at line ${line}`, () => {
        writeBlock(folder, block);
        const { status, stdout, stderr } = spawnSync(PYTHON, [file!], { cwd: folder, encoding: 'utf8' });
        expect(status, stderr).toBe(0);
        // the same means as the table of the run
        expect(stdout).toMatch(/0\.2\s+0\.500\s+0\.\d+\s+0\.50/);
      });
    } else if (file !== undefined && !runs) {
      test(`${file} at line ${line}`, () => writeOver(block));
    }
  }

  test('a checked run finds the mistake that the page makes', async () => {
    const page = readPage('docs/tutorial.md');
    const rule = blocks.find(({ language }) => language === 'wgsl')!;
    const line = 'watching += checking(neighbor(me, below_at(k, degree(me))));';
    expect(rule.text.split('\n')[8]).toContain(line);
    const wrong = workFolder();
    for (const block of blocks.filter(({ file }) => file?.startsWith('lean_on_others.')))
      writeBlock(wrong.folder, block);
    const mistake = 'neighbor(me, degree(me) + k)';
    writeBlock(wrong.folder, { ...rule, text: rule.text.replace('neighbor(me, below_at(k, degree(me)))', mistake) });
    const model = ['--model', './lean_on_others.js'];
    await groundswell(wrong.folder, ['init', ...model, '--out', 'wrong.yaml']);
    const small = ['--set', 'population=100', '--set', 'steps=2', '--engine', 'cpu'];
    const { status, output } = await groundswell(wrong.folder, ['run', 'wrong.yaml', ...model, ...small, '--checked']);
    const unchecked = await groundswell(wrong.folder, ['run', 'wrong.yaml', ...model, ...small, '--force']);
    wrong.remove();
    expect({ checked: status, unchecked: unchecked.status }).toEqual({ checked: 1, unchecked: 0 });
    for (const words of [mistake, 'no such neighbour', 'agent 0, in step 1, point 0, replica 0']) {
      expect(page).toContain(`\`${words}\``);
      expect(output).toContain(words);
    }
  });

  async function writeOver(block: Block): Promise<void> {
    // before the first change, what init wrote passes its own tests; after the last, what the page made of it does
    if (block.language === 'wgsl') await passes(4);
    writeBlock(folder, block);
    if (block.file?.endsWith('.test.js')) await passes(3);
  }

  async function passes(count: number): Promise<void> {
    const { status, output } = await node(folder, ['--test']);
    expect(status, output).toBe(0);
    expect(output).toMatch(new RegExp(`^# pass ${count}$`, 'm'));
  }
});

test('the page has commands, results, and a rule with its model and tests', () => {
  const files = blocks.filter(({ runs }) => !runs).flatMap(({ file }) => file ?? []);
  expect(files).toEqual(['lean_on_others.wgsl', 'lean_on_others.js', 'lean_on_others.test.js']);
  expect(blocks.filter(({ language, runs }) => language === 'sh' && runs).length).toBeGreaterThan(5);
  expect(blocks.filter(({ language }) => language === 'text').length).toBeGreaterThan(3);
});
