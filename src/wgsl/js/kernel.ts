// The JavaScript back end: one entry point becomes the text of a function over typed arrays, to be instantiated in any thread.
import type { Routine } from '../code.ts';
import { HELPERS } from '../functions.ts';
import type { Module } from '../ir.ts';
import { type CompiledKernel, type CompileOptions, compileKernel, type KernelBinding, localsSetBy } from '../kernel.ts';
import { emitCode, emitLocals } from './emit.ts';

export interface KernelSource {
  /** The body of a function of `buffers`; it returns a `KernelFunction`. */
  text: string;
  /** The buffers that the text uses. */
  bindings: readonly KernelBinding[];
}

/** Words of a buffer; the offset and length in bytes, multiples of 4. Default: the whole buffer. */
export interface BufferSlice {
  buffer: ArrayBufferLike;
  byteOffset?: number;
  byteLength?: number;
}

/** Runs the entry point for x in [xBegin, xEnd), y in [0, yEnd) and z in [zBegin, zEnd), x innermost. */
export type KernelFunction = (xBegin: number, xEnd: number, yEnd: number, zBegin: number, zEnd: number) => void;

/** Compiles an entry point to JavaScript. */
export function emitKernel(module: Module, entryName: string, options?: CompileOptions): KernelSource {
  const compiled = compileKernel(module, entryName, options);
  return { text: emitText(compiled), bindings: compiled.bindings };
}

/** Makes a kernel runnable on buffers, by binding name. Call it in the thread that runs the kernel. */
export function instantiateKernel(
  text: string,
  buffers: Readonly<Record<string, BufferSlice | ArrayBufferLike>>,
): KernelFunction {
  return new Function('buffers', text)(buffers);
}

function emitText(compiled: CompiledKernel): string {
  const { kernel } = compiled;
  const [x, y, z] = kernel.invocation;
  const functions = kernel.routines.map(routine => emitRoutine(routine, compiled)).join('');
  const locals = localsSetBy([...kernel.prologue, ...kernel.body]);
  const loops = `  for (var ${z.name} = zBegin | 0; ${z.name} < zEnd; ${z.name} = ${z.name} + 1 | 0) {
${emitCode(kernel.prologue, '    ')}    for (var ${y.name} = 0; ${y.name} < yEnd; ${y.name} = ${y.name} + 1 | 0) {
      for (var ${x.name} = xBegin | 0; ${x.name} < xEnd; ${x.name} = ${x.name} + 1 | 0) {
${emitCode(kernel.body, '        ')}      }
    }
  }
`;
  const run = `return function run(xBegin, xEnd, yEnd, zBegin, zEnd) {
${emitAliases(compiled, loops)}${emitLocals(locals, '  ')}${loops}};
`;
  const used = Object.entries(HELPERS).filter(([name]) => `${functions}${run}`.includes(`${name}(`));
  const helpers = used.map(([name, text]) => `const ${name} = ${text};\n`).join('');
  return `'use strict';\n${emitViews(compiled)}${helpers}${functions}${run}`;
}

function emitViews({ bindings, memories, lengths }: CompiledKernel): string {
  const lines = [
    'const slice = name => {',
    '  const found = buffers[name];',
    "  if (!found) throw new Error('the kernel needs a buffer \"' + name + '\"');",
    '  const { buffer, byteOffset = 0 } = found.buffer ? found : { buffer: found };',
    '  return [buffer, byteOffset, (found.buffer && found.byteLength) || buffer.byteLength - byteOffset];',
    '};',
    'const words = (buffer, byteOffset, byteLength) => new Int32Array(buffer, byteOffset, byteLength >>> 2);',
    'const floats = view => new Float32Array(view.buffer, view.byteOffset, view.length);',
    'const $i32 = new Int32Array(1), $f32 = new Float32Array($i32.buffer);',
  ];
  const views = (name: string, integers: string): string =>
    `const _${name}$i = ${integers}, _${name}$f = floats(_${name}$i);`;
  for (const { name } of bindings) lines.push(views(name, `words(...slice(${JSON.stringify(name)}))`));
  for (const { memory, stride } of lengths)
    lines.push(`const ${memory.name}$length${stride} = _${memory.name}$i.length / ${stride} | 0;`);
  for (const { name, kind, size, words } of memories.values()) {
    if (kind === 'local') lines.push(views(name, `new Int32Array(${size})`));
    else if (kind === 'table') lines.push(views(name, `Int32Array.of(${words?.join(', ')})`));
  }
  return `${lines.join('\n')}\n`;
}

/** Local names for the views that a function uses: V8 optimises accesses through them better than through a closure. */
function emitAliases({ memories, bindings }: CompiledKernel, body: string): string {
  const names = [...new Set([...bindings.map(({ name }) => name), ...memories.keys()])].flatMap(name => [
    `${name}$i`,
    `${name}$f`,
  ]);
  const used = names.filter(name => body.includes(`${name}[`) || body.includes(`${name}.`));
  return used.map(name => `  const ${name} = _${name};\n`).join('');
}

/** Several results travel through variables beside the function; one is returned. */
function emitRoutine({ name, params, results, body }: Routine, compiled: CompiledKernel): string {
  const locals = localsSetBy(body);
  for (const local of params) locals.delete(local);
  const [single] = results.length === 1 ? results : [];
  if (!single) for (const local of results) locals.delete(local);
  const outer = single ? '' : emitLocals(results, '');
  const end = single ? `  return ${single.name};\n` : '';
  const head = `function ${name}(${params.map(param => param.name).join(', ')})`;
  const code = emitCode(body, '  ');
  return `${outer}${head} {\n${emitAliases(compiled, code)}${emitLocals(locals, '  ')}${code}${end}}\n`;
}
