// The WebAssembly back end: one entry point becomes a module whose function runs it over ranges of invocations, in a memory that all kernels share.
import type { Routine } from '../code.ts';
import { HELPERS } from '../functions.ts';
import type { Module } from '../ir.ts';
import type { KernelFunction } from '../js/kernel.ts';
import { type CompileOptions, compileKernel } from '../kernel.ts';
import * as op from '../operations.ts';
import { selectValues } from '../optimize/selects.ts';
import { tabulate } from '../optimize/tabulate.ts';
import { splitVersions } from '../optimize/versions.ts';
import { apply, type Local, localScalar, type Memory, type Operation, type Scalar, u32 } from '../scalar.ts';
import { BOOL, type ScalarName, U32 } from '../types.ts';
import { AHEAD, type AheadKernel, computeAhead } from './ahead.ts';
import { encodeModule, type ModuleParts, OP } from './binary.ts';
import { FunctionEmitter, type ModuleContext, typeOf } from './emit.ts';
import { LaneEmitter } from './lanes.ts';
import { PointEmitter } from './point-emitter.ts';
import type { PointMemory } from './point-values.ts';
import { type PointLoop, pointLoopOf } from './points.ts';
import { type Widths, widthsOf } from './widths.ts';

/** A buffer in the memory, in bytes. */
export interface Region {
  at: number;
  bytes: number;
}

export interface EncodeOptions extends CompileOptions {
  /** Where the storage buffers lie, by binding name. */
  regions: Readonly<Record<string, Region>>;
  /** Whether threads that share the memory run the kernel at once on parts of one world; then atomic functions are atomic. Default false. */
  atomic?: boolean;
  /** Strands that the entry takes every agent through, in a loop of its own. Default 1, without one. */
  strands?: number;
  /** Whether the memory is one that threads share. Default true. */
  shared?: boolean;
}

/** A kernel as data that any thread can instantiate. */
export interface WasmKernel {
  bytes: Uint8Array<ArrayBuffer>;
  /** Bytes of memory of its own that every instance needs: constant arrays and arrays of one invocation. */
  ownBytes: number;
  /** JavaScript of the host functions that it calls, by name. */
  host: Readonly<Record<string, string>>;
}

/** Numbers of the globals. */
const OWN = 0;
const UNIFORM = 1;

/** Compiles an entry point to WebAssembly. */
export function encodeKernel(module: Module, entryName: string, options: EncodeOptions): WasmKernel {
  const compiled = compileKernel(module, entryName, options);
  const batched = computeAhead(compiled.kernel);
  const { kernel, tables } = tabulate(splitVersions(selectValues(batched.kernel)));
  const loop = pointLoopOf(kernel, options.strands ?? 1);
  const widths = loop && widthsOf(kernel, loop);
  const strands: PointMemory = {
    arrays: new Map(),
    rows: [],
    planes: new Map(tables.map(table => [table, undefined])),
  };
  let own = placeOwn([]);
  const host = new Map<string, { number: number; text: string; import: ModuleParts['imports'][number] }>();
  // Imports are numbered before functions, and memory is placed before it is used: a first round finds out what there is.
  const numbers = new Map<Routine, number>();
  const emitAll = (): ModuleParts['functions'] => {
    kernel.routines.forEach((routine, i) => {
      numbers.set(routine, host.size + i);
    });
    const context: ModuleContext = {
      atomic: options.atomic ?? false,
      addressOf: memory => addressOf(memory, own.at, options.regions),
      lengthOf: (memory, stride) => Math.floor(options.regions[memory.name].bytes / 4 / stride),
      routine: routine => numbers.get(routine)!,
      host: (operation, from, to, arity) => {
        const name = `${operation.name} ${from} ${to}`;
        const known = host.get(name) ?? { ...hostFunction(name, operation, from, to, arity), number: host.size };
        host.set(name, known);
        return known.number;
      },
    };
    return [
      ...kernel.routines.map(routine => emitRoutine(context, routine)),
      emitRun(context, { ...batched, kernel }, loop && widths && { loop, widths, memory: strands }),
    ];
  };
  emitAll();
  own = placeOwn([
    ...compiled.memories.values(),
    ...tables,
    ...batched.ahead.flatMap(({ outputs }) => outputs.map(({ memory }) => memory)),
    ...[...strands.arrays.values()].map(({ memory }) => memory),
    ...strands.rows,
    ...[...strands.planes.values()].filter(planes => planes !== undefined),
  ]);
  const functions = emitAll();
  const bytes = encodeModule({
    imports: [...host.values()].map(entry => entry.import),
    globals: ['own', 'uniform'],
    functions,
    run: host.size + functions.length - 1,
    shared: options.shared ?? true,
    data: own.words,
  });
  return {
    bytes,
    ownBytes: 4 * own.size,
    host: Object.fromEntries([...host].map(([name, { text }]) => [name, text])),
  };
}

