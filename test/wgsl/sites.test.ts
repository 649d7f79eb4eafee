// Draw sites: every call of a drawing function gets its number, and errors still lead to the author's text.
import { expect, test } from 'vitest';
import { check, numberDraws, parse } from '../../src/wgsl/index.ts';

const SOURCE = `
fn draw(site: u32) -> vec2u { return vec2u(site, 1u); }
fn below(n: u32) -> u32 { return draw().x % n; }
fn two() -> u32 { return below(2u) + below(below(3u)); }
fn quiet(n: u32) -> u32 { return n; }
fn rule_a(me: u32) { _ = two() + quiet(1u); if (draw().x > 1u) { _ = below(4u); } }
fn rule_b(me: u32) { _ = draw(); }
@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) { rule_a(id.x); rule_b(id.x); _ = below(9u); _ = two(); }
`;
const PRIMITIVES = { primitives: ['draw'] };
const body = (text: string, name: string): string | undefined =>
  text.split('\n').find(line => line.startsWith(`fn ${name}`));

test('sites count the draws below each call, in the order of the text', () => {
  const { text } = numberDraws(SOURCE, PRIMITIVES);
  expect(body(text, 'draw')).toBe('fn draw(site: u32) -> vec2u { return vec2u(site, 1u); }');
  expect(body(text, 'below')).toBe('fn below(site: u32, n: u32) -> u32 { return draw(site).x % n; }');
  expect(body(text, 'two')).toBe(
    'fn two(site: u32) -> u32 { return below(site, 2u) + below(site + 1u, below(site + 2u, 3u)); }',
  );
  expect(body(text, 'quiet')).toBe('fn quiet(n: u32) -> u32 { return n; }');
  expect(body(text, 'rule_a')).toBe(
    'fn rule_a(site: u32, me: u32) { _ = two(site) + quiet(1u); if (draw(site + 3u).x > 1u) { _ = below(site + 4u, 4u); } }',
  );
  expect(body(text, 'main')).toContain('{ rule_a(0u, id.x); rule_b(5u, id.x); _ = below(6u, 9u); _ = two(7u); }');
  check(parse(text));
});

test('roots count from zero, whatever stands beside them', () => {
  const { text } = numberDraws(SOURCE, { ...PRIMITIVES, roots: ['rule_a', 'rule_b'] });
  expect(body(text, 'main')).toContain('{ rule_a(0u, id.x); rule_b(0u, id.x); _ = below(0u, 9u); _ = two(1u); }');
});

test('offsets of the numbered text lead back to the original', () => {
  const { text, mapBack } = numberDraws(SOURCE, PRIMITIVES);
  for (const piece of ['fn two', 'quiet(1u)', 'below(4u)'.slice(0, 6), '4u); }', '= two(']) {
    const [original, numbered] = [SOURCE.indexOf(piece), text.indexOf(piece)];
    expect(mapBack(numbered)).toBe(original);
  }
  expect(mapBack(text.length)).toBe(SOURCE.length);
  expect(mapBack(text.indexOf('site + 3u') + 3)).toBe(SOURCE.indexOf('draw().x > 1u') + 'draw('.length);
});

test('a wrong argument is located in the author’s text', () => {
  const wrong = SOURCE.replace('below(4u)', 'below(4i)');
  const { text, mapBack } = numberDraws(wrong, PRIMITIVES);
  const locate = (offset: number) => {
    const before = wrong.slice(0, mapBack(offset)).split('\n');
    return { file: 'a.wgsl', line: before.length, column: before[before.length - 1].length + 1 };
  };
  const line = wrong.split('\n').findIndex(text => text.includes('below(4i)'));
  const column = wrong.split('\n')[line].indexOf('4i') + 1;
  expect(() => check(parse(text, { locate }))).toThrow(`a.wgsl:${line + 1}:${column}: `);
});

test('recursion, a taken name and too many sites are refused', () => {
  const number = (code: string) => () => numberDraws(`fn draw(site: u32) -> u32 { return site; }\n${code}`, PRIMITIVES);
  expect(number('fn f() { f(); _ = draw(); }')).toThrow(/kernel\.wgsl:2:4: recursion: f → f/);
  expect(number('fn f() { let site = 1u; _ = draw(); }')).toThrow(/kernel\.wgsl:2:14: "site" is taken in "f"/);
  const doubling = Array.from({ length: 17 }, (_, i) => `fn f${i + 1}() { f${i}(); f${i}(); }`).join('\n');
  expect(number(`fn f0() { _ = draw(); }\n${doubling}`)).toThrow(
    /"f16" has too many draw sites: expected at most 65535, got 65536/,
  );
});
