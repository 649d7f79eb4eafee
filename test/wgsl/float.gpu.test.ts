// Functions of f32 on Dawn and on the JavaScript back end: equal within what WGSL allows (section "Floating Point Accuracy").
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestDevice, type TestDevice } from '../support/gpu.ts';
import { runCompiled, runOnDevice } from './fuzz/run.ts';

interface Case {
  readonly expression: string;
  /** Allowed distance in units of the last place of the result. */
  readonly ulps?: number;
  /** Allowed absolute distance. */
  readonly absolute?: number;
  /** Arguments are brought into this range. */
  readonly range?: readonly [low: number, high: number];
}

const CASES: readonly Case[] = [
  ...[
    'floor(x)',
    'ceil(x)',
    'trunc(x)',
    'round(x)',
    'abs(x)',
    'sign(x)',
    'min(x, y)',
    'max(x, y)',
    'x + y',
    'x - y',
  ].map(expression => ({ expression })),
  ...['x * y', 'clamp(x, -1.5, 2.0)', 'saturate(x)', 'step(x, y)', '-x', 'select(x, y, x < y)'].map(expression => ({
    expression,
  })),
  { expression: 'fract(x)', absolute: 1e-5 },
  { expression: 'x / y', ulps: 2.5 },
  { expression: 'x % y', absolute: 1e-3 },
  { expression: 'sqrt(x)', ulps: 4, range: [0.01, 1e6] },
  { expression: 'inverseSqrt(x)', ulps: 2, range: [0.01, 1e6] },
  { expression: 'exp(x)', ulps: 50, range: [-10, 10] },
  { expression: 'exp2(x)', ulps: 50, range: [-10, 10] },
  { expression: 'log(x)', ulps: 3, absolute: 2 ** -20, range: [0.01, 1e6] },
  { expression: 'log2(x)', ulps: 3, absolute: 2 ** -20, range: [0.01, 1e6] },
  { expression: 'pow(x, y)', ulps: 200, range: [0.5, 4] },
  { expression: 'sin(x)', absolute: 2 ** -10, range: [-3.14, 3.14] },
  { expression: 'cos(x)', absolute: 2 ** -10, range: [-3.14, 3.14] },
  { expression: 'tan(x)', absolute: 2 ** -8, range: [-1, 1] },
  { expression: 'asin(x)', ulps: 5, absolute: 1e-3, range: [-1, 1] },
  { expression: 'acos(x)', ulps: 5, absolute: 1e-3, range: [-1, 1] },
  { expression: 'atan(x)', ulps: 4096 },
  { expression: 'atan2(x, y)', ulps: 4096, range: [0.1, 9] },
  { expression: 'sinh(x)', absolute: 2 ** -8, ulps: 200, range: [-4, 4] },
  { expression: 'cosh(x)', absolute: 2 ** -8, ulps: 200, range: [-4, 4] },
  { expression: 'tanh(x)', absolute: 1e-4, range: [-4, 4] },
  { expression: 'fma(x, y, x)', absolute: 1e-3, range: [-9, 9] },
  { expression: 'mix(x, y, 0.25)', absolute: 1e-3, range: [-99, 99] },
  { expression: 'smoothstep(-2.0, 3.0, x)', absolute: 1e-5 },
  { expression: 'degrees(x)', ulps: 4 },
  { expression: 'radians(x)', ulps: 4 },
  { expression: 'length(vec3(x, y, 1.0))', ulps: 16, range: [-99, 99] },
  { expression: 'distance(vec2(x, y), vec2(y, x))', ulps: 64, absolute: 1e-3, range: [-99, 99] },
  { expression: 'normalize(vec3(x, y, 2.0)).y', absolute: 1e-5, range: [-99, 99] },
  { expression: 'cross(vec3(x, y, 2.0), vec3(y, 1.0, x)).z', absolute: 1e-2, range: [-99, 99] },
  { expression: 'dot(vec4(x, y, 1.0, 2.0), vec4(y, y, x, 1.0))', absolute: 1e-2, range: [-99, 99] },
  { expression: 'f32(i32(x)) + f32(u32(y))' },
];

const INPUTS = 64;

let opened: TestDevice | undefined;
beforeAll(async () => {
  opened = await openTestDevice();
});
afterAll(() => opened?.close());

/** Pairs of f32, from nothing to a million, of both signs. */
function floats(): Float32Array<ArrayBuffer> {
  const values = [0, 1, -1, 0.5, -0.5, 1.5, 2.5, -2.5, 3.75, 0.1, 1e-3, 1e6, -1e6, 12345.678, 16777216, -7];
  return Float32Array.from({ length: INPUTS * 2 }, (_, i) => values[Math.imul(i + 1, 0x9e3779b1) >>> 28]);
}

function unitInLastPlace(value: number): number {
  return 2 ** (Math.max(-126, Math.floor(Math.log2(Math.abs(value) || 2 ** -126))) - 23);
}

function isClose(expected: number, found: number, { ulps = 0, absolute = 0 }: Case): boolean {
  if (Object.is(expected, found) || expected === found || (Number.isNaN(expected) && Number.isNaN(found))) return true;
  return Math.abs(expected - found) <= Math.max(absolute, ulps * unitInLastPlace(expected));
}

test('functions of f32 agree with Dawn within the accuracy of WGSL', async context => {
  if (!opened) return context.skip('no WebGPU device');
  const statements = CASES.map(({ expression, range }, i) => {
    const bring = (name: string): string =>
      range ? `clamp(${name}, ${range[0].toFixed(3)}, ${range[1].toFixed(3)})` : name;
    return `{ let x = ${bring('raw.x')}; let y = ${bring('raw.y')}; _ = y; outputs[${i}u * ${INPUTS}u + id.x] = ${expression}; }`;
  });
  const code = `
@group(0) @binding(0) var<storage, read> inputs: array<vec2f>;
@group(0) @binding(1) var<storage, read_write> outputs: array<f32>;
@compute @workgroup_size(1) fn main(@builtin(global_invocation_id) id: vec3u) {
  let raw = inputs[id.x];
  ${statements.join('\n  ')}
}`;
  const words = new Uint32Array(floats().buffer);
  const length = CASES.length * INPUTS;
  const size = { x: INPUTS, z: 1 };
  const expected = new Float32Array((await runOnDevice(opened.device, code, words, length, size)).buffer);
  const found = new Float32Array(runCompiled(code, words, length, size).buffer);
  const inputs = floats();
  const wrong = Array.from(expected.keys()).filter(i => {
    // A quotient or remainder by zero may be anything.
    const divides = / [/%] y/.test(CASES[Math.floor(i / INPUTS)].expression) && inputs[(i % INPUTS) * 2 + 1] === 0;
    return !divides && !isClose(expected[i], found[i], CASES[Math.floor(i / INPUTS)]);
  });
  const report = wrong.map(i => {
    const at = (i % INPUTS) * 2;
    return `${CASES[Math.floor(i / INPUTS)].expression} of ${inputs[at]}, ${inputs[at + 1]}: Dawn ${expected[i]}, compiled ${found[i]}`;
  });
  expect(report).toEqual([]);
});

test('the comparison sees a difference beyond the bound, and one bit where none is allowed', () => {
  expect(isClose(1, 1 + 2 ** -23, { expression: 'x', ulps: 1 })).toBe(true);
  expect(isClose(1, 1 + 2 ** -22, { expression: 'x', ulps: 1 })).toBe(false);
  expect(isClose(1, 1 + 2 ** -23, { expression: 'x' })).toBe(false);
});
