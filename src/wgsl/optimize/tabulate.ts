// Tabulates functions of small counts: what follows from one local that has few values, and from what is the same for all invocations of a world, is computed once for each of
// the values, before the invocations. Of eight neighbours 0 to 8 are infected; the chance to be infected is then a load instead of a power.
import { type Code, type Kernel, listsOf, type SetCode, visitScalar, withLists, withScalars } from '../code.ts';
import * as op from '../operations.ts';
import { apply, constantScalar, type Local, localScalar, type Memory, type Scalar, substitute } from '../scalar.ts';
import { BOOL, U32 } from '../types.ts';
import { removeDead } from './dead.ts';
import { keyOf } from './hoist.ts';
import { countSets } from './propagate.ts';
import { type Range, rangesOf } from './ranges.ts';

/** Values that a local may have. */
const MOST_VALUES = 16;
/** Operations from which a load is worth it. */
const WORTH = 6;

/** What a scalar follows from, besides what is the same for all invocations: nothing, one local with few values, or more. */
type Origin = Local | 'fixed' | 'more';

interface Table {
  readonly root: Local;
  readonly value: Scalar;
  readonly memory: Memory;
}

/** The kernel with its tables, each a memory with place for `MOST_VALUES`. */
export function tabulate(kernel: Kernel): { kernel: Kernel; tables: readonly Memory[] } {
  const origins = new Origins(kernel);
  const tables = new Map<string, Table>();
  const tableOf = (root: Local, value: Scalar): Memory => {
    const key = keyOf(value);
    const known = tables.get(key);
    if (known) return known.memory;
    const memory: Memory = { name: `table_${tables.size}`, kind: 'local', size: MOST_VALUES };
    tables.set(key, { root, value, memory });
    return memory;
  };
  const rewrite = (scalar: Scalar): Scalar => {
    const root = origins.of(scalar);
    if (typeof root === 'object') {
      if (origins.cost(scalar) < WORTH) return scalar;
      const index = origins.placeOf(root, localScalar(root));
      return { kind: 'load', type: scalar.type, memory: tableOf(root, scalar), index };
    }
    if (scalar.kind === 'load') return { ...scalar, index: rewrite(scalar.index) };
    return scalar.kind === 'apply' ? { ...scalar, args: scalar.args.map(rewrite) } : scalar;
  };
  const visit = (list: readonly Code[]): Code[] =>
    list.map(code => {
      // what is on the way to a tabulated value stays as it is, for those who need it here; it is dropped if nobody does
      if (code.kind === 'set' && origins.isOnTheWay(code)) return code;
      return withLists(withScalars(code, rewrite), visit);
    });
  const body = visit(kernel.body);
  if (tables.size === 0) return { kernel, tables: [] };
  const found = [...tables.values()];
  const prologue = [...kernel.prologue, ...origins.fill(found)];
  return {
    kernel: { ...removeDead({ ...kernel, body, prologue }), prologue },
    tables: found.map(({ memory }) => memory),
  };
}

class Origins {
  private readonly range: (scalar: Scalar) => Range;
  private readonly fixed: Set<Local>;
  /** Sets of locals that are set once, and not in an inner loop: when one is read, what it was made from is as it was. */
  private readonly sets = new Map<Local, SetCode>();
  private readonly known = new Map<Local, Origin>();

  constructor(kernel: Kernel) {
    this.range = rangesOf(kernel);
    const counts = countSets(kernel);
    const [, y, z] = kernel.invocation;
    this.fixed = new Set([y, z]);
    for (const code of kernel.prologue) {
      if (code.kind === 'set' && counts.get(code.local) === 1) this.fixed.add(code.local);
    }
    const collect = (list: readonly Code[]): void => {
      for (const code of list) {
        if (code.kind === 'set' && counts.get(code.local) === 1) this.sets.set(code.local, code);
        else if (code.kind !== 'loop') for (const inner of listsOf(code)) collect(inner);
      }
    };
    const last = kernel.body[kernel.body.length - 1];
    // the loop over strands: what it sets, it sets anew for each
    collect(last?.kind === 'loop' ? [...kernel.body.slice(0, -1), ...last.body] : kernel.body);
  }

