// Writes structured code over scalars as WebAssembly: one emitter for each function.
import type { Code, Routine } from '../code.ts';
import { type Local, type Memory, type Operation, operandType, type Scalar } from '../scalar.ts';
import type { ScalarName } from '../types.ts';
import {
  type Bytes,
  constant,
  EMPTY,
  F32,
  floatConstant,
  I32,
  MEMORY_FILL,
  OP,
  type Signature,
  unsigned,
} from './binary.ts';
import { ATOMIC_UPDATES, instructionOf, type Operand } from './operations.ts';

/** Where memory lies, in bytes: at an address, or so far behind the address that a global holds. */
export type Address = { readonly at: number } | { readonly global: number; readonly offset: number };

/** What functions of one module share. */
export interface ModuleContext {
  addressOf(memory: Memory): Address;
  /** Elements of a runtime-sized array. */
  lengthOf(memory: Memory, stride: number): number;
  /** The number of a routine's function. */
  routine(routine: Routine): number;
  /** The number of a host function that does what WebAssembly has no instruction for. */
  host(operation: Operation, from: ScalarName, to: ScalarName, arity: number): number;
  /** Whether updates are atomic. */
  atomic: boolean;
}

export const typeOf = (name: ScalarName): number => (name === 'f32' ? F32 : I32);

export class FunctionEmitter {
  readonly code: Bytes = [];
  private readonly context: ModuleContext;
  private readonly numbers = new Map<Local, number>();
  private readonly types: number[] = [];
  private readonly paramCount: number;
  /** Structures that are open, innermost last; a label may stand for what follows (`break`) or for the start (`continue`). */
  private readonly open: { label: string; jump: 'break' | 'continue' }[] = [];
  /** Locals for operands that are used twice, which are free again. */
  private readonly spare: Record<number, number[]> = { [I32]: [], [F32]: [] };

  constructor(context: ModuleContext, params: readonly Local[]) {
    this.context = context;
    this.paramCount = params.length;
    for (const param of params) this.number(param);
  }

  /** Types of the locals after the parameters. */
  get locals(): readonly number[] {
    return this.types.slice(this.paramCount);
  }

  signature(params: readonly Local[], results: readonly Local[]): Signature {
    return {
      params: params.map(({ type }) => typeOf(type.name)),
      results: results.map(({ type }) => typeOf(type.name)),
    };
  }

  /** The number of a local. */
  number(local: Local): number {
    const known = this.numbers.get(local);
    if (known !== undefined) return known;
    const made = this.types.push(typeOf(local.type.name)) - 1;
    this.numbers.set(local, made);
    return made;
  }

  /** The number of a local that no scalar stands for. */
  newLocal(type: number): number {
    return this.types.push(type) - 1;
  }

  /** A new local with the value that was written, by its number. */
  keep(type: number): number {
    const number = this.newLocal(type);
    this.write(OP.localSet, ...unsigned(number));
    return number;
  }

  /** What `body` writes, apart. */
  capture(body: () => void): Bytes {
    const start = this.code.length;
    body();
    return this.code.splice(start);
  }

  write(...bytes: Bytes): void {
    for (const byte of bytes) this.code.push(byte);
  }

  get(local: Local): void {
    this.write(OP.localGet, ...unsigned(this.number(local)));
  }

  set(local: Local): void {
    this.write(OP.localSet, ...unsigned(this.number(local)));
  }

  /** Opens a structure; `body` closes with it. */
  structure(opcode: number, label: string, jump: 'break' | 'continue', body: () => void): void {
    this.write(opcode, EMPTY);
    this.open.push({ label, jump });
    body();
    this.open.pop();
    this.write(OP.end);
  }

  jump(label: string, jump: 'break' | 'continue'): void {
    const at = this.open.findLastIndex(found => found.label === label && found.jump === jump);
    if (at < 0) throw new Error(`nothing is labelled "${label}"`);
    this.write(OP.br, ...unsigned(this.open.length - 1 - at));
  }

