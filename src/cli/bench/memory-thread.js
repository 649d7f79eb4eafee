// A thread that measures memory, beside others at the same time: a triad a = b + s · c over numbers of 8 bytes, and a sum of words gathered at random places. `begin` and `end` are in
// milliseconds of one clock for all threads.
import { parentPort, workerData } from 'node:worker_threads';

/** Seconds that each figure takes at least. */
const LEAST = 0.25;

const { elements } = /** @type {{ elements: number }} */ (workerData);

/** @param {Float64Array} a @param {Float64Array} b @param {Float64Array} c */
function triad(a, b, c) {
  for (let i = 0; i < a.length; i++) a[i] = b[i] + 3 * c[i];
}

/** @param {Uint32Array} table @param {Uint32Array} places */
function gather(table, places) {
  let sum = 0;
  for (let i = 0; i < places.length; i++) sum = (sum + table[places[i]]) | 0;
  return sum;
}

const [a, b, c] = [0, 1, 2].map(k => new Float64Array(elements).fill(k));
// places from a linear congruential generator with the full period of a power of two (Hull & Dobell 1962): each once, in no order that a processor foresees
const table = new Uint32Array(b.buffer);
const places = new Uint32Array(c.buffer.slice(0));
const order = () => {
  let place = 1;
  for (let i = 0; i < places.length; i++) {
    place = (Math.imul(place, 1_664_525) + 1_013_904_223) & (places.length - 1);
    places[i] = place;
  }
};
order();

/** @param {() => unknown} work @param {number} bytes */
function timed(work, bytes) {
  work();
  const begin = performance.timeOrigin + performance.now();
  let end = begin;
  let moved = 0;
  while (end - begin < 1000 * LEAST) {
    work();
    moved += bytes;
    end = performance.timeOrigin + performance.now();
  }
  return { begin, end, bytes: moved };
}

parentPort?.on('message', (/** @type {'triad' | 'gather'} */ what) => {
  const found =
    what === 'triad'
      ? timed(() => triad(a, b, c), 24 * elements)
      : timed(() => gather(table, places), 4 * places.length);
  parentPort?.postMessage(found);
});
parentPort?.postMessage('ready');
