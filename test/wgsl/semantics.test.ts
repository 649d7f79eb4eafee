// WGSL's arithmetic, statements and builtins on the JavaScript back end, against values worked out by hand from the specification.
import { describe, expect, test } from 'vitest';
import { check, emitKernel, instantiateKernel, parse } from '../../src/wgsl/index.ts';
import { run } from './support.ts';

const MIN = 0x80000000;

/** The words of expressions over `a`, `b` (u32) and `i`, `j` (the same bits as i32), all known at run time only. */
function evaluate(expression: string, a: number, b = 0): number {
  const body = `let a = input[0]; let b = input[1]; let i = bitcast<i32>(a); let j = bitcast<i32>(b); _ = j; _ = b;
    out[0] = bitcast<u32>(${expression});`;
  return run(body, { input: [a >>> 0, b >>> 0] })[0];
}

describe('integers', () => {
  test.each([
    ['a + b', 0xffffffff, 2, 1],
    ['i + j', 0x7fffffff, 1, MIN],
    ['a - b', 0, 1, 0xffffffff],
    ['a * b', 0xffffffff, 0xffffffff, 1],
    ['-i', MIN, 0, MIN],
    ['~a', 0, 0, 0xffffffff],
    ['a / b', 0xffffffff, 10, 429496729],
    ['a / b', 7, 0, 7],
    ['a % b', 7, 0, 0],
    ['a % b', 0xffffffff, 10, 5],
    ['i / j', MIN, -1, MIN],
    ['i % j', MIN, -1, 0],
    ['i / j', -7, 2, -3],
    ['i % j', -7, 2, -1],
    ['i / j', -7, 0, -7],
    ['a << b', 1, 33, 2],
    ['a >> b', 0x80000000, 31, 1],
    ['i >> b', 0x80000000, 31, -1],
    ['a >> b', 0xffffffff, 32, 0xffffffff],
    ['select(0u, 1u, a < b)', 1, 0x80000000, 1],
    ['select(0u, 1u, i < j)', 1, 0x80000000, 0],
    ['abs(i)', MIN, 0, MIN],
    ['sign(i)', -9, 0, -1],
    ['max(a, b)', 1, 0xffffffff, 0xffffffff],
    ['max(i, j)', 1, 0xffffffff, 1],
    ['clamp(i, -3, 3)', -9, 0, -3],
    ['dot(vec2(a, b), vec2(3u, 5u))', 2, 7, 41],
  ])('%s of %i and %i', (expression, a, b, expected) => {
    expect(evaluate(expression, a, b)).toBe(expected >>> 0);
  });

  test.each([
    ['countOneBits(a)', 0xf0f0f0f0, 16],
    ['countLeadingZeros(a)', 0, 32],
    ['countTrailingZeros(a)', 0, 32],
    ['countTrailingZeros(a)', 0x80000000, 31],
    ['firstLeadingBit(a)', 0, -1],
    ['firstLeadingBit(a)', 0x80000001, 31],
    ['firstLeadingBit(i)', -1, -1],
    ['firstLeadingBit(i)', -2, 0],
    ['firstTrailingBit(a)', 0, -1],
    ['firstTrailingBit(a)', 0x80000000, 31],
    ['reverseBits(a)', 1, MIN],
    ['extractBits(a, 4u, 8u)', 0x12345678, 0x67],
    ['extractBits(i, 4u, 4u)', 0x000000f0, -1],
    ['extractBits(a, 0u, 32u)', 0x12345678, 0x12345678],
    ['extractBits(a, a, a)', 40, 0],
    ['extractBits(a, 28u, a)', 0xf0000000, 0xf],
    ['insertBits(a, 0xffu, 4u, 8u)', 0, 0xff0],
    ['insertBits(a, 5u, 0u, 32u)', 0xffffffff, 5],
    ['insertBits(a, 0u, 40u & a, a)', 0xffffffff, 0xffffffff],
  ])('%s of %i', (expression, a, expected) => {
    expect(evaluate(expression.replace('40u & a', '(40u & a)'), a)).toBe(expected >>> 0);
  });
});

