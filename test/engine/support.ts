// What the engines' tests share: opening a WebGPU engine under the project's policy, comparing populations, and refusals.
import { existsSync } from 'node:fs';
import type { Engine, Population } from '../../src/engine/engine.ts';
import { openWebGpu } from '../../src/engine/webgpu/engine.ts';
import { GroundswellError } from '../../src/errors.ts';

const SWIFTSHADER = '/usr/lib/chromium/vk_swiftshader_icd.json';

/** Opens the WebGPU engine, emulated where there is no GPU. Without one: `undefined` and a warning; in CI (variable `CI`) an error. */
export async function openGpuForTest(): Promise<Engine | undefined> {
  if (existsSync(SWIFTSHADER)) process.env.VK_DRIVER_FILES ??= SWIFTSHADER;
  try {
    return await openWebGpu();
  } catch (cause) {
    if (process.env.CI) throw new Error('CI must provide a WebGPU device', { cause });
    console.warn(`SKIPPED: tests that need a WebGPU device (${cause instanceof Error ? cause.message : cause})`);
    return undefined;
  }
}

/** Where two populations differ: `field f: value at world w, agent i` for the first difference of every field, and worlds whose digests differ. */
export async function differences(one: Population, other: Population): Promise<string[]> {
  const found: string[] = [];
  const { population } = one.plan;
  for (const { name } of one.plan.layout.fields) {
    const [a, b] = await Promise.all([one.read(name), other.read(name)]);
    const at = a.length === b.length ? a.findIndex((value, i) => value !== b[i]) : Math.min(a.length, b.length);
    if (at >= 0) {
      const place = `world ${Math.floor(at / population)}, agent ${at % population}`;
      found.push(`field ${name}: ${a[at]} and ${b[at]} at ${place}`);
    }
  }
  const [a, b] = [await one.digests(), await other.digests()];
  a.forEach((digest, world) => {
    if (digest !== b[world]) found.push(`digest of world ${world}`);
  });
  return found;
}

/** Rows, digests and integer cells as plain text, for exact comparison. */
export async function measuredText(population: Population): Promise<string[]> {
  const { rows, stateDigests, cells } = await population.measured();
  const width = stateDigests.length === 0 ? 0 : cells.length / stateDigests.length;
  return Array.from(stateDigests, (digest, row) => {
    const place = `point ${rows.point[row]} replica ${rows.replica[row]} step ${rows.step[row]}`;
    const values = Object.values(rows.measures).map(column => column[row]);
    const own = cells.subarray(row * width, (row + 1) * width);
    return `${place}: ${digest.toString(16)} [${own.join(' ')}] ${values.join(' ')}`;
  });
}

/** The error with which an action is refused. */
export async function refusal(action: () => unknown): Promise<GroundswellError> {
  try {
    await action();
  } catch (error) {
    if (error instanceof GroundswellError) return error;
    throw error;
  }
  throw new Error('not refused');
}