/** Makes a kernel runnable in this thread. `own` and `uniform`: addresses of its memory of its own and of the uniform buffer. */
export function instantiateWasm(
  module: WebAssembly.Module,
  host: Readonly<Record<string, string>>,
  place: { memory: WebAssembly.Memory; own: number; uniform: number },
): KernelFunction {
  const functions = Object.entries(host).map(([name, text]) => [name, new Function(text)()] as const);
  const imports = { host: { ...Object.fromEntries(functions), ...place } };
  return new WebAssembly.Instance(module, imports).exports.run as KernelFunction;
}

/** Tables and arrays of an invocation, one after the other. */
function placeOwn(memories: readonly Memory[]): { at: Map<string, number>; words: number[]; size: number } {
  const at = new Map<string, number>();
  const words: number[] = [];
  for (const memory of memories.filter(({ kind }) => kind === 'table')) {
    at.set(memory.name, 4 * words.length);
    words.push(...memory.words!);
  }
  let size = words.length;
  for (const memory of memories.filter(({ kind }) => kind === 'local')) {
    at.set(memory.name, 4 * size);
    size += memory.size ?? 0;
  }
  return { at, words, size };
}

function addressOf({ name, kind }: Memory, own: ReadonlyMap<string, number>, regions: EncodeOptions['regions']) {
  if (kind === 'local' || kind === 'table') return { global: OWN, offset: own.get(name) ?? 0 };
  const region = regions[name];
  return region ? { at: region.at } : { global: UNIFORM, offset: 0 };
}

function hostFunction(name: string, operation: Operation, from: ScalarName, to: ScalarName, arity: number) {
  const params = ['a', 'b', 'c'].slice(0, arity);
  const body = operation.emit(params, from, to);
  const helpers = Object.entries(HELPERS).filter(([helper]) => body.includes(`${helper}(`));
  const constants = helpers.map(([helper, text]) => `const ${helper} = ${text};\n`).join('');
  const signature = { params: params.map(() => typeOf(from)), results: [typeOf(to)] };
  return { text: `${constants}return (${params.join(', ')}) => ${body};`, import: { name, signature } };
}

function emitRoutine(context: ModuleContext, { params, results, body }: Routine): ModuleParts['functions'][number] {
  const emitter = new FunctionEmitter(context, params);
  const signature = emitter.signature(params, results);
  emitter.list(body);
  for (const result of results) emitter.get(result);
  return { signature, locals: emitter.locals, code: emitter.code };
}

/** Runs the invocations of a range: z, y, x, innermost last. */
function emitRun(
  context: ModuleContext,
  { kernel, ahead, isFixed }: AheadKernel,
  points?: { loop: PointLoop; widths: Widths; memory: PointMemory },
): ModuleParts['functions'][number] {
  const [x, y, z] = kernel.invocation;
  const params = ['xBegin', 'xEnd', 'yEnd', 'zBegin', 'zEnd'].map(name => ({ name, type: U32 }));
  const [xBegin, xEnd, yEnd, zBegin, zEnd] = params;
  const emitter = new FunctionEmitter(context, params);
  const start = (local: Local, begin: Scalar): void => {
    emitter.scalar(begin);
    emitter.set(local);
  };
  /** While `local` is below `end`. */
  const loop = (local: Local, end: Local, body: () => void): void => {
    const label = `${local.name} to ${end.name}`;
    emitter.structure(OP.block, label, 'break', () =>
      emitter.structure(OP.loop, label, 'continue', () => {
        emitter.get(local);
        emitter.get(end);
        emitter.write(OP.i32GeU, OP.brIf, 1);
        body();
        emitter.jump(label, 'continue');
      }),
    );
  };
  const next = (local: Local): void => start(local, apply(op.ADD, U32, localScalar(local), u32(1)));
  const manyPoints = points && new PointEmitter(emitter, points.loop, points.widths, points.memory);
  const invocations = (end: Local): void =>
    loop(x, end, () => {
      if (manyPoints) manyPoints.agent();
      else emitter.list(kernel.body);
      next(x);
    });
  /** Blocks of invocations, for each of which what can be is computed ahead. */
  const blocks = (): void => {
    const end: Local = { name: 'blockEnd', type: U32 };
    const lanes = new LaneEmitter(emitter, isFixed, x);
    loop(x, xEnd, () => {
      const whole = apply(op.ADD, U32, apply(op.AND, U32, localScalar(x), u32(-AHEAD)), u32(AHEAD));
      start(end, whole);
      const isBeyond = apply(op.GT, BOOL, localScalar(end), localScalar(xEnd));
      start(end, apply(op.SELECT, U32, isBeyond, localScalar(xEnd), localScalar(end)));
      for (const group of ahead) lanes.ahead(group, end);
      invocations(end);
    });
  };
  start(z, localScalar(zBegin));
  loop(z, zEnd, () => {
    emitter.list(kernel.prologue);
    const rest = emitter.capture(() => {
      start(y, u32(0));
      loop(y, yEnd, () => {
        start(x, localScalar(xBegin));
        if (ahead.length > 0) blocks();
        else invocations(xEnd);
        next(y);
      });
      next(z);
    });
    manyPoints?.fill();
    emitter.write(...rest);
  });
  return { signature: emitter.signature(params, []), locals: emitter.locals, code: emitter.code };
}
