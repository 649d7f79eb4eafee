// Blocks of README.md that are marked `run` do: command lines that call the program, and Node scripts.
import { afterAll, describe, expect, test } from 'vitest';
import { blocksOf, commandsOf, readPage, runBlock, workFolder } from './blocks.ts';

const runnable = blocksOf(readPage('README.md')).filter(({ runs, language }) => runs && /^(?:sh|js)$/.test(language));
const { folder, remove } = workFolder();
afterAll(remove);

describe('README.md', () => {
  // in order, since a command may use what one before it wrote
  for (const block of runnable) {
    test(`${block.language} block at line ${block.line}`, async () => {
      await runBlock(folder, block);
    });
  }

  test('has blocks that run', () => {
    expect(runnable.length).toBeGreaterThan(0);
  });
});

describe('reading blocks', () => {
  test('marks, files and text', () => {
    const [first, second] = blocksOf('a\n```sh run\ngroundswell models\n```\n\n```js run a.js\n1;\n```\n');
    expect(first).toEqual({ language: 'sh', runs: true, file: undefined, text: 'groundswell models\n', line: 2 });
    expect(second).toMatchObject({ language: 'js', runs: true, file: 'a.js' });
  });

  test('commands: quotes, comments and continued lines; other programs are left out', () => {
    const text = "npm ci\ngroundswell run 'a b.yaml' --set x=[1,2] \\\n  --dry   # why\nnode dist/cli.js models\n";
    expect(commandsOf(text)).toEqual([['run', 'a b.yaml', '--set', 'x=[1,2]', '--dry'], ['models']]);
  });

  test('a command that fails is seen', async () => {
    const block = { language: 'sh', runs: true, text: 'groundswell run nothing.yaml\n', line: 1 };
    await expect(runBlock(folder, block)).rejects.toThrow('ended with 2');
  });
});
