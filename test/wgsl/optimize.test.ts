// The compiler's passes one by one: what they find and what they leave. That kernels compute the same is seen in semantics.test.ts, in the engines' tests and by the fuzzer.
import { describe, expect, test } from 'vitest';
import { type Code, type Kernel, scalarsOf, visitCode, visitScalar } from '../../src/wgsl/code.ts';
import { check, type Module, parse } from '../../src/wgsl/index.ts';
import { compileKernel } from '../../src/wgsl/kernel.ts';
import * as op from '../../src/wgsl/operations.ts';
import { rangesOf } from '../../src/wgsl/optimize/ranges.ts';
import { selectValues } from '../../src/wgsl/optimize/selects.ts';
import { tabulate } from '../../src/wgsl/optimize/tabulate.ts';
import { splitVersions } from '../../src/wgsl/optimize/versions.ts';
import { apply, constantScalar, type Local, localScalar, type Scalar, u32 } from '../../src/wgsl/scalar.ts';
import { BOOL, I32, U32 } from '../../src/wgsl/types.ts';
import { runWasm } from './support.ts';

const moduleOf = (body: string): Module =>
  check(
    parse(`
@group(0) @binding(0) var<storage, read> input: array<u32>;
@group(0) @binding(1) var<storage, read_write> out: array<u32>;
@compute @workgroup_size(64) fn main(@builtin(global_invocation_id) id: vec3u) { let x = id.x; ${body} }`),
  );
const kernelOf = (body: string): Kernel => compileKernel(moduleOf(body), 'main').kernel;

/** What a kernel stores for invocations with these inputs. */
function results(body: string, input: readonly number[]): number[] {
  const out = new Uint32Array(input.length);
  runWasm(moduleOf(body), { input: Uint32Array.from(input), out }, { x: input.length, z: 1 });
  return [...out];
}

/** How many scalars of a kernel's body are so. */
function count(kernel: Kernel, is: (scalar: Scalar) => boolean): number {
  let found = 0;
  visitCode(kernel.body, (code: Code) => {
    for (const scalar of scalarsOf(code)) {
      visitScalar(scalar, inner => {
        if (is(inner)) found++;
      });
    }
  });
  return found;
}
const operations = (kernel: Kernel, name: string): number =>
  count(kernel, scalar => scalar.kind === 'apply' && scalar.operation.name === name);
const loads = (kernel: Kernel, name: string): number =>
  count(kernel, scalar => scalar.kind === 'load' && scalar.memory.name === name);

