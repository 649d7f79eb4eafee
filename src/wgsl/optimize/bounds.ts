// Drops comparisons whose outcome follows from how large values can be, such as the clamping of a bit to a bit.
import { type Code, type Kernel, visitCode, withLists, withScalars } from '../code.ts';
import { apply, constantScalar, type Local, type Scalar } from '../scalar.ts';
import { BOOL } from '../types.ts';

const MOST = 2 ** 32 - 1;

export function dropKnownComparisons(kernel: Kernel): Kernel {
  const values = new Map<Local, Scalar[]>();
  const unknown = new Set<Local>([...kernel.invocation, ...kernel.routines.flatMap(({ params }) => params)]);
  for (const list of [kernel.prologue, kernel.body, ...kernel.routines.map(({ body }) => body)]) {
    visitCode(list, code => {
      if (code.kind === 'set') values.set(code.local, [...(values.get(code.local) ?? []), code.value]);
      else if (code.kind === 'update') unknown.add(code.old);
      else if (code.kind === 'call') for (const local of code.results) unknown.add(local);
    });
  }
  const known = new Map<Local, number>();
  const ofLocal = (local: Local): number => {
    const found = known.get(local);
    if (found !== undefined) return found;
    // what depends on itself may grow without end
    known.set(local, MOST);
    const all = unknown.has(local) ? undefined : values.get(local);
    const bound = all ? all.reduce((most, value) => Math.max(most, boundOf(value, ofLocal)), 0) : MOST;
    known.set(local, bound);
    return bound;
  };
  const rewrite = (scalar: Scalar): Scalar => {
    if (scalar.kind === 'load') return { ...scalar, index: rewrite(scalar.index) };
    if (scalar.kind !== 'apply') return scalar;
    const args = scalar.args.map(rewrite);
    const [left, right] = args;
    const isConstant = scalar.operation.name === '<' && left.kind === 'constant' && right.type.name === 'u32';
    if (isConstant && Number(left.value) >>> 0 >= boundOf(right, ofLocal)) return constantScalar(BOOL, false);
    return apply(scalar.operation, scalar.type, ...args);
  };
  const visitList = (list: readonly Code[]): Code[] =>
    list.map(code => withLists(withScalars(code, rewrite), visitList));
  return { ...kernel, body: visitList(kernel.body) };
}

/** The largest value that a scalar may have as an unsigned word. */
function boundOf(scalar: Scalar, ofLocal: (local: Local) => number): number {
  const of = (inner: Scalar): number => boundOf(inner, ofLocal);
  if (scalar.kind === 'constant')
    return typeof scalar.value === 'boolean' ? Number(scalar.value) : Number(scalar.value) >>> 0;
  if (scalar.kind === 'local') return scalar.type.name === 'f32' ? MOST : ofLocal(scalar.local);
  if (scalar.kind !== 'apply' || scalar.type.name === 'f32') return MOST;
  const { operation, args, type } = scalar;
  if (type.name === 'bool') return 1;
  const [left, right] = args;
  const fits = (value: number): number => (value <= MOST ? value : MOST);
  switch (operation.name) {
    case 'select':
      return Math.max(of(args[1]), of(args[2]));
    case 'convert':
      return left.type.name === 'f32' ? MOST : of(left);
    case '&':
      return Math.min(of(left), of(right));
    case '|':
    case '^':
      return fits(2 ** Math.ceil(Math.log2(Math.max(of(left), of(right)) + 1)) - 1);
    case '+':
      return fits(of(left) + of(right));
    case '-':
      return left.kind === 'constant' && of(right) <= of(left) ? of(left) : MOST;
    case '*':
      return fits(of(left) * of(right));
    case '>>':
      return type.name === 'u32' && right.kind === 'constant' ? of(left) >>> Number(right.value) : MOST;
    case '<<':
      return right.kind === 'constant' ? fits(of(left) * 2 ** Number(right.value)) : MOST;
    default:
      return MOST;
  }
}
