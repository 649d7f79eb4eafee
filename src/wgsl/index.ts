// WGSL as a portable language: what the rest of the program may use of the compiler.
export {
  type CallNode,
  type ExpressionNode,
  type FunctionNode,
  functionsOf,
  type SyntaxNode,
  type SyntaxTree,
  walk,
} from './ast.ts';
export { type Call, callsOf } from './calls.ts';
export { check, checkWithTypes, type ExpressionType } from './check.ts';
export type { EditedText } from './insertions.ts';
export { TextEdits } from './instrument.ts';
export type { FunctionIr, Module } from './ir.ts';
export { emitKernel, instantiateKernel } from './js/kernel.ts';
export { type LinkedText, linkShaders, type ShaderModules } from './link.ts';
export { type MergedEntry, mergeTexts } from './merge.ts';
export { parse } from './parse.ts';
export { reproducibility } from './reproducibility.ts';
export { numberDraws } from './sites.ts';
export { lineAndColumn, type Quote } from './source.ts';
export { type Type, typeText } from './types.ts';
export { PAGES } from './wasm/binary.ts';
export { encodeKernel, instantiateWasm, type Region, type WasmKernel } from './wasm/kernel.ts';
