// Collects code while a kernel is lowered: fresh locals, memory and labels, and the list that is being written.
import type { Code } from '../code.ts';
import { isTrivial, type Local, localScalar, type Memory, type Scalar, type Value } from '../scalar.ts';
import type { ScalarType } from '../types.ts';

const bits = new DataView(new ArrayBuffer(4));

export class Builder {
  private list: Code[] = [];
  private count = 0;
  /** Locals that are set once, where they are made, so that a reference to one is as good as its value. */
  private readonly temporaries = new Set<Local>();
  private readonly tables = new Map<string, Memory>();

  emit(code: Code): void {
    this.list.push(code);
  }

  /** What `action` emits, apart. */
  collect(action: () => void): Code[] {
    const outer = this.list;
    this.list = [];
    action();
    const collected = this.list;
    this.list = outer;
    return collected;
  }

  local(hint: string, type: ScalarType): Local {
    return { name: `${hint}_${this.count++}`, type };
  }

  label(hint: string): string {
    return `${hint}_${this.count++}`;
  }

  memory(hint: string, size: number): Memory {
    return { name: `${hint}_${this.count++}`, kind: 'local', size };
  }

  /** Constant memory with the given contents; equal contents share it. */
  table(values: readonly Value[], types: readonly ScalarType[]): Memory {
    const words = values.map((value, i) => {
      if (types[i].name !== 'f32') return Number(value) | 0;
      bits.setFloat32(0, Number(value));
      return bits.getInt32(0);
    });
    const key = words.join();
    let table = this.tables.get(key);
    if (!table) {
      table = { name: `table_${this.count++}`, kind: 'table', size: words.length, words };
      this.tables.set(key, table);
    }
    return table;
  }

  set(local: Local, value: Scalar): void {
    this.emit({ kind: 'set', local, value });
  }

  /** The scalar, computed here and now: later assignments do not change it, and using it twice costs nothing. */
  freeze(scalar: Scalar, hint = 't'): Scalar {
    if (scalar.kind === 'constant' || (scalar.kind === 'local' && this.temporaries.has(scalar.local))) return scalar;
    const local = this.temporary(hint, scalar.type);
    this.set(local, scalar);
    return localScalar(local);
  }

  /** A local that whoever asks for it sets exactly once. */
  temporary(hint: string, type: ScalarType): Local {
    const local = this.local(hint, type);
    this.temporaries.add(local);
    return local;
  }

  /** The scalar, cheap to use twice within one expression. */
  readonly share = (scalar: Scalar): Scalar => (isTrivial(scalar) ? scalar : this.freeze(scalar));
}
