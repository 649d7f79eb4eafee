// docs/checking.md, followed to the letter: its files run, and print what it shows.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { blocksOf, commandsOf, groundswell, readPage, workFolder, writeBlock } from './blocks.ts';

const blocks = blocksOf(readPage('docs/checking.md'));
const shells = blocks.filter(({ language }) => language === 'sh');
const [fault, own, catalogue] = blocks.filter(({ language }) => language === 'text').map(({ text }) => text);
const { folder, remove } = workFolder();
beforeAll(() => {
  for (const block of blocks) if (['wgsl', 'js', 'yaml'].includes(block.language)) writeBlock(folder, block);
});
afterAll(remove);

test('the checked run stops at the fault that is shown; unchecked it does not', async () => {
  const [[...words]] = commandsOf(shells[0].text);
  expect(await groundswell(folder, words)).toEqual({ status: 1, output: fault });
  const unchecked = [...words.filter(word => word !== '--checked'), '--force'];
  expect(await groundswell(folder, unchecked)).toEqual({ status: 0, output: '' });
});

test('the traces are those that are shown', async () => {
  const [words] = commandsOf(shells[1].text);
  expect(await groundswell(folder, words)).toEqual({ status: 0, output: own });
  const example = ['explain', 'examples/noisy-q-voter.yaml', '--agent', '5', '--step', '2', '--point', '2'];
  expect(await groundswell(folder, example)).toEqual({ status: 0, output: catalogue });
});
