// An entry point as an optimised kernel, and what of buffers and memory it uses: what every back end starts from.
import { type Code, type Kernel, scalarsOf, visitCode, visitScalar } from './code.ts';
import type { Module } from './ir.ts';
import { lowerKernel } from './lower/lowering.ts';
import { optimize } from './optimize/optimize.ts';
import type { Local, Memory } from './scalar.ts';
import type { Type } from './types.ts';

/** One buffer that a kernel uses. */
export interface KernelBinding {
  name: string;
  group: number;
  binding: number;
  kind: 'uniform' | 'storage';
  access: 'read' | 'read_write';
  /** The scalar of an array of scalars or atomics; `struct` for everything else. */
  element: 'u32' | 'i32' | 'f32' | 'struct';
}

export interface CompileOptions {
  /** Size of a kernel, in nodes of the IR, beyond which functions are called instead of inlined. Default 6000. */
  inlineNodes?: number;
}

export interface CompiledKernel {
  kernel: Kernel;
  bindings: readonly KernelBinding[];
  /** Memory that it reads or writes, by name. */
  memories: ReadonlyMap<string, Memory>;
  /** Lengths of runtime-sized arrays that it asks for: memory and words of an element. */
  lengths: readonly { memory: Memory; stride: number }[];
}

const compiled = new WeakMap<Module, Map<string, CompiledKernel>>();

/** The kernel of an entry point. The same module compiled again gives what was made before. */
export function compileKernel(module: Module, entryName: string, { inlineNodes }: CompileOptions = {}): CompiledKernel {
  const key = `${entryName} ${inlineNodes}`;
  const ofModule = compiled.get(module) ?? new Map<string, CompiledKernel>();
  compiled.set(module, ofModule);
  const known = ofModule.get(key);
  if (known) return known;
  const kernel = optimize(lowerKernel(module, entryName, inlineNodes));
  const used = { ...memoryOf(kernel), kernel };
  const made = {
    kernel,
    memories: used.memories,
    lengths: [...used.lengths.values()],
    bindings: module.bindings
      .filter(({ name }) => used.bindings.has(name))
      .map(({ name, group, binding, kind, access, type }) => ({
        name,
        group,
        binding,
        kind,
        access,
        element: elementOf(type),
      })),
  };
  ofModule.set(key, made);
  return made;
}

function elementOf(type: Type): KernelBinding['element'] {
  if (type.kind !== 'array') return 'struct';
  const { element } = type;
  const scalar = element.kind === 'atomic' ? element.element : element;
  return scalar.kind === 'scalar' ? (scalar.name as 'u32' | 'i32' | 'f32') : 'struct';
}

interface MemoryUse {
  bindings: Set<string>;
  memories: Map<string, Memory>;
  lengths: Map<string, { memory: Memory; stride: number }>;
}

function memoryOf({ body, prologue, routines }: Kernel): MemoryUse {
  const use: MemoryUse = { bindings: new Set(), memories: new Map(), lengths: new Map() };
  const note = (memory: Memory): void => {
    if (memory.kind === 'read' || memory.kind === 'read_write') use.bindings.add(memory.name);
    use.memories.set(memory.name, memory);
  };
  const visit = (code: Code): void => {
    if (code.kind === 'store' || code.kind === 'clear' || code.kind === 'update') note(code.memory);
    for (const scalar of scalarsOf(code)) {
      visitScalar(scalar, inner => {
        if (inner.kind === 'load') note(inner.memory);
        if (inner.kind !== 'length') return;
        use.bindings.add(inner.memory.name);
        use.lengths.set(`${inner.memory.name} ${inner.stride}`, inner);
      });
    }
  };
  for (const list of [prologue, body, ...routines.map(routine => routine.body)]) visitCode(list, visit);
  return use;
}

/** Locals that code sets. */
export function localsSetBy(list: readonly Code[]): Set<Local> {
  const locals = new Set<Local>();
  visitCode(list, code => {
    if (code.kind === 'set') locals.add(code.local);
    else if (code.kind === 'update' && code.old) locals.add(code.old);
    else if (code.kind === 'call') for (const local of code.results) locals.add(local);
  });
  return locals;
}
