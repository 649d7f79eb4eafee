// The command on a WebGPU device. Its runs are processes of their own, so that no device is open here.
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { readManifest } from '../../src/index.ts';
import { openTestDevice } from '../support/gpu.ts';
import { folderWith, groundswell, SMALL } from './command.ts';

let available = false;

beforeAll(async () => {
  const device = await openTestDevice();
  available = device !== undefined;
  device?.close();
});

describe('the command on WebGPU', () => {
  it('gives the digest of the CPU, whatever the workgroup size, and verifies across engines', async context => {
    context.skip(!available, 'no WebGPU device');
    const folder = folderWith({ 'small.yaml': SMALL });
    const engines = { cpu: ['cpu'], webgpu: ['webgpu'], wide: ['webgpu', '--workgroup-size', '128'] };
    for (const [out, args] of Object.entries(engines)) {
      const { status, stderr } = await groundswell(folder, 'run', 'small.yaml', '--out', out, '--engine', ...args);
      expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    }
    const [cpu, webgpu, wide] = Object.keys(engines).map(out => readManifest(join(folder, out)));
    expect(webgpu.engine.name).toBe('webgpu');
    expect([webgpu.digest, wide.digest]).toEqual([cpu.digest, cpu.digest]);
    expect([webgpu.kernelHash, wide.kernelHash]).toEqual([cpu.kernelHash, cpu.kernelHash]);
    expect(webgpu.worldDigests).toEqual(cpu.worldDigests);
    expect(await groundswell(folder, 'verify', 'cpu', '--engine', 'webgpu')).toMatchObject({ status: 0 });
    expect(await groundswell(folder, 'verify', 'webgpu', '--engine', 'cpu')).toMatchObject({ status: 0 });
  });

  it('lists the device and exits', async context => {
    context.skip(!available, 'no WebGPU device');
    const { status, stdout } = await groundswell(folderWith(), 'devices', '--json');
    expect(status).toBe(0);
    expect(JSON.parse(stdout).webgpu).toMatchObject({
      name: 'webgpu',
      details: { maxBindingBytes: expect.any(Number) },
    });
  });
});
