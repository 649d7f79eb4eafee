// The library in a real browser: the same bundle, both engines, and the digests that Node computes. Needs Debian's chromium.
import { existsSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Browser, chromium, type Page } from 'playwright-core';
import { build, type Rolldown } from 'vite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openCpu } from '../../src/engine/cpu/engine.ts';
import { finalDigests } from '../support/runs.ts';

const CHROMIUM = '/usr/bin/chromium';
const present = existsSync(CHROMIUM);
if (!present) {
  if (process.env.CI) throw new Error('CI must provide chromium');
  console.warn('SKIPPED: browser tests (no /usr/bin/chromium)');
}

/** WebGPU on SwiftShader, without a display and without talking to the network. */
const ARGUMENTS = [
  '--no-sandbox',
  '--enable-unsafe-webgpu',
  '--use-webgpu-adapter=swiftshader',
  '--enable-features=Vulkan',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
];

const SPECS = [
  { model: 'voter', population: 501, replicas: 2, params: { zealots_up: [0, 5] }, steps: 10, update: 'pairing' },
  {
    model: 'llm-conformity',
    population: 300,
    topology: { kind: 'erdos-renyi', mean_degree: 4, directed: true },
    params: { preset: ['gpt-5-mini', 'Qwen3-14B'] },
    steps: 10,
  },
];

describe.skipIf(!present)('in Chromium', () => {
  let browser: Browser;
  let server: Server;
  let page: Page;

  beforeAll(async () => {
    const script = await bundle();
    server = createServer((request, response) => {
      const isScript = request.url === '/entry.js';
      response.setHeader('content-type', isScript ? 'text/javascript' : 'text/html');
      response.end(isScript ? script : '<!doctype html><script type="module" src="/entry.js"></script>');
    });
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    browser = await chromium.launch({ executablePath: CHROMIUM, args: ARGUMENTS });
    page = await browser.newPage();
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    await page.waitForFunction(() => 'digests' in globalThis);
  });

  afterAll(async () => {
    await browser?.close();
    server?.close();
  });

  test.each(SPECS)('$model has the digests of Node on both engines', async spec => {
    const cpu = await openCpu({ threads: 1 });
    const expected = await finalDigests(cpu, spec);
    for (const engine of ['cpu', 'webgpu']) {
      const call = `digests(${JSON.stringify(spec)}, '${engine}')`;
      expect(await page.evaluate(call), engine).toEqual(expected);
    }
  });
});

/** The entry and all that it imports as one script. */
async function bundle(): Promise<string> {
  const result = await build({
    configFile: false,
    logLevel: 'error',
    build: {
      write: false,
      minify: false,
      target: 'es2022',
      rolldownOptions: {
        input: new URL('./entry.ts', import.meta.url).pathname,
        output: { format: 'es', codeSplitting: false },
      },
    },
  });
  const { output } = result as Rolldown.RolldownOutput;
  const entry = output.find(part => part.type === 'chunk' && part.isEntry);
  if (entry?.type !== 'chunk') throw new Error('the bundle has no entry');
  return entry.code;
}
