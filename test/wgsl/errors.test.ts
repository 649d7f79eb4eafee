// Refusals: each names the place, shows the text and says what to do instead.
import { expect, test } from 'vitest';
import { GroundswellError } from '../../src/errors.ts';
import { check, parse } from '../../src/wgsl/index.ts';
import { refusal, refusalOf } from './support.ts';

test.each([
  ['let y = a + b;', /^kernel\.wgsl:2:9: "\+" does not apply in `a \+ b`: got u32 and i32\. Convert one operand/],
  ['let y = a << 32u;', /2:9: shift by 32 or more bits in `a << 32u`/],
  ['let y = 1u << 33u;', /2:9: shift by 32 or more bits/],
  ['let y = 0xf0000000u << 1u;', /2:9: the shift loses bits/],
  ['let y = a / 0u;', /2:9: division by zero in `a \/ 0u`/],
  ['let y = 2147483648;', /2:9: 2147483648 does not fit into i32\. An i32 holds/],
  ['let y = 4294967296u;', /2:9: 4294967296 does not fit into u32/],
  ['const y = 9223372036854775807 + 1;', /2:11: overflow of a 64-bit integer/],
  ['const y = sqrt(-1.0);', /2:11: the constant expression has no finite value/],
  ['let y = array(1, 2)[2];', /2:21: the index is out of bounds.*expected 0 to 1, got 2/],
  ['if (a) {}', /2:5: the condition `a` is no bool: got u32\. Compare it/],
  ['a = 3u;', /2:1: "a" is read-only in `a = 3u`\. Declare it with "var"/],
  ['let y = z1;', /2:9: unknown name "z1"/],
  ['let yes = a; let no = yess;', /2:23: unknown name "yess"\. Did you mean "yes"\?/],
  ['break;', /2:1: "break" stands outside of a loop or switch/],
  ['continue;', /2:1: "continue" stands outside of a loop/],
  ['let y = vec2u(1u, 2u).z;', /2:23: a vector of 2 has no "z"/],
  ['let y = frexp(x);', /2:9: builtin "frexp" is not supported\. Use bitcast/],
  ['let y = subgroupAdd(a);', /2:9: builtin "subgroupAdd" is not supported\. Use a loop over storage/],
  ['let y: f16 = 1;', /2:8: "f16" is not supported\. Use f32 instead/],
  ['let m: mat2x2<f32> = 1;', /2:8: "mat2x2" is not supported in `mat2x2<f32>`\. Use an array of vectors/],
  ['workgroupBarrier();', /2:1: builtin "workgroupBarrier" is not supported\. Use two kernels/],
  ['abs(b);', /2:1: the value of this call is not used/],
  ['let y = a & 1u == 0u;', /mixed without parentheses/],
  ['let y = a', /3:1: syntax error: expected ";" after the statement, got "}"/],
  ['var v = vec3u(); v.xy = vec2u();', /several components cannot be assigned at once/],
  ['switch a { case 1u: {} }', /exactly one default/],
  ['switch a { case 1u, 1u: {} default: {} }', /the case 1 stands twice/],
  ['return 1u;', /2:8: this function returns nothing/],
  ['const_assert 1 > 2;', /assertion failed/],
  ['let y = min(a, b);', /"min" does not apply in `min\(a, b\)`.*got u32, i32/],
  ['let y = clamp(a, 1u);', /wrong number of arguments in `clamp\(a, 1u\)`: expected 3, got 2/],
  ['let y = extractBits(a, 20u, 13u);', /offset and count of a bit field exceed 32 bits/],
  ['let y = clamp(x, 2.0, 1.0);', /the lower bound of "clamp" lies above the upper one/],
  ['let u = 1; let u = 2;', /"u" is declared twice/],
])('%s', (statements, message) => {
  expect(refusalOf(statements)).toMatch(message);
});

test.each([
  ['fn f() -> u32 { if (true) { return 1u; } }', /1:4: "f" does not return a value on every path/],
  ['fn f(n: u32) -> u32 { return g(n); }\nfn g(n: u32) -> u32 { return f(n); }', /recursion: f → g → f/],
  ['var<workgroup> x: u32;', /1:1: var<workgroup> is not supported.*Use a storage buffer/],
  ['override n: u32 = 1;', /"override" is not supported.*Use "const"/],
  ['const a = b; const b = a;', /declared by itself/],
  ['@group(0) @binding(0) var t: texture_2d<f32>;', /has no address space/],
  ['@group(0) @binding(0) var<storage> t: array<bool>;', /cannot hold bool.*Use u32/],
  ['@group(0) @binding(0) var<storage> t: array<u32>; fn f() { t[0] = 1u; }', /"t" is read-only.*read_write/],
  ['@group(0) @binding(0) var<storage, read_write> t: array<atomic<u32>>; fn f() { t[0] = 1u; }', /Use atomicStore/],
  [
    '@compute @workgroup_size(1) fn f(@builtin(local_invocation_id) i: vec3u) {}',
    /Use @builtin\(global_invocation_id\)/,
  ],
  [
    'fn f(p: ptr<function, u32>) {} fn g() { var x = 1; f(&x); }',
    /expected ptr<function, u32>, got ptr<function, i32>/,
  ],
  ['fn f( {', /syntax error: expected a name, got "{"/],
  ['fn f() { let x = 1 $ 2; }', /1:20: unexpected character "\$"/],
  ['/* open', /1:1: comment without end/],
])('%s', (code, message) => {
  expect(refusal(code)).toMatch(message);
});

test('errors name the author’s file when the text was linked', () => {
  const locate = (offset: number) => ({ file: 'rules/mine.wgsl', line: 40, column: offset });
  const failing = (): unknown => check(parse('fn f() { let x = 1u + 1i; }', { locate }));
  expect(failing).toThrow(GroundswellError);
  expect(failing).toThrow(/^rules\/mine\.wgsl:40:17: /);
});
