// Finds what of a kernel can be computed ahead for many invocations at a time, four in a vector: expressions that follow from the number of the invocation alone, which
// random draws are. They are worth it even where some invocations do not come to use them.
import { type Code, type Kernel, type SetCode, visitCode, withLists, withScalars } from '../code.ts';
import * as op from '../operations.ts';
import { removeDead } from '../optimize/dead.ts';
import { countSets } from '../optimize/propagate.ts';
import { apply, type Local, localScalar, type Memory, type Scalar, u32 } from '../scalar.ts';
import { BOOL, U32 } from '../types.ts';
import { hasVectors } from './simd.ts';

/** Invocations that are computed ahead together. */
export const AHEAD = 64;
/** Operations from which an expression is computed ahead: a load takes its place, and vectors need some setting up. */
const WORTH = 24;
/** Least probability of being used; a branch is taken in every other case. */
const LIKELY = 1 / 4;

/** What is computed ahead if `guards` hold, which are the same for all invocations: after `code` has set the locals that they need, the outputs. */
export interface Ahead {
  readonly guards: readonly Scalar[];
  readonly code: readonly SetCode[];
  readonly outputs: readonly { readonly memory: Memory; readonly value: Scalar }[];
}

export interface AheadKernel {
  kernel: Kernel;
  ahead: readonly Ahead[];
  /** Whether a scalar is the same for all invocations. */
  isFixed(scalar: Scalar): boolean;
}

/** Where code stands: how probable it is that an invocation comes there, and what has to hold that is the same for all invocations. */
interface Path {
  probability: number;
  guards: readonly Scalar[];
}

export function computeAhead(kernel: Kernel): AheadKernel {
  const analysis = new Analysis(kernel);
  const { memoryOf, found } = analysis;
  const rewrite = (scalar: Scalar, path: Path): Scalar => {
    if (analysis.isPure(scalar)) {
      if (path.probability < LIKELY || analysis.cost(scalar) < WORTH) return scalar;
      return { kind: 'load', type: scalar.type, memory: memoryOf(scalar, path.guards), index: analysis.slot };
    }
    if (scalar.kind === 'load') return { ...scalar, index: rewrite(scalar.index, path) };
    return scalar.kind === 'apply' ? { ...scalar, args: scalar.args.map(arg => rewrite(arg, path)) } : scalar;
  };
  const rewriteList = (list: readonly Code[], path: Path): Code[] => list.map(code => rewriteOne(code, path));
  const branch = (path: Path, condition: Scalar, holds: boolean): Path => {
    if (!analysis.isFixed(condition)) return { ...path, probability: path.probability / 2 };
    return { ...path, guards: [...path.guards, holds ? condition : apply(op.NOT, BOOL, condition)] };
  };
  const rewriteOne = (code: Code, path: Path): Code => {
    // what is pure itself stays as it is, for those who need it here; it is dropped if nobody does
    if (code.kind === 'set' && analysis.pure.has(code.local)) return code;
    const renewed = withScalars(code, scalar => rewrite(scalar, path));
    if (code.kind === 'if') {
      const accept = rewriteList(code.accept, branch(path, code.condition, true));
      return {
        ...(renewed as typeof code),
        accept,
        reject: rewriteList(code.reject, branch(path, code.condition, false)),
      };
    }
    const inner = code.kind === 'switch' ? { ...path, probability: path.probability / 2 } : path;
    return withLists(renewed, list => rewriteList(list, inner));
  };
  const body = rewriteList(kernel.body, { probability: 1, guards: [] });
  const ahead = found();
  const isFixed = (scalar: Scalar): boolean => analysis.isFixed(scalar);
  if (ahead.length === 0) return { kernel, ahead, isFixed };
  // what is computed ahead still needs what comes before the invocations
  return { kernel: { ...removeDead({ ...kernel, body }), prologue: kernel.prologue }, ahead, isFixed };
}

interface Output {
  memory: Memory;
  value: Scalar;
  guards: readonly Scalar[];
}

class Analysis {
  /** Locals of the body that follow from the number of the invocation and from what is fixed, with their values. */
  readonly pure = new Map<Local, SetCode>();
  /** The place of an invocation among those that are computed together. */
  readonly slot: Scalar;
  private readonly fixed: Set<Local>;
  private readonly x: Local;
  private readonly outputs = new Map<string, Output>();

