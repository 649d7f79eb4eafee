// Hand-written JavaScript: typed arrays, one thread, a byte per agent, Threefry written out.
import { readInstance } from '../lib/instance.mjs';
import { serve } from '../lib/serve.mjs';
import { threefry } from '../lib/threefry.mjs';

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

/** The image of i under the Feistel network of the step's key, for a population that is a power of 2 with an even exponent. */
function image(i, half, mask, k0, k1) {
  let low = i & mask;
  let high = i >>> half;
  for (let round = 0; round < 10; round += 2) {
    high ^= (mixed(low ^ k0, k1 + round) >>> 7) & mask;
    low ^= (mixed(high ^ k1, k0 + round) >>> 7) & mask;
  }
  return (high << half) | low;
}

/** The first word of pcg2d. */
function mixed(first, second) {
  let y = (Math.imul(second, 1664525) + 1013904223) | 0;
  let x = (Math.imul(first, 1664525) + 1013904223 + Math.imul(y, 1664525)) | 0;
  y = (y + Math.imul(x, 1664525)) | 0;
  x ^= x >>> 16;
  y ^= y >>> 16;
  x = (x + Math.imul(y, 1664525)) | 0;
  return x ^ (x >>> 16);
}

/** The first word of an agent's block at a place in the rule's text. */
function bitsOf(me, step, k0, k) {
  const k2 = k0 ^ k ^ 0x1bd11bda;
  let x = (me + k0) | 0;
  let y = (step + k) | 0;
  x = (x + y) | 0;
  y = ((y << 13) | (y >>> 19)) ^ x;
  x = (x + y) | 0;
  y = ((y << 15) | (y >>> 17)) ^ x;
  x = (x + y) | 0;
  y = ((y << 26) | (y >>> 6)) ^ x;
  x = (x + y) | 0;
  y = ((y << 6) | (y >>> 26)) ^ x;
  x = (x + k) | 0;
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
  y = (y + k + 3) | 0;
  x = (x + y) | 0;
  y = ((y << 17) | (y >>> 15)) ^ x;
  x = (x + y) | 0;
  y = ((y << 29) | (y >>> 3)) ^ x;
  x = (x + y) | 0;
  y = ((y << 16) | (y >>> 16)) ^ x;
  x = (x + y) | 0;
  y = ((y << 24) | (y >>> 8)) ^ x;
  x = (x + k) | 0;
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
  return x;
}

/** In place: everybody is in one pair. The first of a pair asks, the second answers. */
function talk({ count, key: [k0, k1], pairingKey, a, table: [infection] }, now, _, step) {
  const [p0, p1] = threefry(pairingKey, [0, step]);
  const half = Math.log2(count) / 2;
  const mask = 2 ** half - 1;
  for (let pair = 0; pair < count; pair += 2) {
    const asking = image(pair, half, mask, p0, p1);
    const answering = image(pair + 1, half, mask, p0, p1);
    const infects = now[asking];
    if (infects === 1 && bitsOf(asking, step, k0, k1) >>> 1 < a) now[asking] = 0;
    if (now[answering] === 1) {
      if (bitsOf(answering, step, k0, k1) >>> 1 < a) now[answering] = 0;
    } else if (infects === 1 && bitsOf(answering, step, k0, (k1 + 1) | 0) >>> 1 < infection) now[answering] = 1;
  }
}

serve(() => {
  const instance = readInstance(process.argv[2]);
  const advance = { 0: gather, 1: noisyMajority, 2: contagion, 6: heatBath, 7: talk }[instance.code];
  const inPlace = advance === heatBath || advance === talk;
  let [now, next] = [new Uint8Array(instance.count), new Uint8Array(instance.count)];
  return {
    detail: '1 thread',
    run(steps, mark) {
      now.set(instance.start);
      mark();
      for (let step = 1; step <= steps; step++) {
        advance(instance, now, next, step);
        if (!inPlace) [now, next] = [next, now];
      }
      mark();
      return now;
    },
  };
});
