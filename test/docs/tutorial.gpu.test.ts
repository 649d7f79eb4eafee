// The run on a GPU in docs/tutorial.md: its own rule has the digest of the CPU.
import { beforeAll, expect, test } from 'vitest';
import { openTestDevice } from '../support/gpu.ts';
import { blocksOf, groundswell, readPage, runBlock, workFolder, writeBlock } from './blocks.ts';

let available = false;
beforeAll(async () => {
  const device = await openTestDevice();
  available = device !== undefined;
  device?.close();
});

test('docs/tutorial.md: the rule of one’s own, verified on the other engine', async context => {
  context.skip(!available, 'no WebGPU device');
  const blocks = blocksOf(readPage('docs/tutorial.md'));
  const { folder, remove } = workFolder();
  try {
    for (const block of blocks.filter(({ file, language }) => file !== undefined && /^(wgsl|js)$/.test(language)))
      writeBlock(folder, block);
    const model = ['--model', './lean_on_others.js'];
    await groundswell(folder, ['init', ...model, '--out', 'small.yaml']);
    const small = ['--set', 'population=1000', '--set', 'params.seen=[1, 4]', '--out', 'runs/seen', '--engine', 'cpu'];
    const { status, output } = await groundswell(folder, ['run', 'small.yaml', ...model, ...small]);
    expect(status, output).toBe(0);
    const onGpu = blocks.filter(({ file }) => file === 'gpu');
    expect(onGpu).toHaveLength(1);
    expect(await runBlock(folder, onGpu[0])).toMatch(/^OK: digest \w{16}, 8 worlds, 100 steps/m);
  } finally {
    remove();
  }
});
