// What the compiler knows about a kernel without running it: calls, loops around them, and reproducibility.
import { expect, test } from 'vitest';
import { callsOf, check, functionsOf, parse, reproducibility, walk } from '../../src/wgsl/index.ts';

test('calls are listed with arguments, caller and loops', () => {
  const code = `fn f(me: u32) { for (var k = 0u; k < degree(me); k++) { loop { if (g(h(k))) { break; } } } g(me); }
    fn k() { while true { f(1u); } }`;
  const calls = callsOf(parse(code));
  const summary = calls.map(({ callee, caller, loops, node }) => {
    const conditions = loops.map(({ condition }) => condition && code.slice(condition.start, condition.end));
    return [callee, caller.name.name, node.args.map(arg => code.slice(arg.start, arg.end)), conditions];
  });
  expect(summary).toEqual([
    ['degree', 'f', ['me'], ['k < degree(me)']],
    ['g', 'f', ['h(k)'], ['k < degree(me)', undefined]],
    ['h', 'f', ['k'], ['k < degree(me)', undefined]],
    ['g', 'f', ['me'], []],
    ['f', 'k', ['1u'], ['true']],
  ]);
});

test('every node carries the span of its text', () => {
  const code = 'fn f(a: u32) -> u32 { return (a + 1u) * b[a].x - -g(a, 2u); }';
  const texts: string[] = [];
  walk(parse(code), node => {
    texts.push(code.slice(node.start, node.end));
  });
  for (const piece of [
    '(a + 1u) * b[a].x - -g(a, 2u)',
    '(a + 1u)',
    'a + 1u',
    'b[a].x',
    'b[a]',
    '-g(a, 2u)',
    'g(a, 2u)',
    '2u',
  ]) {
    expect(texts).toContain(piece);
  }
  expect(functionsOf(parse(code)).map(({ name }) => name.name)).toEqual(['f']);
});

const HEAD = `
@group(0) @binding(0) var<storage, read_write> n: array<atomic<u32>>;
@group(0) @binding(1) var<storage, read_write> x: array<f32>;
@group(0) @binding(2) var<storage, read_write> y: array<u32>;
const HALF = u32(0.5 * 8.0);
fn unused() { x[0] *= 2.0; }
@compute @workgroup_size(1) fn main(@builtin(global_invocation_id) id: vec3u) {`;

test.each([
  ['y[0] = y[1] * HALF;', []],
  ['atomicAdd(&n[0], 1u); y[0] = atomicLoad(&n[1]);', []],
  ['y[0] = atomicAdd(&n[0], 1u);', [/"main" uses the result of atomicAdd/]],
  ['y[0] = u32(x[1]);', [/"main" uses f32/]],
  ['x[0] += 1.0;', [/"main" uses f32/]],
  ['var f = 1.0; f += 2.0; x[0] = f;', [/"main" uses f32/]],
  ['_ = inner(3u);', [/"inner" uses f32/]],
])('%s', (body, expected) => {
  const code = `${HEAD} ${body} }\nfn inner(a: u32) -> u32 { return u32(f32(a) * 0.3); }`;
  const { level, reasons } = reproducibility(check(parse(code)), 'main');
  expect(level).toBe(expected.length === 0 ? 'bitwise' : 'same-device');
  expect(reasons.map(({ what }) => what)).toEqual(expected.map(pattern => expect.stringMatching(pattern)));
  for (const { where } of reasons) expect(where).toMatch(/^kernel\.wgsl:\d+:\d+$/);
});
