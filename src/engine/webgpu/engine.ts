// The WebGPU engine: Dawn in Node, the browser's own elsewhere; the code is the same.
import { GroundswellError } from '../../errors.ts';
import type { Engine, EngineInfo } from '../engine.ts';
import { startPopulation } from '../population.ts';
import { WebGpuDevice } from './device.ts';
import { describeAdapter, findGpu } from './gpu.ts';
import { RAISED_LIMITS, refuseTooLarge } from './limits.ts';
import { PassTimer } from './pass-timer.ts';

const TIMESTAMPS = 'timestamp-query';

/** A WebGPU engine that may tell how long its device was at work. */
export interface WebGpuEngine extends Engine {
  /** Milliseconds that the device took for what its populations computed since the last call; null where it has no timestamps, or they were not asked for. */
  takeGpuMs(): Promise<number | null>;
}

/** Opens the default GPU, or says why there is none. `timed`: with timestamps around what it computes, if it has them. */
export async function openWebGpu({ timed = false } = {}): Promise<WebGpuEngine> {
  const found = await findGpu();
  if ('absent' in found) {
    throw new GroundswellError({
      what: 'no WebGPU device',
      where: '--engine webgpu',
      got: found.absent,
      hint: 'use `--engine cpu`; `groundswell devices` says more',
    });
  }
  const { adapter, release } = found;
  const { limits } = adapter;
  const features: GPUFeatureName[] = timed && adapter.features.has(TIMESTAMPS) ? [TIMESTAMPS] : [];
  const device = await adapter
    .requestDevice({
      label: 'groundswell',
      requiredFeatures: features,
      requiredLimits: Object.fromEntries(RAISED_LIMITS.map(name => [name, limits[name]])),
    })
    .catch(async cause => {
      await release();
      throw new GroundswellError({ what: 'the GPU cannot be opened', kind: 'run', got: String(cause), cause });
    });
  const timer = device.features.has(TIMESTAMPS) ? new PassTimer(device) : undefined;
  let lostInfo: GPUDeviceLostInfo | undefined;
  let closing = false;
  void device.lost.then(info => {
    if (!closing) lostInfo = info;
  });
  const { device: description, software } = describeAdapter(adapter.info);
  const { vendor, architecture } = adapter.info;
  const info: EngineInfo = {
    name: 'webgpu',
    device: description,
    software,
    details: {
      vendor,
      architecture,
      description: adapter.info.description,
      maxBindingBytes: limits.maxStorageBufferBindingSize,
    },
  };
  return {
    info,
    async load(plan) {
      refuseTooLarge(plan, limits);
      return startPopulation(plan, await WebGpuDevice.load(plan, device, { software, lost: () => lostInfo, timer }));
    },
    takeGpuMs: async () => (timer ? timer.take() : null),
    async dispose() {
      closing = true;
      timer?.dispose();
      device.destroy();
      await device.lost;
      await release();
    },
  };
}