  /** Writes a scalar for vectors, in which truth is a mask. */
  masked(scalar: Scalar): void {
    this.scalar(scalar);
    if (scalar.type.name === 'bool') this.write(...constant(-1), OP.i32Mul);
  }

  list(list: readonly Code[]): void {
    for (const code of list) this.one(code);
  }

  private one(code: Code): void {
    switch (code.kind) {
      case 'set':
        this.scalar(code.value);
        this.set(code.local);
        return;
      case 'store': {
        this.address(code.memory, code.index);
        this.scalar(code.value);
        this.write(code.value.type.name === 'f32' ? OP.f32Store : OP.i32Store, 2, 0);
        return;
      }
      case 'update':
        this.update(code);
        return;
      case 'clear':
        this.base(code.memory, 0);
        this.write(...constant(0), ...constant(4 * (code.memory.size ?? 0)), ...MEMORY_FILL);
        return;
      case 'if':
        this.scalar(code.condition);
        if (code.accept.length === 0) this.write(OP.i32Eqz);
        this.structure(OP.if, '', 'break', () => {
          this.list(code.accept.length > 0 ? code.accept : code.reject);
          if (code.accept.length === 0 || code.reject.length === 0) return;
          this.write(OP.else);
          this.list(code.reject);
        });
        return;
      case 'block':
        this.structure(OP.block, code.label, 'break', () => this.list(code.body));
        return;
      case 'loop':
        this.structure(OP.block, code.label, 'break', () =>
          this.structure(OP.loop, code.label, 'continue', () => {
            this.list(code.body);
            this.jump(code.label, 'continue');
          }),
        );
        return;
      case 'switch':
        this.choice(code);
        return;
      case 'break':
      case 'continue':
        this.jump(code.label, code.kind);
        return;
      case 'call':
        for (const arg of code.args) this.scalar(arg);
        this.write(OP.call, ...unsigned(this.context.routine(code.routine)));
        for (const local of code.results.toReversed()) this.set(local);
    }
  }

  /** Cases never fall through, so that the default may come last. */
  private choice({ label, selector, cases }: Code & { kind: 'switch' }): void {
    this.structure(OP.block, label, 'break', () =>
      this.withOperands([selector], ([chosen]) => {
        for (const { selectors, isDefault, body } of cases) {
          if (isDefault) continue;
          selectors.forEach((value, i) => {
            this.write(...chosen.bytes, ...constant(value), OP.i32Eq);
            if (i > 0) this.write(OP.i32Or);
          });
          this.structure(OP.if, '', 'break', () => {
            this.list(body);
            this.jump(label, 'break');
          });
        }
        for (const { isDefault, body } of cases) if (isDefault) this.list(body);
      }),
    );
  }

  private update({ memory, index, atomic, value, stored, old }: Code & { kind: 'update' }): void {
    if (!this.context.atomic) {
      this.scalar({ kind: 'load', type: old.type, memory, index });
      this.set(old);
      this.one({ kind: 'store', memory, index, value: stored });
      return;
    }
    const instruction = ATOMIC_UPDATES[atomic];
    if (instruction) {
      this.address(memory, index);
      this.scalar(value);
      this.write(...instruction, 2, 0);
      this.set(old);
      return;
    }
    // compare and exchange until nobody came between, if there is anything to exchange
    const load = (): void => {
      this.scalar({ kind: 'load', type: old.type, memory, index });
      this.set(old);
    };
    load();
    this.structure(OP.block, '', 'break', () =>
      this.structure(OP.loop, '', 'break', () => {
        this.scalar(stored);
        this.get(old);
        this.write(OP.i32Eq, OP.brIf, 1);
        this.address(memory, index);
        this.get(old);
        this.scalar(stored);
        this.write(...ATOMIC_UPDATES.compareExchange, 2, 0);
        this.get(old);
        this.write(OP.i32Eq, OP.brIf, 1);
        load();
        this.write(OP.br, 0);
      }),
    );
  }

