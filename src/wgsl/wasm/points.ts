// Finds out whether the loop of a kernel over the strands of a bundle (points of a sweep, replicas) can be run for many strands at once, and what in it is the same for all of
// them. They share edges, and points draws, so that much of it is.
import {
  type Code,
  type Kernel,
  listsOf,
  type SetCode,
  scalarsOf,
  visitCode,
  visitScalar,
  withLists,
  withScalars,
} from '../code.ts';
import { countSets } from '../optimize/propagate.ts';
import { counterOf } from '../optimize/unroll.ts';
import { apply, type Local, localScalar, type Scalar, u32 } from '../scalar.ts';
import { U32 } from '../types.ts';

/** Strands that are taken at once: four vectors of words. Those of a group have their bits in one word. */
export const GROUP = 16;

/**
 * How a scalar depends on the strand: not at all, or on nothing that differs between agents (then it is found once for all agents), or in any way.
 */
export type Dependence = 'same' | 'point' | 'many';

/** The loop over strands, which is all that a kernel does for an agent but for what comes before it. */
export interface PointLoop {
  readonly before: readonly Code[];
  /** What is the same for all groups of strands comes first. */
  readonly shared: readonly Code[];
  readonly body: readonly Code[];
  readonly counter: Local;
  readonly count: number;
  of(scalar: Scalar): Dependence;
  /** Other names of the counter. */
  readonly aliases: readonly Local[];
  /** The set of a local that depends on the strand alone. */
  pointSet(local: Local): SetCode | undefined;
  /** Whether a scalar is the place of the strand's bit in its word. */
  isPlace(scalar: Scalar): boolean;
  /** Labels that some strands leave while others stay. */
  readonly left: ReadonlySet<string>;
}

/** The loop over so many strands. Undefined where there is none, they are too few, or something in it has to be done strand by strand. */
export function pointLoopOf(kernel: Kernel, strands: number): PointLoop | undefined {
  if (strands < GROUP) return undefined;
  const loop = kernel.body[kernel.body.length - 1];
  const before = kernel.body.slice(0, -1);
  if (loop?.kind !== 'loop' || !before.every(code => code.kind === 'set')) return undefined;
  const found = counterOf(loop);
  if (found?.condition.kind !== 'apply') return undefined;
  const [, bound] = found.condition.args;
  const count = bound.kind === 'constant' ? Number(bound.value) : 0;
  const start = before.findLast(code => code.kind === 'set' && code.local === found.local);
  const startsAtZero = start?.kind === 'set' && start.value.kind === 'constant' && start.value.value === 0;
  if (!startsAtZero || count !== strands || found.condition.operation.name !== '<' || !isCovered(found.body))
    return undefined;
  const others = before.filter(code => code !== start);
  const whole = inFirstWord(found.body, found.local, count);
  const dependences = new Dependences(kernel, whole, found.local);
  const { shared, body } = dependences.split(whole);
  return { before: others, shared, body, counter: found.local, count, ...dependences.result() };
}

/** The bits of up to 32 strands are in one word: the first. */
function inFirstWord(body: readonly Code[], counter: Local, count: number): Code[] {
  const names = new Set<Local>([counter]);
  const rewrite = (scalar: Scalar): Scalar => {
    if (scalar.kind === 'load') return { ...scalar, index: rewrite(scalar.index) };
    if (scalar.kind !== 'apply') return scalar;
    const [left, right] = scalar.args;
    const isWord =
      scalar.operation.name === '>>' && left.kind === 'local' && names.has(left.local) && right.kind === 'constant';
    if (isWord && count <= 2 ** Number(right.value)) return u32(0);
    return apply(scalar.operation, scalar.type, ...scalar.args.map(rewrite));
  };
  const visit = (list: readonly Code[]): Code[] =>
    list.map(code => {
      if (code.kind === 'set' && code.value.kind === 'local' && names.has(code.value.local)) names.add(code.local);
      return withLists(withScalars(code, rewrite), visit);
    });
  return visit(body);
}

/** Whether all that the code does can be done for many strands at once. */
function isCovered(list: readonly Code[]): boolean {
  let covered = true;
  visitCode(list, code => {
    if (code.kind === 'call' || code.kind === 'clear' || code.kind === 'continue' || code.kind === 'switch')
      covered = false;
    // arrays of an invocation would be needed once for each strand
    if (code.kind === 'store' && code.memory.kind === 'local') covered = false;
    for (const scalar of scalarsOf(code)) {
      visitScalar(scalar, inner => {
        if (inner.type.name === 'f32') covered = false;
      });
    }
  });
  return covered;
}

class Dependences {
  private readonly kinds = new Map<Local, Dependence>();
  private readonly pointSets = new Map<Local, SetCode>();
  private readonly left = new Set<string>();
  private readonly fixed: Set<Local>;
  private readonly sets: Map<Local, number>;
  private readonly counter: Local;
  private changed = false;

  constructor(kernel: Kernel, body: readonly Code[], counter: Local) {
    this.counter = counter;
    this.sets = countSets(kernel);
    this.fixed = new Set([kernel.invocation[2]]);
    for (const code of kernel.prologue) if (code.kind === 'set') this.fixed.add(code.local);
    this.kinds.set(counter, 'point');
    do {
      this.changed = false;
      this.list(body, []);
    } while (this.changed);
  }

