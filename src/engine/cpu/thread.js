// A worker thread of the CPU engine: computes some of the worlds, all steps of them, in buffers shared with the main thread. Worlds never meet, so that threads
// need no barrier.
import { parentPort, workerData } from 'node:worker_threads';
import { createRunner } from './runner.js';

const { kernels, buffers, range } = workerData;
const run = createRunner(kernels, buffers, range);

parentPort?.on('message', (/** @type {Uint32Array} */ commands) => {
  run(commands, 0, commands.length);
  parentPort?.postMessage('done');
});
