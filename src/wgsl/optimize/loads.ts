// Reads a word once that a list of code reads several times, as long as nothing is written in between.
import { type Code, type Kernel, listsOf, scalarsOf, visitCode, visitScalar, withLists, withScalars } from '../code.ts';
import { type Local, localScalar, type Scalar } from '../scalar.ts';
import { keyOf } from './hoist.ts';
import { countSets } from './propagate.ts';

type Load = Scalar & { kind: 'load' };

export function shareLoads(kernel: Kernel): Kernel {
  const sets = countSets(kernel);
  const counts = new Map<string, number>();
  visitCode(kernel.body, code => {
    for (const scalar of scalarsOf(code)) {
      visitScalar(scalar, inner => {
        if (inner.kind === 'load') counts.set(keyOf(inner), (counts.get(keyOf(inner)) ?? 0) + 1);
      });
    }
  });
  /** Whether the same words name the same place wherever they stand. */
  const isLasting = (load: Load): boolean => {
    let lasting = load.memory.kind === 'read' || load.memory.kind === 'read_write';
    visitScalar(load.index, inner => {
      if (inner.kind === 'local' && (sets.get(inner.local) ?? 0) > 1) lasting = false;
      if (inner.kind === 'load' && inner.memory.kind !== 'read' && inner.memory.kind !== 'table') lasting = false;
    });
    return lasting;
  };
  let made = 0;
  const share = (list: readonly Code[], before: ReadonlyMap<string, Local>): Code[] => {
    const known = new Map(before);
    const forget = (): void => {
      for (const key of known.keys()) if (written.has(key)) known.delete(key);
    };
    return list.flatMap(code => {
      const writes = writesIn(code);
      // a loop comes back to what it wrote
      if (writes && code.kind === 'loop') forget();
      const first: Code[] = [];
      const rewrite = (scalar: Scalar): Scalar => {
        if (scalar.kind === 'apply') return { ...scalar, args: scalar.args.map(rewrite) };
        if (scalar.kind !== 'load') return scalar;
        const key = keyOf(scalar);
        // the word that a store changes a part of
        if (code.kind === 'store' && scalar.memory === code.memory && key === targetOf(code)) return scalar;
        const local = known.get(key);
        if (local) return localScalar(local);
        const inner = { ...scalar, index: rewrite(scalar.index) };
        if (counts.get(key)! < 2 || !isLasting(scalar)) return inner;
        const shared: Local = { name: `word_${made++}`, type: scalar.type };
        if (scalar.memory.kind === 'read_write') written.add(key);
        first.push({ kind: 'set', local: shared, value: inner });
        known.set(key, shared);
        return localScalar(shared);
      };
      const own = code.kind === 'update' ? code : withScalars(code, rewrite);
      const changed = withLists(own, inner => share(inner, known));
      if (writes) forget();
      return [...first, changed];
    });
  };
  /** Keys of loads from memory that kernels write. */
  const written = new Set<string>();
  return { ...kernel, body: share(kernel.body, new Map()) };
}

const targetOf = ({ memory, index, value }: Code & { kind: 'store' }): string =>
  keyOf({ kind: 'load', type: value.type, memory, index });

/** Whether the code writes to memory, or calls what may. */
function writesIn(code: Code): boolean {
  if (code.kind === 'store' || code.kind === 'update' || code.kind === 'call' || code.kind === 'clear') return true;
  return listsOf(code).some(list => list.some(writesIn));
}