  constructor(kernel: Kernel) {
    const [x, y, z] = kernel.invocation;
    this.x = x;
    this.slot = apply(op.AND, U32, localScalar(x), u32(AHEAD - 1));
    this.fixed = new Set([y, z]);
    const sets = countSets(kernel);
    for (const code of kernel.prologue)
      if (code.kind === 'set' && sets.get(code.local) === 1) this.fixed.add(code.local);
    visitCode(kernel.body, code => {
      if (code.kind === 'set' && sets.get(code.local) === 1 && this.isPure(code.value)) this.pure.set(code.local, code);
    });
  }

  isFixed(scalar: Scalar): boolean {
    if (scalar.kind === 'constant') return true;
    if (scalar.kind === 'local') return this.fixed.has(scalar.local);
    return scalar.kind === 'apply' && scalar.args.every(arg => this.isFixed(arg));
  }

  isPure(scalar: Scalar): boolean {
    if (scalar.type.name === 'f32') return false;
    if (this.isFixed(scalar)) return true;
    if (scalar.kind === 'local') return scalar.local === this.x || this.pure.has(scalar.local);
    // words that no kernel writes: of the same agent, side by side
    if (scalar.kind === 'load') return scalar.memory.kind === 'read' && this.isBehind(scalar.index);
    if (scalar.kind !== 'apply' || !hasVectors(scalar.operation)) return false;
    const isShift = scalar.operation.name === '<<' || scalar.operation.name === '>>';
    if (isShift && !this.isFixed(scalar.args[1])) return false;
    return scalar.args.every(arg => this.isPure(arg));
  }

  /** Whether an index is the number of the invocation, so much further. */
  private isBehind(index: Scalar): boolean {
    if (index.kind === 'local') return index.local === this.x;
    if (index.kind !== 'apply' || index.operation.name !== '+') return false;
    const [left, right] = index.args;
    return (this.isFixed(left) && this.isBehind(right)) || (this.isFixed(right) && this.isBehind(left));
  }

  /** Operations behind a scalar that are not the same for all, each counted once; no more than there have to be. */
  cost(scalar: Scalar): number {
    let count = 0;
    const seen = new Set<Local>();
    const visit = (inner: Scalar): void => {
      if (count >= WORTH || this.isFixed(inner)) return;
      if (inner.kind === 'local') {
        const set = this.pure.get(inner.local);
        if (!set || seen.has(inner.local)) return;
        seen.add(inner.local);
        visit(set.value);
      } else if (inner.kind === 'apply') {
        count++;
        inner.args.forEach(visit);
      }
    };
    visit(scalar);
    return count;
  }

  /** The memory of an expression. One that stands in several places is computed for all of them. */
  readonly memoryOf = (value: Scalar, guards: readonly Scalar[]): Memory => {
    const key = value.kind === 'local' ? value.local.name : `expression ${this.outputs.size}`;
    const known = this.outputs.get(key);
    const memory = known?.memory ?? { name: `ahead_${this.outputs.size}`, kind: 'local', size: AHEAD };
    this.outputs.set(key, { memory, value, guards: known ? common(known.guards, guards) : guards });
    return memory;
  };

  /** The outputs by what guards them. */
  readonly found = (): Ahead[] => {
    const groups = new Map<string, Output[]>();
    const numbers = new Map<Scalar, number>();
    for (const output of this.outputs.values()) {
      const key = output.guards.map(guard => numbers.get(guard) ?? numbers.set(guard, numbers.size).size - 1).join();
      groups.set(key, [...(groups.get(key) ?? []), output]);
    }
    return [...groups.values()].map(outputs => ({
      guards: outputs[0].guards,
      code: this.needed(outputs.map(({ value }) => value)),
      outputs,
    }));
  };

  /** The sets that scalars need, in order. */
  private needed(scalars: readonly Scalar[]): SetCode[] {
    const list = new Set<SetCode>();
    const visit = (inner: Scalar): void => {
      if (this.isFixed(inner)) return;
      if (inner.kind === 'apply') inner.args.forEach(visit);
      const set = inner.kind === 'local' ? this.pure.get(inner.local) : undefined;
      if (!set || list.has(set)) return;
      visit(set.value);
      list.add(set);
    };
    scalars.forEach(visit);
    return [...list];
  }
}

/** What two lists begin with alike. */
function common(a: readonly Scalar[], b: readonly Scalar[]): readonly Scalar[] {
  const end = a.findIndex((guard, i) => guard !== b[i]);
  return end < 0 ? a : a.slice(0, end);
}
