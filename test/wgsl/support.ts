// What the compiler's unit tests share: run a piece of WGSL on given words, and catch the message of a refusal.
import { check, emitKernel, instantiateKernel, parse } from '../../src/wgsl/index.ts';

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
  const { text } = emitKernel(check(parse(code)), 'main');
  instantiateKernel(text, { input: Uint32Array.from(input), out })(0, 1, 1, 0, 1);
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