describe('conversions', () => {
  const float = (value: number): number => new Uint32Array(Float32Array.of(value).buffer)[0];
  test.each([
    ['u32(i)', -1, 0xffffffff],
    ['f32(a)', 0xffffffff, float(4294967296)],
    ['f32(i)', -1, float(-1)],
    ['f32(a)', 16777217, float(16777216)],
    ['i32(bitcast<f32>(a))', float(-1.9), -1],
    ['i32(bitcast<f32>(a))', float(1e20), 2147483520],
    ['i32(bitcast<f32>(a))', float(-1e20), MIN],
    ['u32(bitcast<f32>(a))', float(-5), 0],
    ['u32(bitcast<f32>(a))', float(1e20), 4294967040],
    ['select(0u, 1u, bool(a))', 2, 1],
    ['u32(a == 2u)', 2, 1],
    ['round(bitcast<f32>(a))', float(2.5), float(2)],
    ['round(bitcast<f32>(a))', float(-3.5), float(-4)],
    ['bitcast<f32>(a) + 0.1', float(0.2), float(Math.fround(Math.fround(0.2) + Math.fround(0.1)))],
  ])('%s of %i', (expression, a, expected) => {
    expect(evaluate(expression, a)).toBe(expected >>> 0);
  });
});

describe('statements', () => {
  test('operands are evaluated from left to right, with their side effects', () => {
    const declarations = 'var<private> n: u32 = 1u; fn next() -> u32 { n = n * 10u; return n; }';
    expect(run('out[0] = n + next() + n * next();', { declarations })).toEqual([1 + 10 + 10 * 100]);
    expect(run('if (n == 2u && next() > 0u) {} out[0] = n;', { declarations })).toEqual([1]);
  });

  test('private variables begin anew in every invocation', () => {
    const code = `@group(0) @binding(1) var<storage, read_write> out: array<u32>;
      var<private> n: u32; var<private> list: array<u32, 4>;
      @compute @workgroup_size(1) fn main(@builtin(global_invocation_id) id: vec3u) {
        if (id.x > 0u) { n += 1u; list[id.x & 3u] += 1u; } out[id.z * 3u + id.x] = n + list[id.x & 3u] * 10u; }`;
    const out = new Uint32Array(6);
    instantiateKernel(emitKernel(check(parse(code)), 'main').text, { out })(0, 3, 1, 0, 2);
    expect([...out]).toEqual([0, 11, 11, 0, 11, 11]);
  });

  test('the continuing block runs after continue and sees the body', () => {
    const body = `var s = 0u; var k = 0u; loop { let t = k; if (k == 2u) { continue; } s += 1u; continuing { k = t + 1u; break if k == 5u; } } out[0] = s;`;
    expect(run(body)).toEqual([4]);
  });

  test('break in a switch leaves the switch, continue the loop body', () => {
    const body = `var s = 0u; for (var k = 0u; k < 5u; k++) { switch k { case 1u: { break; } case 2u, 3u: { continue; } default: { s += 100u; } } s += 1u; } out[0] = s;`;
    expect(run(body)).toEqual([203]);
  });

  test('swizzles of itself, pointers and aliases', () => {
    expect(run('var v = vec2(1u, 2u); v = v.yx; out[0] = v.x * 10u + v.y;')).toEqual([21]);
    const declarations = 'fn set(p: ptr<function, u32>, x: u32) { *p = x; let q = p; *q += 1u; }';
    const body =
      'var v = array(1u, 2u); set(&v[input[0]], 7u); var w = 0u; set(&w, v[1]); out[0] = v[0] * 100u + v[1] * 10u + w;';
    expect(run(body, { declarations, input: [1] })).toEqual([100 + 80 + 9]);
  });

  test('indices out of bounds reach the last element, and nothing in buffers', () => {
    expect(
      run('var v = array(1u, 2u, 3u); v[input[0]] = 9u; out[0] = v[2] + v[input[0] * 2u];', { input: [7] }),
    ).toEqual([18]);
    expect(run('out[input[0]] = 5u; out[0] = input[77] + out[99];', { input: [1000] })).toEqual([0]);
  });

  test('structs, arrays and tables', () => {
    const declarations = 'struct P { a: u32, b: vec2u } const T = array(P(1, vec2(2)), P(3, vec2(4, 5)));';
    expect(run('var p = T[input[0]]; let q = p; p.b.y += q.a; out[0] = p.b.y;', { declarations, input: [1] })).toEqual([
      8,
    ]);
  });
});

