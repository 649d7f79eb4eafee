// The experiment of the majority benchmark: each agent takes the majority of 8 random neighbours, flipped by noise, with one
// Threefry-2x32-20 block per agent for the noise. Two bodies of equal work: WGSL, to be compiled, and JavaScript by hand.
// What both leave behind is compared before any time is. Not a peer comparison: see bench/peers for those.

/** The kernel as an author would write it. `setup` holds two key words, the threshold of the noise, and the step. */
export const MAJORITY_WGSL = /* wgsl */ `
@group(0) @binding(0) var<storage, read> setup: array<u32>;
@group(0) @binding(1) var<storage, read> neighbors: array<u32>;
@group(0) @binding(2) var<storage, read> now: array<u32>;
@group(0) @binding(3) var<storage, read_write> next: array<u32>;

struct Params { threshold: u32, step: u32 }
var<private> world: u32;
var<private> param: Params;

fn rotate(x: u32, by: u32) -> u32 { return (x << by) | (x >> (32u - by)); }

fn mix(x: vec2u, by: vec4u) -> vec2u {
  var y = x;
  y.x += y.y; y.y = rotate(y.y, by.x) ^ y.x;
  y.x += y.y; y.y = rotate(y.y, by.y) ^ y.x;
  y.x += y.y; y.y = rotate(y.y, by.z) ^ y.x;
  y.x += y.y; y.y = rotate(y.y, by.w) ^ y.x;
  return y;
}

fn threefry(key: vec2u, counter: vec2u) -> vec2u {
  const even = vec4u(13u, 15u, 26u, 6u);
  const odd = vec4u(17u, 29u, 16u, 24u);
  let third = key.x ^ key.y ^ 0x1bd11bdau;
  var x = mix(counter + key, even) + vec2u(key.y, third + 1u);
  x = mix(x, odd) + vec2u(third, key.x + 2u);
  x = mix(x, even) + vec2u(key.x, key.y + 3u);
  x = mix(x, odd) + vec2u(key.y, third + 4u);
  return mix(x, even) + vec2u(third, key.x + 5u);
}

fn opinion(i: u32) -> u32 { return now[i]; }

fn majority(me: u32) {
  var ups = 0u;
  for (var k = 0u; k < 8u; k++) { ups += opinion(neighbors[me * 8u + k]); }
  var result = opinion(me);
  if (ups > 4u) { result = 1u; }
  if (ups < 4u) { result = 0u; }
  let bits = threefry(vec2u(setup[0u], setup[1u]), vec2u(me, param.step));
  if (bits.x < param.threshold) { result = bits.y & 1u; }
  next[me] = result;
}

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let me = id.x;
  if (me >= arrayLength(&now)) { return; }
  world = id.z;
  param.threshold = setup[2u + world * 2u];
  param.step = setup[3u + world * 2u];
  majority(me);
}
`;

/**
 * The same by hand, as one would write it for speed: typed arrays, int32 arithmetic, the block function unrolled.
 * @param {Uint32Array} setup
 * @param {Int32Array} neighbors
 * @param {Int32Array} now
 * @param {Int32Array} next
 */
export function majorityByHand(setup, neighbors, now, next) {
  const k0 = setup[0] | 0;
  const k1 = setup[1] | 0;
  const threshold = setup[2] >>> 0;
  const step = setup[3] | 0;
  const k2 = k0 ^ k1 ^ 0x1bd11bda;
  const n = now.length;
  for (let i = 0; i < n; i++) {
    let ups = 0;
    const row = i * 8;
    for (let k = 0; k < 8; k++) ups += now[neighbors[row + k]];
    let result = ups > 4 ? 1 : ups < 4 ? 0 : now[i];
    let a = (i + k0) | 0;
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
    b = (b + k0 + 5) | 0;
    if (a >>> 0 < threshold) result = b & 1;
    next[i] = result;
  }
}

/**
 * The world of the experiment: every agent down or up, and 8 neighbours each, from a fixed linear congruential sequence.
 * @param {number} population
 */
export function majorityWorld(population) {
  let state = 12345;
  const random = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  return {
    setup: Uint32Array.of(0x13198a2e, 0x03707344, 0.02 * 2 ** 32, 7),
    neighbors: Int32Array.from({ length: population * 8 }, () => Math.floor(random() * population)),
    now: Int32Array.from({ length: population }, () => (random() < 0.5 ? 1 : 0)),
    next: new Int32Array(population),
  };
}

// V8 compiles a hot loop in the background; a few rounds later the compiled code is in use.
const WARM_UP = 5;

/**
 * Milliseconds of each contender, interleaved so that drifts of the machine hit all alike; the first five rounds only warm up.
 * @param {readonly (() => void)[]} contenders
 * @param {number} rounds
 */
export function interleavedTimes(contenders, rounds) {
  /** @type {number[][]} */
  const times = contenders.map(() => []);
  for (let round = 0; round < rounds + WARM_UP; round++) {
    contenders.forEach((run, i) => {
      const begin = performance.now();
      run();
      if (round >= WARM_UP) times[i].push(performance.now() - begin);
    });
  }
  return times;
}

/** @param {readonly number[]} values */
export const median = values => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