  of(scalar: Scalar): Origin {
    switch (scalar.kind) {
      case 'constant':
        return 'fixed';
      case 'length':
        return 'more';
      case 'local':
        return this.ofLocal(scalar.local);
      case 'load':
        return scalar.memory.kind === 'read' || scalar.memory.kind === 'table' ? this.of(scalar.index) : 'more';
      case 'apply':
        return scalar.type.name === 'f32' ? 'more' : scalar.args.map(arg => this.of(arg)).reduce(joined, 'fixed');
    }
  }

  private ofLocal(local: Local): Origin {
    if (this.fixed.has(local)) return 'fixed';
    const known = this.known.get(local);
    if (known) return known;
    const set = this.sets.get(local);
    let origin: Origin = set ? this.of(set.value) : 'more';
    if (origin === 'more' && set && local.type !== BOOL && this.valuesOf(local) <= MOST_VALUES) origin = local;
    this.known.set(local, origin);
    return origin;
  }

  valuesOf(local: Local): number {
    const { low, high } = this.range(localScalar(local));
    return high - low + 1;
  }

  /** The place of a root's value in a table. */
  placeOf(root: Local, value: Scalar): Scalar {
    const { low } = this.range(localScalar(root));
    return apply(op.CONVERT, U32, apply(op.SUB, root.type, value, constantScalar(root.type, low)));
  }

  /** Whether a set only passes on what follows from one local. */
  isOnTheWay({ local, value }: SetCode): boolean {
    return this.sets.has(local) && typeof this.of(value) === 'object';
  }

  /** Operations between the root and a scalar, each counted once. */
  cost(scalar: Scalar): number {
    let count = 0;
    for (const { value } of [...this.needed([scalar]), { value: scalar }]) {
      visitScalar(value, inner => {
        if (inner.kind !== 'local' && inner.kind !== 'constant' && this.of(inner) !== 'fixed') count++;
      });
    }
    return count;
  }

  /** The sets between roots and scalars, in order. */
  private needed(scalars: readonly Scalar[]): SetCode[] {
    const found = new Set<SetCode>();
    const visit = (scalar: Scalar): void =>
      visitScalar(scalar, inner => {
        if (inner.kind !== 'local') return;
        const origin = this.of(inner);
        const set = this.sets.get(inner.local);
        if (origin === 'more' || origin === inner.local || !set || found.has(set)) return;
        visit(set.value);
        found.add(set);
      });
    scalars.forEach(visit);
    return [...found];
  }

  /** Code that fills tables: a loop over the values of each root. */
  fill(tables: readonly Table[]): Code[] {
    const roots = [...new Set(tables.map(({ root }) => root))];
    return roots.flatMap((root): Code[] => {
      const own = tables.filter(table => table.root === root);
      const { low, high } = this.range(localScalar(root));
      const names = new Map<Local, Scalar>();
      const renamed = (local: Local): Local => ({ ...local, name: `each_${local.name}` });
      const value = renamed(root);
      names.set(root, localScalar(value));
      const sets = this.needed(own.map(table => table.value)).map((code): Code => {
        const local = renamed(code.local);
        const set: Code = { ...code, local, value: substitute(code.value, names) };
        names.set(code.local, localScalar(local));
        return set;
      });
      const stores = own.map(
        (table): Code => ({
          kind: 'store',
          memory: table.memory,
          index: this.placeOf(root, localScalar(value)),
          value: substitute(table.value, names),
        }),
      );
      const label = `each ${root.name}`;
      const constant = (number: number): Scalar => constantScalar(root.type, number);
      const isLast = apply(op.GT, BOOL, localScalar(value), constant(high));
      return [
        { kind: 'set', local: value, value: constant(low) },
        {
          kind: 'loop',
          label,
          body: [
            ...sets,
            ...stores,
            { kind: 'set', local: value, value: apply(op.ADD, root.type, localScalar(value), constant(1)) },
            { kind: 'if', condition: isLast, accept: [{ kind: 'break', label }], reject: [] },
          ],
        },
      ];
    });
  }
}

function joined(a: Origin, b: Origin): Origin {
  if (a === 'fixed') return b;
  return b === 'fixed' || a === b ? a : 'more';
}