test('uniform structs have the layout of WGSL', () => {
  const code = `struct F { a: u32, v: vec3f, b: i32, list: array<vec4u, 2> }
    @group(0) @binding(0) var<uniform> frame: F; @group(0) @binding(1) var<storage, read_write> out: array<u32>;
    @compute @workgroup_size(1) fn main(@builtin(global_invocation_id) id: vec3u) {
      out[0] = frame.a; out[1] = u32(frame.v.z); out[2] = u32(frame.b); out[3] = frame.list[1].y; }`;
  const { text, bindings } = emitKernel(check(parse(code)), 'main');
  expect(bindings[0]).toEqual({
    name: 'frame',
    group: 0,
    binding: 0,
    kind: 'uniform',
    access: 'read',
    element: 'struct',
  });
  const words = new Uint32Array(20);
  words[3] = 0xffffffff;
  words[4] = 5; // behind the first member only if vec3 were not aligned
  words.set([7], 0);
  new Float32Array(words.buffer)[6] = 3;
  words[7] = 11;
  words[13] = 13;
  const out = new Uint32Array(4);
  instantiateKernel(text, { frame: words.buffer, out: { buffer: out.buffer, byteOffset: 0, byteLength: 16 } })(
    0,
    1,
    1,
    0,
    1,
  );
  expect([...out]).toEqual([7, 3, 11, 13]);
});

test('atomics are plain operations, arrayLength is the length of the slice', () => {
  const code = `@group(0) @binding(0) var<storage, read_write> n: array<atomic<i32>>;
    @compute @workgroup_size(1) fn main(@builtin(global_invocation_id) id: vec3u) {
      let old = atomicAdd(&n[0], 5); atomicMax(&n[1], old); atomicStore(&n[2], atomicLoad(&n[0]) * 2);
      n_sub(); atomicXor(&n[3], i32(arrayLength(&n))); }
    fn n_sub() { atomicSub(&n[0], 1); atomicMin(&n[1], -7); }`;
  const words = new Int32Array(8);
  const slice = { buffer: words.buffer, byteOffset: 8, byteLength: 16 };
  instantiateKernel(emitKernel(check(parse(code)), 'main').text, { n: slice })(0, 2, 1, 0, 1);
  expect([...words]).toEqual([0, 0, 8, -7, 18, 0, 0, 0]);
});

test('what is too large to inline is called, with the same results', () => {
  const lines = Array.from({ length: 120 }, (_, i) => `x = (x ^ (x << ${(i % 7) + 1}u)) + n + ${i}u; y += x;`).join(
    '\n',
  );
  const declarations = `var<private> n: u32;
    fn long(start: u32) -> vec2u { var x = start; var y = 0u; n += 1u; if (start == 3u) { return vec2(n, 0u); } ${lines} return vec2(x, y); }`;
  const body = `var s = vec2u(); ${Array.from({ length: 12 }, (_, i) => `s += long(input[0] + ${i}u);`).join(' ')} out[0] = s.x; out[1] = s.y; out[2] = n;`;
  let [sumX, sumY, n] = [0, 0, 0];
  for (let call = 0; call < 12; call++) {
    const start = 1 + call;
    n++;
    if (start === 3) {
      sumX += n;
      continue;
    }
    let [x, y] = [start, 0];
    for (let i = 0; i < 120; i++) {
      x = ((x ^ (x << ((i % 7) + 1))) + n + i) | 0;
      y = (y + x) | 0;
    }
    sumX = (sumX + x) | 0;
    sumY = (sumY + y) | 0;
  }
  expect(run(body, { declarations, input: [1], count: 3 })).toEqual([sumX >>> 0, sumY >>> 0, 12]);
});
