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

/** In place: the cells with even x + y, then the others. */
function heatBath({ count, width, key: [k0, k1], table }, now, _, step) {
  const k2 = k0 ^ k1 ^ 0x1bd11bda;
  const chances = Uint32Array.from(table);
  const height = count / width;
  for (let color = 0; color < 2; color++) {
    for (let y = 0; y < height; y++) {
      const row = y * width;
      const above = (y === 0 ? height - 1 : y - 1) * width;
      const below = (y + 1 === height ? 0 : y + 1) * width;
      for (let x = (y + color) & 1; x < width; x += 2) {
        const me = row + x;
        const left = x === 0 ? row + width - 1 : me - 1;
        const right = x + 1 === width ? row : me + 1;
        const ups = now[left] + now[right] + now[above + x] + now[below + x];
        let a = (me + k0) | 0;
        let b = (step + k1) | 0;
        a = (a + b) | 0;
        b = ((b << 13) | (b >>> 19)) ^ a;
        a = (a + b) | 0;
        b = ((b << 15) | (b >>> 17)) ^ a;
        a = (a + b) | 0;
        b = ((b << 26) | (b >>> 6)) ^ a;
        a = (a + b) | 0;
        b = ((b << 6) | (b >>> 26)) ^ a;
        a = (a + k1) | 0;
        b = (b + k2 + 1) | 0;
        a = (a + b) | 0;
        b = ((b << 17) | (b >>> 15)) ^ a;
        a = (a + b) | 0;
        b = ((b << 29) | (b >>> 3)) ^ a;
        a = (a + b) | 0;
        b = ((b << 16) | (b >>> 16)) ^ a;
        a = (a + b) | 0;
        b = ((b << 24) | (b >>> 8)) ^ a;
        a = (a + k2) | 0;
        b = (b + k0 + 2) | 0;
        a = (a + b) | 0;
        b = ((b << 13) | (b >>> 19)) ^ a;
        a = (a + b) | 0;
        b = ((b << 15) | (b >>> 17)) ^ a;
        a = (a + b) | 0;
        b = ((b << 26) | (b >>> 6)) ^ a;
        a = (a + b) | 0;
        b = ((b << 6) | (b >>> 26)) ^ a;
        a = (a + k0) | 0;
        b = (b + k1 + 3) | 0;
        a = (a + b) | 0;
        b = ((b << 17) | (b >>> 15)) ^ a;
        a = (a + b) | 0;
        b = ((b << 29) | (b >>> 3)) ^ a;
        a = (a + b) | 0;
        b = ((b << 16) | (b >>> 16)) ^ a;
        a = (a + b) | 0;
        b = ((b << 24) | (b >>> 8)) ^ a;
        a = (a + k1) | 0;
        b = (b + k2 + 4) | 0;
        a = (a + b) | 0;
        b = ((b << 13) | (b >>> 19)) ^ a;
        a = (a + b) | 0;
        b = ((b << 15) | (b >>> 17)) ^ a;
        a = (a + b) | 0;
        b = ((b << 26) | (b >>> 6)) ^ a;
        a = (a + b) | 0;
        b = ((b << 6) | (b >>> 26)) ^ a;
        a = (a + k2) | 0;
        now[me] = a >>> 1 < chances[ups] ? 1 : 0;
      }
    }
  }
}

serve(() => {
  const instance = readInstance(process.argv[2]);
  const advance = { 0: gather, 1: noisyMajority, 2: contagion, 6: heatBath }[instance.code];
  let [now, next] = [new Uint8Array(instance.count), new Uint8Array(instance.count)];
  return {
    detail: '1 thread',
    run(steps, mark) {
      now.set(instance.start);
      mark();
      for (let step = 1; step <= steps; step++) {
        advance(instance, now, next, step);
        if (advance !== heatBath) [now, next] = [next, now];
      }
      mark();
      return now;
    },
  };
});