  /** Sets that come first and are the same for all groups, apart from the rest. A load among them sees what it saw behind the stores of another group, which are of other strands. */
  split(body: readonly Code[]): Pick<PointLoop, 'shared' | 'body'> {
    const byGroup = new Set<Local>([this.counter, ...this.pointSets.keys()]);
    const shared: Code[] = [];
    const rest: Code[] = [];
    for (const code of body) {
      const isFirst = rest.every(({ kind }) => kind === 'set') && code.kind === 'set';
      const isShared =
        isFirst &&
        this.sets.get(code.local) === 1 &&
        this.of(code.value) === 'same' &&
        !mentionsAny(code.value, byGroup);
      if (code.kind === 'set' && !isShared) byGroup.add(code.local);
      (isShared ? shared : rest).push(code);
    }
    return { shared, body: rest };
  }

  result(): Pick<PointLoop, 'of' | 'aliases' | 'pointSet' | 'isPlace' | 'left'> {
    return {
      of: scalar => this.of(scalar),
      aliases: [...this.pointSets.keys()].filter(local => this.isCounter(localScalar(local))),
      pointSet: local => this.pointSets.get(local),
      isPlace: scalar => this.isPlace(scalar),
      left: this.left,
    };
  }

  private of(scalar: Scalar): Dependence {
    switch (scalar.kind) {
      case 'constant':
      case 'length':
        return 'same';
      case 'local':
        return this.kinds.get(scalar.local) ?? 'same';
      case 'load': {
        const index = this.of(scalar.index);
        return index === 'point' && scalar.memory.kind === 'read_write' ? 'many' : index;
      }
      case 'apply': {
        const { operation, args } = scalar;
        const [left, right] = args;
        // which word the bits of a group are in
        const isGroups =
          operation.name === '>>' && right.kind === 'constant' && Number(right.value) >= Math.log2(GROUP);
        if (isGroups && this.isCounter(left)) return 'same';
        const found = args.map(arg => this.of(arg));
        if (found.includes('many')) return 'many';
        if (!found.includes('point')) return 'same';
        return args.every((arg, i) => found[i] === 'point' || this.isFixed(arg)) ? 'point' : 'many';
      }
    }
  }

  /** The counter itself, under whatever name. */
  private isCounter(scalar: Scalar): boolean {
    if (scalar.kind !== 'local') return false;
    const set = this.pointSets.get(scalar.local);
    return scalar.local === this.counter || (set !== undefined && this.isCounter(set.value));
  }

  private isPlace(scalar: Scalar): boolean {
    if (scalar.kind === 'local') {
      const set = this.pointSets.get(scalar.local);
      return set !== undefined && this.isPlace(set.value);
    }
    if (scalar.kind !== 'apply' || scalar.operation.name !== '&') return false;
    const [left, right] = scalar.args;
    return right.kind === 'constant' && right.value === 31 && this.isCounter(left);
  }

  private isFixed(scalar: Scalar): boolean {
    let fixed = true;
    visitScalar(scalar, inner => {
      if (inner.kind === 'local' && !this.fixed.has(inner.local)) fixed = false;
      if (inner.kind === 'load' && inner.memory.kind !== 'read' && inner.memory.kind !== 'table') fixed = false;
    });
    return fixed;
  }

  private become(local: Local, kind: Dependence): void {
    const before = this.kinds.get(local) ?? 'same';
    if (before === kind || before === 'many') return;
    this.kinds.set(local, kind);
    if (kind === 'many') this.pointSets.delete(local);
    this.changed = true;
  }

  /** `around`: from the outside in, what is done for some strands only: an empty text for a branch, or the label that some leave. */
  private list(list: readonly Code[], around: readonly string[]): void {
    for (const code of list) this.one(code, around);
  }

  private one(code: Code, around: readonly string[]): void {
    const someOnly = around.some(label => label === '' || this.left.has(label));
    switch (code.kind) {
      case 'set': {
        const kind = this.of(code.value);
        const isOnce = this.sets.get(code.local) === 1;
        if (kind === 'point' && isOnce) this.pointSets.set(code.local, code);
        if (kind === 'point' && isOnce) this.become(code.local, 'point');
        else if (kind !== 'same' || (someOnly && !isOnce)) this.become(code.local, 'many');
        return;
      }
      case 'update':
        this.become(code.old, 'many');
        return;
      case 'break': {
        const at = around.lastIndexOf(code.label);
        const inside = around.slice(at + 1);
        const byLeaving = inside.some(label => label === '' || this.left.has(label));
        if (byLeaving && !this.left.has(code.label)) {
          this.left.add(code.label);
          this.changed = true;
        }
        return;
      }
      case 'if': {
        const inner = this.of(code.condition) === 'same' ? around : [...around, ''];
        this.list(code.accept, inner);
        this.list(code.reject, inner);
        return;
      }
      case 'block':
      case 'loop':
        this.list(code.body, [...around, code.label]);
        return;
      default:
        for (const inner of listsOf(code)) this.list(inner, around);
    }
  }
}

function mentionsAny(scalar: Scalar, locals: ReadonlySet<Local>): boolean {
  let found = false;
  visitScalar(scalar, inner => {
    if (inner.kind === 'local' && locals.has(inner.local)) found = true;
  });
  return found;
}

/** The word that a scalar takes the strands' bits from: (word >> place) & 1. */
export function groupBits(scalar: Scalar, loop: Pick<PointLoop, 'of' | 'isPlace'>): Scalar | undefined {
  if (scalar.kind !== 'apply' || scalar.operation.name !== '&') return undefined;
  const [shifted, one] = scalar.args;
  if (one.kind !== 'constant' || one.value !== 1 || shifted.kind !== 'apply') return undefined;
  if (shifted.operation.name !== '>>' || shifted.type !== U32) return undefined;
  const [from, shift] = shifted.args;
  return loop.of(from) === 'same' && loop.isPlace(shift) ? from : undefined;
}