describe('ranges', () => {
  const rangeOf = (body: string): { low: number; high: number } => {
    const kernel = kernelOf(`${body} out[x] = u32(n);`);
    let value: Scalar | undefined;
    visitCode(kernel.body, code => {
      if (code.kind === 'store') value = code.value;
    });
    return rangesOf(kernel)(value!.kind === 'apply' && value!.operation.name === 'convert' ? value!.args[0] : value!);
  };

  test.each([
    ['let n = input[x];', 0, 2 ** 32 - 1],
    ['let n = input[x] & 7u;', 0, 7],
    ['let n = (input[x] & 7u) + (input[x + 1u] & 1u);', 0, 8],
    ['let n = 2 * i32(input[x] & 7u) - 9;', -9, 5],
    ['let n = (input[x] % 8u) << 2u;', 0, 28],
    ['let n = select(3u, input[x] & 1u, input[x] > 5u);', 0, 3],
    ['var n = 0u; if (input[x] > 2u) { n = 40u; }', 0, 40],
    // the two arms of a choice; nothing is told of f32
    ['var n = 3; for (var k = 0u; k < input[x]; k++) { n = select(4, 7, input[k] == 0u); }', 3, 7],
    ['var f = 1.5; for (var k = 0u; k < input[x]; k++) { f = f * 0.0; } let n = u32(f);', 0, 2 ** 32 - 1],
    // what may wrap is anything
    ['let n = (input[x] & 7u) - 1u;', 0, 2 ** 32 - 1],
    ['let n = (input[x] >> 1u) * 4u;', 0, 2 ** 32 - 1],
    // and what grows in a loop
    ['var n = 0u; for (var k = 0u; k < input[x]; k++) { n += 2u; }', 0, 2 ** 32 - 1],
    ['var n = 40u; for (var k = 0u; k < input[x]; k++) { n = n >> 1u; }', 0, 40],
  ])('%s', (body, low, high) => {
    expect(rangeOf(body)).toEqual({ low, high });
  });

  test('hold for 20,000 expressions made at random', () => {
    let state = 1;
    const random = (below: number): number => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      return Math.floor((state / 2 ** 32) * below);
    };
    const a: Local = { name: 'a', type: U32 };
    const b: Local = { name: 'b', type: I32 };
    const kernel: Kernel = {
      prologue: [],
      routines: [],
      invocation: [
        { name: 'x', type: U32 },
        { name: 'y', type: U32 },
        { name: 'z', type: U32 },
      ],
      body: [
        { kind: 'set', local: a, value: u32(5) },
        { kind: 'set', local: a, value: u32(11) },
        { kind: 'set', local: b, value: constantScalar(I32, -6) },
        { kind: 'set', local: b, value: constantScalar(I32, 3) },
      ],
    };
    const range = rangesOf(kernel);
    const arithmetic = [op.ADD, op.SUB, op.MUL, op.AND, op.OR, op.XOR];
    const make = (type: typeof U32 | typeof I32, depth: number): Scalar => {
      if (depth === 0) return random(3) > 0 ? localScalar(type === U32 ? a : b) : constantScalar(type, random(9));
      const inner = (): Scalar => make(type, depth - 1);
      switch (random(10)) {
        case 0:
          return apply(op.CONVERT, type, make(type === U32 ? I32 : U32, depth - 1));
        case 1:
          return apply(op.SELECT, type, apply(op.LT, BOOL, inner(), inner()), inner(), inner());
        case 2:
          return apply(op.SHR, type, inner(), u32(random(32)));
        case 3:
          return apply(op.SHL, type, inner(), u32(random(32)));
        default:
          return apply(arithmetic[random(arithmetic.length)], type, inner(), inner());
      }
    };
    const evaluate = (scalar: Scalar, values: ReadonlyMap<Local, number>): number | boolean => {
      if (scalar.kind === 'local') return values.get(scalar.local)!;
      if (scalar.kind === 'constant') return scalar.value as number | boolean;
      if (scalar.kind !== 'apply') throw new Error(scalar.kind);
      const args = scalar.args.map(arg => evaluate(arg, values));
      return scalar.operation.evaluate(args, scalar.args[scalar.args.length - 1].type.name, scalar.type.name) as
        | number
        | boolean;
    };
    for (let k = 0; k < 20_000; k++) {
      const type = random(2) === 0 ? U32 : I32;
      const scalar = make(type, 1 + random(4));
      const { low, high } = range(scalar);
      const values = new Map([
        [a, random(2) === 0 ? 5 : 11],
        [b, random(2) === 0 ? -6 : 3],
      ]);
      const value = Number(evaluate(scalar, values));
      const exact = type === U32 ? value >>> 0 : value | 0;
      expect(exact).toBeGreaterThanOrEqual(low);
      expect(exact).toBeLessThanOrEqual(high);
    }
  });
});

describe('comparisons whose outcome is known', () => {
  test.each([
    ['min(input[x] & 7u, 7u)', 0],
    ['min(input[x] & 7u, 6u)', 1],
    ['u32(clamp(2 * i32(input[x] & 7u) - 9, -9, 5))', 0],
    ['select(1u, 2u, (input[x] & 3u) == 4u)', 0],
    ['select(1u, 2u, (input[x] & 3u) != 3u)', 1],
  ])('%s leaves %i', (expression, left) => {
    const kernel = kernelOf(`out[x] = ${expression};`);
    expect(['<', '>', '==', '!=', '<=', '>='].reduce((sum, name) => sum + operations(kernel, name), 0)).toBe(left);
  });
});

describe('what cannot be reached', () => {
  test('is dropped, and a block that is left at its end alone is none', () => {
    const { body } = kernelOf('out[x] = 1u; return; out[x] = 2u;');
    expect(body.map(({ kind }) => kind)).toEqual(['store']);
  });
});

