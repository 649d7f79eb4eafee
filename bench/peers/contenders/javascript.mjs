// Hand-written JavaScript: typed arrays, one thread, a byte per agent, Threefry written out.
import { readInstance } from '../lib/instance.mjs';
import { serve } from '../lib/serve.mjs';

function gather({ count, rowOffsets, neighbors }, now, next) {
  let edge = 0;
  for (let me = 0; me < count; me++) {
    const end = rowOffsets[me + 1];
    const degree = end - edge;
    let ups = 0;
    for (; edge < end; edge++) ups += now[neighbors[edge]];
    const twice = 2 * ups;
    next[me] = twice === degree ? now[me] : twice > degree ? 1 : 0;
  }
}

function noisyMajority({ count, rowOffsets, neighbors, key: [k0, k1], a }, now, next, step) {
  const k2 = k0 ^ k1 ^ 0x1bd11bda;
  let edge = 0;
  for (let me = 0; me < count; me++) {
    const end = rowOffsets[me + 1];
    const degree = end - edge;
    let ups = 0;
    for (; edge < end; edge++) ups += now[neighbors[edge]];
    let x = (me + k0) | 0;
    let y = (step + k1) | 0;
    x = (x + y) | 0;
    y = ((y << 13) | (y >>> 19)) ^ x;
    x = (x + y) | 0;
    y = ((y << 15) | (y >>> 17)) ^ x;
    x = (x + y) | 0;
    y = ((y << 26) | (y >>> 6)) ^ x;
    x = (x + y) | 0;
    y = ((y << 6) | (y >>> 26)) ^ x;
    x = (x + k1) | 0;
    y = (y + k2 + 1) | 0;
    x = (x + y) | 0;
    y = ((y << 17) | (y >>> 15)) ^ x;
    x = (x + y) | 0;
    y = ((y << 29) | (y >>> 3)) ^ x;
    x = (x + y) | 0;
    y = ((y << 16) | (y >>> 16)) ^ x;
    x = (x + y) | 0;
    y = ((y << 24) | (y >>> 8)) ^ x;
    x = (x + k2) | 0;
    y = (y + k0 + 2) | 0;
    x = (x + y) | 0;
    y = ((y << 13) | (y >>> 19)) ^ x;
    x = (x + y) | 0;
    y = ((y << 15) | (y >>> 17)) ^ x;
    x = (x + y) | 0;
    y = ((y << 26) | (y >>> 6)) ^ x;
    x = (x + y) | 0;
    y = ((y << 6) | (y >>> 26)) ^ x;
    x = (x + k0) | 0;
    y = (y + k1 + 3) | 0;
    x = (x + y) | 0;
    y = ((y << 17) | (y >>> 15)) ^ x;
    x = (x + y) | 0;
    y = ((y << 29) | (y >>> 3)) ^ x;
    x = (x + y) | 0;
    y = ((y << 16) | (y >>> 16)) ^ x;
    x = (x + y) | 0;
    y = ((y << 24) | (y >>> 8)) ^ x;
    x = (x + k1) | 0;
    y = (y + k2 + 4) | 0;
    x = (x + y) | 0;
    y = ((y << 13) | (y >>> 19)) ^ x;
    x = (x + y) | 0;
    y = ((y << 15) | (y >>> 17)) ^ x;
    x = (x + y) | 0;
    y = ((y << 26) | (y >>> 6)) ^ x;
    x = (x + y) | 0;
    y = ((y << 6) | (y >>> 26)) ^ x;
    x = (x + k2) | 0;
    y = (y + k0 + 5) | 0;
    const twice = 2 * ups;
    next[me] = twice === degree ? y >>> 31 : (twice > degree ? 1 : 0) ^ (x >>> 1 < a ? 1 : 0);
  }
}

function contagion({ count, rowOffsets, neighbors, key: [k0, k1], a, table }, now, next, step) {
  const k2 = k0 ^ k1 ^ 0x1bd11bda;
  const chances = Uint32Array.from(table);
  for (let me = 0; me < count; me++) {
    const before = now[me];
    let change = a;
    if (before === 0) {
      let infected = 0;
      for (let edge = rowOffsets[me], end = rowOffsets[me + 1]; edge < end; edge++) infected += now[neighbors[edge]];
      change = chances[infected];
    }
    let x = (me + k0) | 0;
    let y = (step + k1) | 0;
    x = (x + y) | 0;
    y = ((y << 13) | (y >>> 19)) ^ x;
    x = (x + y) | 0;
    y = ((y << 15) | (y >>> 17)) ^ x;
    x = (x + y) | 0;
    y = ((y << 26) | (y >>> 6)) ^ x;
    x = (x + y) | 0;
    y = ((y << 6) | (y >>> 26)) ^ x;
    x = (x + k1) | 0;
    y = (y + k2 + 1) | 0;
    x = (x + y) | 0;
    y = ((y << 17) | (y >>> 15)) ^ x;
    x = (x + y) | 0;
    y = ((y << 29) | (y >>> 3)) ^ x;
    x = (x + y) | 0;
    y = ((y << 16) | (y >>> 16)) ^ x;
    x = (x + y) | 0;
    y = ((y << 24) | (y >>> 8)) ^ x;
    x = (x + k2) | 0;
    y = (y + k0 + 2) | 0;
    x = (x + y) | 0;
    y = ((y << 13) | (y >>> 19)) ^ x;
    x = (x + y) | 0;
    y = ((y << 15) | (y >>> 17)) ^ x;
    x = (x + y) | 0;
    y = ((y << 26) | (y >>> 6)) ^ x;
    x = (x + y) | 0;
    y = ((y << 6) | (y >>> 26)) ^ x;
    x = (x + k0) | 0;
    y = (y + k1 + 3) | 0;
    x = (x + y) | 0;
    y = ((y << 17) | (y >>> 15)) ^ x;
    x = (x + y) | 0;
    y = ((y << 29) | (y >>> 3)) ^ x;
    x = (x + y) | 0;
    y = ((y << 16) | (y >>> 16)) ^ x;
    x = (x + y) | 0;
    y = ((y << 24) | (y >>> 8)) ^ x;
    x = (x + k1) | 0;
    y = (y + k2 + 4) | 0;
    x = (x + y) | 0;
    y = ((y << 13) | (y >>> 19)) ^ x;
    x = (x + y) | 0;
    y = ((y << 15) | (y >>> 17)) ^ x;
    x = (x + y) | 0;
    y = ((y << 26) | (y >>> 6)) ^ x;
    x = (x + y) | 0;
    y = ((y << 6) | (y >>> 26)) ^ x;
    x = (x + k2) | 0;
    y = (y + k0 + 5) | 0;
    next[me] = before ^ (x >>> 1 < change ? 1 : 0);
  }
}

serve(() => {
  const instance = readInstance(process.argv[2]);
  const advance = [gather, noisyMajority, contagion][instance.code];
  let [now, next] = [new Uint8Array(instance.count), new Uint8Array(instance.count)];
  return {
    detail: '1 thread',
    run(steps, mark) {
      now.set(instance.start);
      mark();
      for (let step = 1; step <= steps; step++) {
        advance(instance, now, next, step);
        [now, next] = [next, now];
      }
      mark();
      return now;
    },
  };
});
