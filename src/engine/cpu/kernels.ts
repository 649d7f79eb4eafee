// A plan's kernels for the processor, as data that any thread can instantiate.
import type { Kernel } from '../../plan/kernels.ts';
import type { Plan } from '../../plan/plan.ts';
import { emitKernel, encodeKernel, type Module, type WasmKernel } from '../../wgsl/index.ts';
import { LINE, type OneMemory } from './memory.ts';
import type { CompiledKernel } from './runner.js';

/** JavaScript by module, which plans of runs that are compared share. */
const texts = new WeakMap<Module, string>();

/** The plan's kernels in JavaScript. */
export function javascriptKernels(plan: Plan): CompiledKernel[] {
  return plan.kernels.map(({ module, walk }) => {
    const text = texts.get(module) ?? emitKernel(module, 'main').text;
    texts.set(module, text);
    return { text, walk };
  });
}

interface Encoded extends WasmKernel {
  module: WebAssembly.Module;
  /** What it was encoded for. */
  key: string;
}

/** WebAssembly by module, for the buffers that it was last encoded for: what V8 has learned of a kernel serves the next run of it. */
const encoded = new WeakMap<Module, Encoded>();

function encode({ module, strands }: Kernel, { regions }: OneMemory, atomic: boolean): Encoded {
  const key = JSON.stringify([regions, atomic]);
  const known = encoded.get(module);
  if (known?.key === key) return known;
  const kernel = encodeKernel(module, 'main', { regions, atomic, strands });
  const made = { ...kernel, module: new WebAssembly.Module(kernel.bytes), key };
  encoded.set(module, made);
  return made;
}

/** The plan's kernels in WebAssembly, for each of the threads, whose kernels' own arrays are put behind the buffers. `atomic`: threads share worlds. */
export function wasmKernels(plan: Plan, one: OneMemory, threads: number, atomic: boolean): CompiledKernel[][] {
  const made = plan.kernels.map(kernel => ({ walk: kernel.walk, ...encode(kernel, one, atomic) }));
  return Array.from({ length: threads }, () =>
    made.map(({ module, host, walk, ownBytes }) => {
      const own = one.end;
      one.end += Math.ceil(ownBytes / LINE) * LINE;
      return { module, host, own, walk };
    }),
  );
}
