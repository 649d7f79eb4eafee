// Finding a GPU: the browser's, or Dawn in Node. The object that Dawn's `create` returns must be held, and used, until the device is destroyed, or the process
// dies; and let go after that, or the process never exits. `GpuHandle` is the one holder.
import { GroundswellError } from '../../errors.ts';

export interface GpuHandle {
  adapter: GPUAdapter;
  /** Ends the use of the GPU object; call it last, when the device is lost. */
  release(): Promise<void>;
}

/** The default adapter, or an explanation why there is none. */
export async function findGpu(): Promise<GpuHandle | { absent: string }> {
  let gpu: GPU | undefined;
  const inNode = typeof process !== 'undefined' && process.versions?.node !== undefined;
  if (inNode) {
    // Dawn's Vulkan needs the folder to exist; headless machines often leave it unset
    process.env.XDG_RUNTIME_DIR ??= '/tmp';
    try {
      const dawn = await import('webgpu');
      Object.assign(globalThis, dawn.globals);
      gpu = dawn.create([]);
    } catch (cause) {
      return { absent: `the optional package "webgpu" does not load (${firstLine(cause)})` };
    }
  } else {
    gpu = globalThis.navigator?.gpu;
  }
  if (!gpu) return { absent: 'this browser has no WebGPU' };
  const adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' });
  const release = async (): Promise<void> => {
    // Dawn may still be delivering the event that led here: collected before the next turn, the GPU object takes the process with it
    await new Promise(resolve => setTimeout(resolve, 10));
    gpu = undefined;
  };
  if (!adapter) {
    await release();
    return { absent: 'no WebGPU adapter (no GPU, or no Vulkan driver)' };
  }
  return { adapter, release };
}

/** The adapter as a person would name it. */
export function describeAdapter(info: GPUAdapterInfo): { device: string; software: boolean } {
  const device = [info.description || info.device || info.vendor, info.architecture].filter(part => part).join(', ');
  const software = /swiftshader|llvmpipe|lavapipe|basic render|cpu/i.test(
    `${info.vendor} ${info.architecture} ${info.device} ${info.description}`,
  );
  return { device: device || 'unknown adapter', software };
}

/** Runs GPU calls so that their errors surface here, as ours. */
export async function checked<T>(device: GPUDevice, what: string, action: () => T | Promise<T>): Promise<T> {
  device.pushErrorScope('validation');
  device.pushErrorScope('internal');
  device.pushErrorScope('out-of-memory');
  let result: T | undefined;
  let thrown: unknown;
  try {
    result = await action();
  } catch (cause) {
    thrown = cause;
  }
  const errors = await Promise.all([device.popErrorScope(), device.popErrorScope(), device.popErrorScope()]);
  const [memory, ...others] = errors;
  const error = memory ?? others.find(other => other !== null);
  if (!memory && thrown instanceof GroundswellError) throw thrown;
  if (error || thrown !== undefined) {
    const hint = memory ? 'use fewer agents, points or replicas, or `--engine cpu`' : undefined;
    const got = error?.message ?? firstLine(thrown);
    throw new GroundswellError({
      what: memory ? `the GPU has no memory for ${what}` : what,
      kind: 'run',
      got,
      hint,
      cause: thrown,
    });
  }
  return result as T;
}

function firstLine(cause: unknown): string {
  return (cause instanceof Error ? cause.message : String(cause)).split('\n')[0];
}
