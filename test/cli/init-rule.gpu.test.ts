// What groundswell init --rule writes, on both engines.
import { beforeAll, expect, it } from 'vitest';
import { groundswell, workFolder } from '../docs/blocks.ts';
import { openTestDevice } from '../support/gpu.ts';

let available = false;

beforeAll(async () => {
  const device = await openTestDevice();
  available = device !== undefined;
  device?.close();
});

it('runs with the same digest on both engines, for every update', async context => {
  context.skip(!available, 'no WebGPU device');
  const { folder, remove } = workFolder();
  try {
    expect(await groundswell(folder, ['init', '--rule', 'peer_review'])).toMatchObject({ status: 0 });
    const model = ['--model', './peer_review.js'];
    const small = ['--set', 'population=1000', '--set', 'steps=20', '--set', 'params.asked=[1, 3]', '--quiet'];
    for (const update of ['synchronous', '{activation: 0.5}', 'sequential']) {
      const run = ['run', 'peer_review.yaml', ...model, ...small, '--set', `update=${update}`, '--force'];
      const { status, output } = await groundswell(folder, [...run, '--engine', 'webgpu']);
      expect(status, output).toBe(0);
      const again = await groundswell(folder, ['verify', 'runs/peer_review', ...model, '--engine', 'cpu']);
      expect(again.output).toMatch(/^OK: digest \w{16}, 8 worlds/);
    }
  } finally {
    remove();
  }
});
