// What the compiler's unit tests share: run a piece of WGSL on given words, and catch the message of a refusal.
import { expect } from 'vitest';
import {
  check,
  emitKernel,
  encodeKernel,
  instantiateKernel,
  instantiateWasm,
  type Module,
  PAGES,
  parse,
} from '../../src/wgsl/index.ts';

const memory = new WebAssembly.Memory({ initial: PAGES, maximum: PAGES, shared: true });

/** Runs a kernel of `x` invocations of each of `z` in WebAssembly on two buffers, which it leaves changed. */
export function runWasm(
  module: Module,
  buffers: Readonly<Record<string, Uint32Array>>,
  { x, z }: { x: number; z: number },
  options: { inlineNodes?: number; atomic?: boolean } = {},
): void {
  const own = 2 ** 16;
  let at = 2 ** 24;
  const regions: Record<string, { at: number; bytes: number }> = {};
  for (const [name, words] of Object.entries(buffers)) {
    regions[name] = { at, bytes: words.byteLength };
    new Uint32Array(memory.buffer, at, words.length).set(words);
    at += words.byteLength;
  }
  const { bytes, ownBytes, host } = encodeKernel(module, 'main', { ...options, regions });
  if (own + ownBytes > 2 ** 24) throw new Error('too much memory of its own');
  instantiateWasm(new WebAssembly.Module(bytes), host, { memory, own, uniform: 0 })(0, x, 1, 0, z);
  for (const [name, words] of Object.entries(buffers)) {
    words.set(new Uint32Array(memory.buffer, regions[name].at, words.length));
  }
}

/**
 * Runs `body`, the statements of an entry point that writes `out[...]` and may read `input[...]` (both u32), with
 * declarations before it, and gives the first words of `out`.
 */
export function run(body: string, { declarations = '', input = [0], count = 1 }: RunOptions = {}): number[] {
  const code = `
@group(0) @binding(0) var<storage, read> input: array<u32>;
@group(0) @binding(1) var<storage, read_write> out: array<u32>;
${declarations}
@compute @workgroup_size(64) fn main(@builtin(global_invocation_id) id: vec3u) { ${body} }`;
  const out = new Uint32Array(Math.max(count, 1));
  const module = check(parse(code));
  const { text } = emitKernel(module, 'main');
  instantiateKernel(text, { input: Uint32Array.from(input), out })(0, 1, 1, 0, 1);
  for (const atomic of [false, true]) {
    const inWasm = { input: Uint32Array.from(input), out: new Uint32Array(out.length) };
    runWasm(module, inWasm, { x: 1, z: 1 }, { atomic });
    expect(inWasm.out).toEqual(out);
  }
  return [...out];
}

export interface RunOptions {
  declarations?: string;
  input?: readonly number[];
  /** How many words of `out` to give. Default 1. */
  count?: number;
}

/** The message with which the checker refuses a module. */
export function refusal(code: string): string {
  try {
    check(parse(code));
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error(`not refused: ${code}`);
}

/** The message with which the checker refuses statements. */
export const refusalOf = (statements: string): string =>
  refusal(`fn f(a: u32, b: i32, x: f32, c: bool) {\n${statements}\n}`);
