// The WebGPU engine: the conformance suite, dispatches in two dimensions, and failures of the device.
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openCpu } from '../../src/engine/cpu/engine.ts';
import type { Engine } from '../../src/engine/engine.ts';
import { findGpu } from '../../src/engine/webgpu/gpu.ts';
import { refuseTooLarge, workgroups } from '../../src/engine/webgpu/limits.ts';
import { prepare } from '../../src/experiment/prepare.ts';
import { load } from '../support/runs.ts';
import { conformance } from './conformance.ts';
import { differences, openGpuForTest, refusal } from './support.ts';
import { drifters, toy, word } from './toys.ts';

conformance('webgpu', openGpuForTest);

const SMALL = { model: 'drifters', population: 70, topology: 'ring', steps: 4 };

describe('dispatches in two dimensions', () => {
  test('more than 65,535 workgroups: the same state as on the CPU', async context => {
    const engine = await openGpuForTest();
    if (!engine) return context.skip('no WebGPU device');
    const counting = toy(
      { name: 'counting', fields: { mark: word }, rules: ['count_up'] },
      {
        count_up:
          'import package::agent::{mark, set_mark};\nfn count_up(me: u32) {\n  set_mark(mark(me) * 3u + me + 1u);\n}',
      },
    );
    const cpu = await openCpu({ threads: 1 });
    const spec = { model: 'counting', population: 2_100_037, topology: 'ring', replicas: 2, steps: 1 };
    const one = await load(engine, spec, { models: [counting] });
    expect(workgroups(one.prepared.plan, one.prepared.plan.passes.step[0].kernel)[1]).toBe(2);
    const other = await load(cpu, spec, { models: [counting] });
    await Promise.all([one.population.step(2, { every: 0 }), other.population.step(2, { every: 0 })]);
    expect(await differences(one.population, other.population)).toEqual([]);
    await one.population.dispose();
    await engine.dispose();
  });
});

test('engines open and close in turn, with nothing between but the garbage collector', async context => {
  setFlagsFromString('--expose-gc');
  const collectGarbage = runInNewContext('gc') as () => void;
  for (let k = 0; k < 6; k++) {
    const engine = await openGpuForTest();
    if (!engine) return context.skip('no WebGPU device');
    await engine.dispose();
    collectGarbage();
  }
});

describe('failures', () => {
  let devices: GPUDevice[] = [];
  let restore: (() => Promise<void>) | undefined;

  // Looks over the engine's shoulder: keeps the devices that it opens.
  beforeAll(async () => {
    const probe = await openGpuForTest();
    if (!probe) return;
    await probe.dispose();
    const found = await findGpu();
    if ('absent' in found) return;
    const prototype = Object.getPrototypeOf(found.adapter) as GPUAdapter;
    const { requestDevice } = prototype;
    prototype.requestDevice = async function (this: GPUAdapter, descriptor) {
      const device = await requestDevice.call(this, descriptor);
      devices.push(device);
      return device;
    };
    restore = () => {
      prototype.requestDevice = requestDevice;
      return found.release();
    };
  });
  afterAll(() => restore?.());

  const opened = async (): Promise<{ engine: Engine; device: GPUDevice } | undefined> => {
    devices = [];
    const engine = restore && (await openGpuForTest());
    return engine && { engine, device: devices[0] };
  };

  test('a device that is lost under way: a clear error for every later call, and the engine still closes', async context => {
    const found = await opened();
    if (!found) return context.skip('no WebGPU device');
    const { engine, device } = found;
    const { population, prepared } = await load(engine, SMALL, { models: [drifters] });
    await population.step(3);
    expect((await population.measured()).rows.step.length).toBe(4);
    device.destroy();
    await device.lost;
    for (const call of [
      () => population.step(1),
      () => population.measured(),
      () => population.read('spot'),
      () => population.digests(),
      () => population.write('spot', new Uint32Array(70)),
      () => engine.load(prepared.plan),
    ]) {
      const error = await refusal(call);
      expect(error.kind).toBe('run');
      expect(error.what).toBe('the GPU was lost');
      expect(error.hint).toMatch(/--engine cpu/);
    }
    await population.dispose();
    await engine.dispose();
    await engine.dispose();
  });

  test('a kernel that the device refuses: label, line, column and text', async context => {
    const found = await opened();
    if (!found) return context.skip('no WebGPU device');
    const { plan } = await prepare({ value: SMALL }, { models: [drifters] });
    const kernels = plan.kernels.map((kernel, k) =>
      k === 1 ? { ...kernel, parallel: `${kernel.parallel}\nfn broken() -> u32 { return 1i; }` } : kernel,
    );
    const error = await refusal(() => found.engine.load({ ...plan, kernels }));
    expect(error.kind).toBe('run');
    expect(error.message).toMatch(/^kernel drift:\d+:22: return statement type must match.*got fn broken\(\) -> u32/);
    const { population } = await load(found.engine, SMALL, { models: [drifters] });
    await population.step(1);
    await population.dispose();
    await found.engine.dispose();
  });

  test('memory that the device does not have', async context => {
    const found = await opened();
    if (!found) return context.skip('no WebGPU device');
    const { engine, device } = found;
    const original = device.createBuffer.bind(device);
    let live = 0;
    device.createBuffer = descriptor => {
      // a size beyond the device's own limit makes the driver's answer reproducible
      if (descriptor.label === 'scratch') return original({ ...descriptor, size: 2 ** 50 });
      const buffer = original(descriptor);
      const destroy = buffer.destroy.bind(buffer);
      live++;
      buffer.destroy = () => {
        live--;
        return destroy();
      };
      return buffer;
    };
    const { plan } = await prepare({ value: SMALL }, { models: [drifters] });
    const error = await refusal(() => engine.load(plan));
    expect(error.kind).toBe('run');
    expect(error.message).toMatch(/the scratch buffer of \d+ bytes/);
    expect(live, 'buffers left behind').toBe(0);
    device.createBuffer = original;
    await engine.dispose();
  });

  test('a plan beyond the limits is refused with numbers before anything is allocated', async context => {
    const found = await opened();
    if (!found) return context.skip('no WebGPU device');
    const { plan } = await prepare({ value: SMALL }, { models: [drifters] });
    const huge = { ...plan, buffers: { ...plan.buffers, state: { words: 2 ** 36, parts: [] } } };
    found.device.createBuffer = () => {
      throw new Error('allocated');
    };
    const error = await refusal(() => found.engine.load(huge));
    expect(error.kind).toBe('input');
    expect(error.message).toMatch(/the state buffer does not fit this GPU: expected at most \d+ MiB, got 262144 MiB/);
    await found.engine.dispose();
  });
});

test('limits: the smaller of binding and buffer counts', async () => {
  const { plan } = await prepare(
    { value: { ...SMALL, update: 'synchronous', population: 10_000_000 } },
    { models: [drifters] },
  );
  const megabyte = 2 ** 20;
  const limits = { maxStorageBufferBindingSize: 128 * megabyte, maxBufferSize: 256 * megabyte };
  refuseTooLarge(plan, limits);
  for (const name of ['maxStorageBufferBindingSize', 'maxBufferSize'] as const) {
    const error = await refusal(() => refuseTooLarge(plan, { ...limits, [name]: 8 * megabyte }));
    expect(error.message).toBe(
      'population: the state buffer does not fit this GPU: expected at most 8 MiB, got 40 MiB for 1 worlds of 10000000 agents. Use fewer agents, points or replicas, or `--engine cpu`',
    );
  }
});