describe('words that are read several times', () => {
  test.each([
    ['out[x] = input[x] + input[x] * input[x];', 'input', 1],
    ['if (input[x] > 4u) { out[x] = input[x]; }', 'input', 1],
    // not before a branch that alone reads it
    ['if (x > 4u) { out[x] = input[x]; } else { out[x] = 2u * input[x]; }', 'input', 2],
    ['let a = out[x]; out[x + 1u] = a + out[x];', 'out', 1],
    // something was written in between
    ['let a = out[x]; out[x + 1u] = a; out[x] = a + out[x];', 'out', 2],
    // a loop comes back; and a store that changes a part of a word reads it itself
    ['var a = 0u; for (var k = 0u; k < 3u + input[0]; k++) { a += out[x]; out[x] = a + out[x]; }', 'out', 2],
    // the index is another
    ['var i = x; let a = out[i]; if (a > 1u) { i = x + 1u; } out[x] = a + out[i];', 'out', 2],
  ])('%s: %s is read at %i places', (body, memory, places) => {
    expect(loads(kernelOf(body), memory)).toBe(places);
  });

  test('with the same results', () => {
    const body = 'out[x] = input[x]; let a = out[x]; out[x] = a * 3u; out[x] = a + out[x] + input[x];';
    expect(results(body, [1, 5, 2 ** 31])).toEqual([5, 25, 5 * 2 ** 31].map(value => value >>> 0));
  });
});

describe('functions of small counts', () => {
  const INPUT = Array.from({ length: 70 }, (_, k) => (k * 2654435761) >>> 7);
  const bits = (value: number): number => ((value & 7) % 8) + ((value >>> 3) & 1);
  const COUNT = 'let n = (input[x] & 7u) + ((input[x] >> 3u) & 1u);';
  const tabulated = (body: string) => tabulate(splitVersions(selectValues(kernelOf(body))));
  const tablesOf = (body: string): number => tabulated(body).tables.length;

  test('become tables', () => {
    const body = `${COUNT} out[x] = (n * n * n + 7u) ^ (n << 5u) ^ ((n + 1u) * 977u);`;
    expect(tablesOf(body)).toBe(1);
    const { kernel } = tabulated(body);
    expect(operations(kernel, '*')).toBe(0);
    expect(results(body, INPUT)).toEqual(INPUT.map(bits).map(n => ((n ** 3 + 7) ^ (n << 5) ^ ((n + 1) * 977)) >>> 0));
  });

  test('of numbers below zero, with what is the same for all, through branches and variables', () => {
    const body = `${COUNT} let lead = 2 * i32(n) - 8;
      var chance = input[3];
      if (lead != 0) { chance = select(input[4] * 3u, input[5] ^ 9u, lead > 0); }
      out[x] = chance + input[x];`;
    expect(tablesOf(body)).toBe(1);
    expect(results(body, INPUT)).toEqual(
      INPUT.map(value => {
        const lead = 2 * bits(value) - 8;
        const chance = lead === 0 ? INPUT[3] : lead > 0 ? INPUT[5] ^ 9 : INPUT[4] * 3;
        return (chance + value) >>> 0;
      }),
    );
  });

  test('of one count after another, each for itself', () => {
    const body = `${COUNT} let m = (input[x] >> 9u) & 3u;
      let f = (n * 5u) ^ (n << 9u) ^ (n * n * 3u) ^ 77u;
      let g = (m * 7u) ^ (m << 3u) ^ (m * m * m) ^ 5u;
      out[x] = f * g;`;
    expect(tablesOf(body)).toBe(2);
    expect(results(body, INPUT)).toEqual(
      INPUT.map(value => {
        const [n, m] = [bits(value), (value >>> 9) & 3];
        return Math.imul((n * 5) ^ (n << 9) ^ (n * n * 3) ^ 77, (m * 7) ^ (m << 3) ^ (m ** 3) ^ 5) >>> 0;
      }),
    );
  });

  test.each([
    ['little work', `${COUNT} out[x] = n * 3u + 1u;`],
    [
      'two counts at once',
      `${COUNT} let m = (input[x] >> 9u) & 3u; out[x] = (n * m) ^ (n << m) ^ ((n + m) * 9u) ^ 7u;`,
    ],
    ['many values', 'let n = input[x] & 63u; out[x] = (n * n * n + 7u) ^ (n << 5u) ^ ((n + 1u) * 977u);'],
    [
      'counts of a loop that goes on',
      'var s = 0u; for (var k = 0u; k < input[x] % 9u; k++) { let n = input[x + k] & 7u; s += (n * n * n) ^ (n << 5u) ^ (n * 9u); } out[x] = s;',
    ],
  ])('%s does not', (_, body) => {
    expect(tablesOf(body)).toBe(0);
  });
});
