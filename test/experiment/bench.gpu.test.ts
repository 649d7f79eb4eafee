// The benchmark on a WebGPU device: the answers declared at the quick size.
import { expect, test } from 'vitest';
import { runBench } from '../../src/experiment/bench/bench.ts';
import { workloads } from '../../src/models/workloads.ts';
import { openGpuForTest } from '../engine/support.ts';

test('the answers declared at the quick size, and a device in software at no other', async context => {
  const gpu = await openGpuForTest();
  if (!gpu) return context.skip('no WebGPU device');
  const { software } = gpu.info;
  await gpu.dispose();
  const options = { engine: 'webgpu', rounds: 1 } as const;
  const result = await runBench({ quick: true, ...options });
  const able = workloads.filter(({ needsHardware }) => !(software && needsHardware));
  expect(result.workloads.map(({ name, failure, digest }) => [name, failure, digest])).toEqual(
    able.map(({ name, quick }) => [name, undefined, quick.digest]),
  );
  expect(result.contenders.map(contender => contender.software)).toEqual([software]);
  if (software) await expect(runBench(options)).rejects.toThrow(/in software.*--quick/s);
});
