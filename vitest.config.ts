import { existsSync } from 'node:fs';
import { defineConfig } from 'vitest/config';

// Where there is no GPU, tests use SwiftShader, a Vulkan device in software that comes with Debian's chromium.
const SWIFTSHADER = '/usr/lib/chromium/vk_swiftshader_icd.json';
const noGpu = !existsSync('/dev/dri') && !existsSync('/dev/nvidiactl');
if (noGpu && existsSync(SWIFTSHADER)) process.env.VK_DRIVER_FILES ??= SWIFTSHADER;

// Two projects: plain tests run in parallel; tests with a live GPU device run one file at a time, since a device keeps a core busy.
export default defineConfig({
  test: {
    testTimeout: 120_000,
    hookTimeout: 120_000,
    maxWorkers: '100%',
    // in CI also a file that tells how many tests were skipped
    reporters: process.env.CI ? ['default', ['json', { outputFile: 'node_modules/.cache/tests.json' }]] : ['default'],
    projects: [
      { extends: true, test: { name: 'unit', include: ['test/**/*.test.ts'], exclude: ['test/**/*.gpu.test.ts'] } },
      {
        extends: true,
        test: {
          name: 'gpu',
          include: ['test/**/*.gpu.test.ts'],
          pool: 'forks',
          fileParallelism: false,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
