// The binary format of WebAssembly (core specification 2.0 with threads), as far as kernels need it: numbers, sections, opcodes.

/** Instructions, one list of bytes. */
export type Bytes = number[];

/** Types of values. */
export const I32 = 0x7f;
export const F32 = 0x7d;
export const V128 = 0x7b;
const FUNCTION = 0x60;
/** A block without a value. */
export const EMPTY = 0x40;

export const OP = {
  block: 0x02,
  loop: 0x03,
  if: 0x04,
  else: 0x05,
  end: 0x0b,
  br: 0x0c,
  brIf: 0x0d,
  call: 0x10,
  drop: 0x1a,
  select: 0x1b,
  localGet: 0x20,
  localSet: 0x21,
  localTee: 0x22,
  globalGet: 0x23,
  i32Load: 0x28,
  f32Load: 0x2a,
  i32Store: 0x36,
  f32Store: 0x38,
  i32Const: 0x41,
  f32Const: 0x43,
  i64Const: 0x42,
  i64Mul: 0x7e,
  i64ShrU: 0x88,
  i32WrapI64: 0xa7,
  i64ExtendU: 0xad,
  i32Eqz: 0x45,
  i32Eq: 0x46,
  i32Ne: 0x47,
  i32LtS: 0x48,
  i32LtU: 0x49,
  i32GtS: 0x4a,
  i32GtU: 0x4b,
  i32LeS: 0x4c,
  i32LeU: 0x4d,
  i32GeS: 0x4e,
  i32GeU: 0x4f,
  f32Eq: 0x5b,
  f32Ne: 0x5c,
  f32Lt: 0x5d,
  f32Gt: 0x5e,
  f32Le: 0x5f,
  f32Ge: 0x60,
  i32Clz: 0x67,
  i32Popcnt: 0x69,
  i32Add: 0x6a,
  i32Sub: 0x6b,
  i32Mul: 0x6c,
  i32DivS: 0x6d,
  i32DivU: 0x6e,
  i32RemS: 0x6f,
  i32RemU: 0x70,
  i32And: 0x71,
  i32Or: 0x72,
  i32Xor: 0x73,
  i32Shl: 0x74,
  i32ShrS: 0x75,
  i32ShrU: 0x76,
  f32Abs: 0x8b,
  f32Neg: 0x8c,
  f32Ceil: 0x8d,
  f32Floor: 0x8e,
  f32Trunc: 0x8f,
  f32Sqrt: 0x91,
  f32Add: 0x92,
  f32Sub: 0x93,
  f32Mul: 0x94,
  f32Div: 0x95,
  f32Min: 0x96,
  f32Max: 0x97,
  f32ConvertS: 0xb2,
  f32ConvertU: 0xb3,
  i32Reinterpret: 0xbc,
  f32Reinterpret: 0xbe,
} as const;

/** Instructions of two bytes and more: a prefix and a number. */
export const TRUNCATE_SATURATED_S: Bytes = [0xfc, 0x00];
export const TRUNCATE_SATURATED_U: Bytes = [0xfc, 0x01];
export const MEMORY_FILL: Bytes = [0xfc, 0x0b, 0x00];

export function unsigned(value: number): Bytes {
  const bytes: Bytes = [];
  let rest = value >>> 0;
  for (;;) {
    const low = rest & 0x7f;
    rest >>>= 7;
    if (rest === 0) return [...bytes, low];
    bytes.push(low | 0x80);
  }
}

export function signed(value: number): Bytes {
  const bytes: Bytes = [];
  let rest = value | 0;
  for (;;) {
    const low = rest & 0x7f;
    rest >>= 7;
    if ((rest === 0 && (low & 0x40) === 0) || (rest === -1 && (low & 0x40) !== 0)) return [...bytes, low];
    bytes.push(low | 0x80);
  }
}

export const constant = (value: number): Bytes => [OP.i32Const, ...signed(value)];

const float = new DataView(new ArrayBuffer(4));
export function floatConstant(value: number): Bytes {
  float.setFloat32(0, value, true);
  return [OP.f32Const, ...new Uint8Array(float.buffer)];
}

/** The types of a function's parameters and results. */
export interface Signature {
  params: readonly number[];
  results: readonly number[];
}

interface FunctionBody {
  signature: Signature;
  /** Types of the locals after the parameters. */
  locals: readonly number[];
  code: Bytes;
}

export interface ModuleParts {
  /** Functions of the host, from module `host`. */
  imports: readonly { name: string; signature: Signature }[];
  /** Immutable words of the host, from module `host`. */
  globals: readonly string[];
  functions: readonly FunctionBody[];
  /** Number of the function to export as `run`, counted from the imports. */
  run: number;
  /** Whether the memory is shared between threads. */
  shared: boolean;
  /** Words to put into memory from the address that the first global holds. */
  data: readonly number[];
}

const text = (value: string): Bytes => {
  const bytes = new TextEncoder().encode(value);
  return [...unsigned(bytes.length), ...bytes];
};
const list = (items: readonly Bytes[]): Bytes => [...unsigned(items.length), ...items.flat()];

function section(id: number, items: readonly Bytes[]): Bytes {
  if (items.length === 0) return [];
  const content = list(items);
  return [id, ...unsigned(content.length), ...content];
}

/** Pages of 64 KiB of the whole address space. Unused ones take no memory. */
export const PAGES = 65536;

/** A module that imports its memory. */
export function encodeModule({ imports, globals, functions, run, shared, data }: ModuleParts): Uint8Array<ArrayBuffer> {
  const types: Bytes[] = [];
  const known = new Map<string, number>();
  const typeOf = ({ params, results }: Signature): number => {
    const bytes = [FUNCTION, ...list(params.map(type => [type])), ...list(results.map(type => [type]))];
    const key = bytes.join();
    const number = known.get(key) ?? types.push(bytes) - 1;
    known.set(key, number);
    return number;
  };
  const host = text('host');
  const limits = shared ? [0x03, ...unsigned(1), ...unsigned(PAGES)] : [0x01, ...unsigned(1), ...unsigned(PAGES)];
  const imported = [
    [...host, ...text('memory'), 0x02, ...limits],
    ...globals.map(name => [...host, ...text(name), 0x03, I32, 0x00]),
    ...imports.map(({ name, signature }) => [...host, ...text(name), 0x00, ...unsigned(typeOf(signature))]),
  ];
  const declared = functions.map(({ signature }) => unsigned(typeOf(signature)));
  const bodies = functions.map(({ locals, code }) => {
    const body = [...list(locals.map(type => [1, type])), ...code, OP.end];
    return [...unsigned(body.length), ...body];
  });
  const words = new Uint8Array(Int32Array.from(data).buffer);
  const segment = [0x00, OP.globalGet, 0x00, OP.end, ...unsigned(words.length), ...words];
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
    ...section(1, types),
    ...section(2, imported),
    ...section(3, declared),
    ...section(7, [[...text('run'), 0x00, ...unsigned(run)]]),
    ...section(10, bodies),
    ...section(11, data.length > 0 ? [segment] : []),
  ]);
}