  scalar(scalar: Scalar): void {
    switch (scalar.kind) {
      case 'constant':
        this.write(...constantBytes(scalar));
        return;
      case 'local':
        this.get(scalar.local);
        return;
      case 'length':
        this.write(...constant(this.context.lengthOf(scalar.memory, scalar.stride)));
        return;
      case 'load':
        this.address(scalar.memory, scalar.index);
        this.write(scalar.type.name === 'f32' ? OP.f32Load : OP.i32Load, 2, 0);
        if (scalar.type.name === 'bool') this.write(OP.i32Eqz, OP.i32Eqz);
        return;
      case 'apply':
        this.apply(scalar);
    }
  }

  private apply({ operation, type, args }: Scalar & { kind: 'apply' }): void {
    if (operation.name === 'select') {
      for (const arg of [args[1], args[2], args[0]]) this.scalar(arg);
      this.write(OP.select);
      return;
    }
    const from = operandType(args);
    const instruction = instructionOf(operation.name, from, type.name);
    if (instruction && 'around' in instruction) {
      this.withOperands(args, operands => this.write(...instruction.around(operands)));
      return;
    }
    for (const arg of args) this.scalar(arg);
    if (instruction) this.write(...instruction.after);
    else this.write(OP.call, ...unsigned(this.context.host(operation, from, type.name, args.length)));
  }

  /** Computes scalars, so that they can be written more than once. */
  private withOperands(scalars: readonly Scalar[], use: (operands: readonly Operand[]) => void): void {
    const taken: { type: number; number: number }[] = [];
    const operands = scalars.map((scalar): Operand => {
      if (scalar.kind === 'constant') return { bytes: constantBytes(scalar), constant: Number(scalar.value) | 0 };
      if (scalar.kind === 'local') return { bytes: [OP.localGet, ...unsigned(this.number(scalar.local))] };
      const type = typeOf(scalar.type.name);
      this.scalar(scalar);
      const number = this.spare[type].pop() ?? this.newLocal(type);
      taken.push({ type, number });
      this.write(OP.localSet, ...unsigned(number));
      return { bytes: [OP.localGet, ...unsigned(number)] };
    });
    use(operands);
    for (const { type, number } of taken) this.spare[type].push(number);
  }

  /** The address of a word. Sums wrap at 2³², where memory ends, so that no index leads out of it. */
  address(memory: Memory, index: Scalar): void {
    const { rest, words } = splitConstant(index);
    if (!rest) {
      this.base(memory, 4 * words);
      return;
    }
    this.scalar(rest);
    this.write(...constant(2), OP.i32Shl);
    const address = this.context.addressOf(memory);
    if ('at' in address) this.write(...constant(address.at + 4 * words), OP.i32Add);
    else {
      this.write(OP.globalGet, ...unsigned(address.global), OP.i32Add);
      if (address.offset + words !== 0) this.write(...constant(address.offset + 4 * words), OP.i32Add);
    }
  }

  private base(memory: Memory, distance: number): void {
    const address = this.context.addressOf(memory);
    if ('at' in address) this.write(...constant(address.at + distance));
    else this.write(OP.globalGet, ...unsigned(address.global), ...constant(address.offset + distance), OP.i32Add);
  }
}

/** An index as a scalar and a constant number of words. */
function splitConstant(index: Scalar): { rest?: Scalar; words: number } {
  if (index.kind === 'constant') return { words: Number(index.value) };
  if (index.kind === 'apply' && index.operation.name === '+') {
    const [left, right] = index.args;
    if (right.kind === 'constant') return { rest: left, words: Number(right.value) };
    if (left.kind === 'constant') return { rest: right, words: Number(left.value) };
  }
  return { rest: index, words: 0 };
}

function constantBytes({ value, type }: Scalar & { kind: 'constant' }): Bytes {
  return type.name === 'f32' ? floatConstant(Number(value)) : constant(Number(value));
}
