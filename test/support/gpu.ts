// A real WebGPU device for tests: Dawn in Node, on SwiftShader where there is no GPU. Nothing of the product is tested here.
import { existsSync } from 'node:fs';

const SWIFTSHADER = '/usr/lib/chromium/vk_swiftshader_icd.json';

export interface TestDevice {
  device: GPUDevice;
  /** Must be called, or the process never ends. */
  close(): Promise<void>;
}

/**
 * Opens a device. Without one, the result is `undefined` and a warning is printed, except in CI (environment variable `CI`),
 * where a missing device is an error.
 */
export async function openTestDevice(descriptor: GPUDeviceDescriptor = {}): Promise<TestDevice | undefined> {
  if (existsSync(SWIFTSHADER)) process.env.VK_DRIVER_FILES ??= SWIFTSHADER;
  process.env.XDG_RUNTIME_DIR ??= '/tmp';
  try {
    const { create, globals } = await import('webgpu');
    Object.assign(globalThis, globals);
    // Dawn dies natively once `gpu` is collected, also while it delivers the loss of the device: `close` holds it until after that.
    const gpu = create([]);
    const adapter = await gpu.requestAdapter();
    if (!adapter) throw new Error('no adapter');
    const device = await adapter.requestDevice(descriptor);
    const close = async (): Promise<void> => {
      device.destroy();
      await device.lost;
      await new Promise(resolve => setTimeout(resolve, 10));
      void gpu.wgslLanguageFeatures;
    };
    return { device, close };
  } catch (cause) {
    if (process.env.CI) throw new Error('CI must provide a WebGPU device', { cause });
    console.warn(`SKIPPED: tests that need a WebGPU device (${cause instanceof Error ? cause.message : cause})`);
    return undefined;
  }
}
