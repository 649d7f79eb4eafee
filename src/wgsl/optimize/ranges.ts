// Between which values scalars lie: intervals of integers, found for all locals of a kernel at once.
import { type Code, type Kernel, visitCode } from '../code.ts';
import type { Local, Scalar } from '../scalar.ts';
import type { ScalarName } from '../types.ts';

/** The least and the greatest value, as the number that the type stands for. */
export interface Range {
  readonly low: number;
  readonly high: number;
}

const ANYTHING: Range = { low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY };
const ALL: Readonly<Record<ScalarName, Range>> = {
  bool: { low: 0, high: 1 },
  u32: { low: 0, high: 2 ** 32 - 1 },
  i32: { low: -(2 ** 31), high: 2 ** 31 - 1 },
  // of these nothing is told: a number may be none (NaN), and what has no width wraps nowhere
  f32: ANYTHING,
  'abstract-int': ANYTHING,
  'abstract-float': ANYTHING,
};
/** Rounds after which what still grows is taken to be anything. */
const ROUNDS = 12;

/** The range of every scalar of the kernel. */
export function rangesOf(kernel: Kernel): (scalar: Scalar) => Range {
  const known = new Map<Local, Range>();
  for (const local of [...kernel.invocation, ...kernel.routines.flatMap(({ params }) => params)]) {
    known.set(local, ALL[local.type.name]);
  }
  let round = 0;
  let changed = true;
  const include = (local: Local, range: Range): void => {
    const before = known.get(local);
    const joined = before ? union(before, range) : range;
    if (before && before.low === joined.low && before.high === joined.high) return;
    known.set(local, before && round > ROUNDS ? ALL[local.type.name] : joined);
    changed = true;
  };
  const visit = (code: Code): void => {
    if (code.kind === 'set') {
      const range = rangeOf(code.value, known);
      if (range) include(code.local, range);
    } else if (code.kind === 'update') include(code.old, ALL[code.old.type.name]);
    else if (code.kind === 'call') for (const local of code.results) include(local, ALL[local.type.name]);
  };
  for (; changed; round++) {
    changed = false;
    for (const list of [kernel.prologue, kernel.body, ...kernel.routines.map(({ body }) => body)])
      visitCode(list, visit);
  }
  return scalar => rangeOf(scalar, known) ?? ALL[scalar.type.name];
}

const union = (a: Range, b: Range): Range => ({ low: Math.min(a.low, b.low), high: Math.max(a.high, b.high) });

/** Undefined while nothing is known of a local that it needs. */
function rangeOf(scalar: Scalar, known: ReadonlyMap<Local, Range>): Range | undefined {
  const { kind, type } = scalar;
  const all = ALL[type.name];
  if (all === ANYTHING) return all;
  if (kind === 'constant') {
    const value = type.name === 'u32' ? Number(scalar.value) >>> 0 : Number(scalar.value);
    return { low: value, high: value };
  }
  if (kind === 'local') return known.get(scalar.local);
  if (kind !== 'apply') return all;
  const ranges = scalar.args.map(arg => rangeOf(arg, known));
  if (ranges.some(range => !range)) return undefined;
  if (ranges.includes(ANYTHING)) return all;
  const found = ofOperation(scalar.operation.name, ranges as Range[]);
  // what leaves the type wraps
  return found && found.low >= all.low && found.high <= all.high ? found : all;
}

/** The range of an operation's exact result; undefined where nothing is said. */
function ofOperation(name: string, [a, b, c]: readonly Range[]): Range | undefined {
  const isConstant = b && b.low === b.high;
  switch (name) {
    case '+':
      return { low: a.low + b.low, high: a.high + b.high };
    case '-':
      return { low: a.low - b.high, high: a.high - b.low };
    case '*': {
      const products = [a.low * b.low, a.low * b.high, a.high * b.low, a.high * b.high];
      return { low: Math.min(...products), high: Math.max(...products) };
    }
    case 'negate':
      return { low: -a.high, high: -a.low };
    case '&':
      return a.low >= 0 && b.low >= 0 ? { low: 0, high: Math.min(a.high, b.high) } : undefined;
    case '|':
    case '^':
      if (a.low < 0 || b.low < 0) return undefined;
      return { low: 0, high: 2 ** Math.ceil(Math.log2(Math.max(a.high, b.high) + 1)) - 1 };
    case '>>':
      if (!isConstant || a.low < 0) return undefined;
      return { low: Math.floor(a.low / 2 ** b.low), high: Math.floor(a.high / 2 ** b.low) };
    case '<<':
      return isConstant && a.low >= 0 ? { low: a.low * 2 ** b.low, high: a.high * 2 ** b.low } : undefined;
    case 'select':
      return union(b, c);
    case 'convert':
    case 'bitcast':
      return a;
    default:
      return undefined;
  }
}
