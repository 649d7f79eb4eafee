// WGSL as a portable language: what the rest of the program may use of the compiler.
export {
  type CallNode,
  type ExpressionNode,
  type FunctionNode,
  functionsOf,
  isEntry,
  type StatementNode,
  type SyntaxNode,
  type SyntaxTree,
  walk,
} from './ast.ts';
export { type Call, callsOf } from './calls.ts';
export { check } from './check.ts';
export type { Binding, FunctionIr, Module } from './ir.ts';
export {
  type BufferSlice,
  emitKernel,
  instantiateKernel,
  type KernelBinding,
  type KernelFunction,
  type KernelSource,
} from './js/kernel.ts';
export { type LinkedText, type LinkOptions, linkShaders, type ShaderModule, type ShaderModules } from './link.ts';
export { type ParseOptions, parse } from './parse.ts';
export { type Reproducibility, reproducibility } from './reproducibility.ts';
export { type DrawOptions, type NumberedText, numberDraws } from './sites.ts';
export type { Location, Span } from './source.ts';
