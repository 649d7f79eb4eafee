// A worker thread of the CPU engine: computes some of the worlds of one population after the other, all steps of them, in buffers shared with the main thread. Worlds
// never meet, so that threads need no barrier.
import { parentPort } from 'node:worker_threads';
import { createRunner } from './runner.js';

/** @type {ReturnType<typeof createRunner> | undefined} */
let runner;

/** @typedef {{ kernels: import('./runner.js').CompiledKernel[], buffers: Record<string, ArrayBufferLike>, range: import('./runner.js').WorldRange }} Share */

parentPort?.on('message', (/** @type {Uint32Array | Share | 'forget'} */ message) => {
  if (message === 'forget') {
    runner = undefined;
  } else if (message instanceof Uint32Array) {
    for (const block of runner?.blocks ?? []) runner?.run(block, message, 0, message.length);
    parentPort?.postMessage('done');
  } else {
    runner = createRunner(message.kernels, message.buffers, message.range);
  }
});
