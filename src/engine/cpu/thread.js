// A worker thread of the CPU engine: computes its share of one population after the other, all steps of it, in memory shared with the main thread.
import { parentPort } from 'node:worker_threads';
import { createRunner } from './runner.js';

/** @type {ReturnType<typeof createRunner> | undefined} */
let runner;

parentPort?.on('message', (/** @type {Uint32Array | import('./runner.js').Work | 'forget'} */ message) => {
  if (message === 'forget') {
    runner = undefined;
  } else if (message instanceof Uint32Array) {
    for (const block of runner?.blocks ?? []) runner?.run(block, message, 0, message.length);
    parentPort?.postMessage('done');
  } else {
    runner = createRunner(message);
  }
});
