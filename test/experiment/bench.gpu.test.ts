// The benchmark on a WebGPU device: the answers declared at the quick size.
import { expect, test } from 'vitest';
import { openWebGpu } from '../../src/engine/webgpu/engine.ts';
import { runBench } from '../../src/experiment/bench/bench.ts';
import { prepare } from '../../src/experiment/prepare.ts';
import { workloads } from '../../src/models/workloads.ts';
import { openGpuForTest } from '../engine/support.ts';

/** By how much the two clocks may disagree: Dawn rounds timestamps. */
const CLOCK_MS = 1;

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

test('time at work from timestamps, where the device has them: some, and no more than wall time', async context => {
  const gpu = await openGpuForTest();
  if (!gpu) return context.skip('no WebGPU device');
  await gpu.dispose();
  const timed = await openWebGpu({ timed: true });
  const hasTimestamps = (await timed.takeGpuMs()) !== null;
  await timed.dispose();
  const chosen = workloads.filter(({ name }) => name === 'majority');
  const { workloads: found } = await runBench({ quick: true, engine: 'webgpu', rounds: 1, workloads: chosen });
  const [{ gpuMs, seconds }] = found[0].contenders;
  if (!hasTimestamps) return expect(gpuMs).toBeNull();
  expect(gpuMs!.median).toBeGreaterThan(0);
  expect(gpuMs!.median).toBeLessThanOrEqual(1000 * seconds[0] + CLOCK_MS);
});

test('timestamps of many passes: more than the device keeps at once, none twice, and none unless asked for', async context => {
  const gpu = await openGpuForTest();
  if (!gpu) return context.skip('no WebGPU device');
  const { plan } = await prepare({ value: { model: 'voter', population: 64, update: 'synchronous', steps: 1 } });
  const plain = await openWebGpu();
  expect(await plain.takeGpuMs()).toBeNull();
  await plain.dispose();
  await gpu.dispose();
  const timed = await openWebGpu({ timed: true });
  const population = await timed.load(plan);
  if ((await timed.takeGpuMs()) === null) context.skip('no timestamps');
  for (let k = 0; k < 2100; k++) await population.step(1, { every: 0 });
  const begun = performance.now();
  await population.step(500, { every: 0 });
  const last = performance.now() - begun;
  expect(await timed.takeGpuMs()).toBeGreaterThan(last / 100);
  expect(await timed.takeGpuMs()).toBe(0);
  await population.dispose();
  await timed.dispose();
});
