// Writes out loops that count from one constant to another: what follows from the count is then known, and what is the same for all invocations moves before them.
import { type Code, type Kernel, scalarsOf, sizeOf, visitCode, visitScalar, withLists, withScalars } from '../code.ts';
import { apply, constantScalar, type Local, localScalar, type Scalar, substitute } from '../scalar.ts';
import { BOOL } from '../types.ts';
import { mentionsIn, mentionsOf } from './versions.ts';

/** Scalars that the written out loop may have. */
const MAX_SIZE = 2000;
const MAX_TURNS = 64;

export function unrollLoops(kernel: Kernel): Kernel {
  const total = mentionsOf(kernel);
  let copies = 0;
  const visitList = (list: readonly Code[]): Code[] =>
    list.map((code, i) => {
      const inner = withLists(code, visitList);
      if (inner.kind !== 'loop' || writesBuffers(inner.body)) return inner;
      const counter = counterOf(inner);
      const turns = counter && turnsOf(counter, startOf(counter.local, list.slice(0, i)));
      if (!turns || turns.length > MAX_TURNS || turns.length * sizeOf(counter.body) > MAX_SIZE) return inner;
      const own = ownLocals(counter.body, total);
      own.delete(counter.local);
      const body = turns.flatMap((value): Code[] => {
        const suffix = `u${copies++}`;
        const fresh = new Map([...own].map(local => [local, { ...local, name: `${local.name}${suffix}` }]));
        const values = new Map([...fresh].map(([local, other]) => [local, localScalar(other)]));
        const set: Code = { kind: 'set', local: counter.local, value };
        return [set, ...counter.body.map(item => renamedCode(item, fresh, values))];
      });
      const last = turns.length === 0 ? [] : [counter.next];
      return { kind: 'block', label: inner.label, body: [...body, ...last] };
    });
  return { ...kernel, body: visitList(kernel.body) };
}

/** Loops that write to buffers go over worlds or elements: their turns are not small. */
function writesBuffers(list: readonly Code[]): boolean {
  let writes = false;
  visitCode(list, code => {
    if (code.kind === 'store' && code.memory.kind === 'read_write') writes = true;
  });
  return writes;
}

export interface Counter {
  local: Local;
  /** What holds while the loop goes on. */
  condition: Scalar;
  /** The last thing of a turn, which sets the counter anew. */
  next: Code & { kind: 'set' };
  /** What a turn does between the two. */
  body: readonly Code[];
}

/** A loop that begins by leaving unless a comparison with a constant holds, and ends by adding a constant. */
export function counterOf({ label, body }: { label: string; body: readonly Code[] }): Counter | undefined {
  // the condition may look at a copy of the counter
  const copy = body[0]?.kind === 'set' && body[0].value.kind === 'local' ? body[0] : undefined;
  const [first, ...rest] = copy ? body.slice(1) : body;
  const next = rest.pop();
  if (first?.kind !== 'if' || first.reject.length > 0 || first.accept.length !== 1 || next?.kind !== 'set')
    return undefined;
  const [leave] = first.accept;
  if (leave.kind !== 'break' || leave.label !== label) return undefined;
  const { condition } = first;
  if (condition.kind !== 'apply' || condition.operation.name !== '!' || condition.args[0].kind !== 'apply')
    return undefined;
  const { local, value } = next;
  const [compared, bound] = condition.args[0].args;
  const counted = compared?.kind === 'local' && compared.local === copy?.local ? copy.value : compared;
  if (counted?.kind !== 'local' || counted.local !== local || bound?.kind !== 'constant') return undefined;
  if (
    value.kind !== 'apply' ||
    !value.args.every(arg => arg.kind === 'constant' || (arg.kind === 'local' && arg.local === local))
  ) {
    return undefined;
  }
  let otherwise = false;
  visitCode(rest, code => {
    if (code.kind === 'set' && code.local === local) otherwise = true;
    if (code.kind === 'continue' && code.label === label) otherwise = true;
    if (code.kind === 'call' && code.results.includes(local)) otherwise = true;
  });
  if (otherwise) return undefined;
  const goesOn = apply(condition.args[0].operation, BOOL, counted, bound);
  return { local, condition: goesOn, next, body: copy ? [copy, ...rest] : rest };
}

/** The constant that a local has at the end of a list. */
function startOf(local: Local, list: readonly Code[]): Scalar | undefined {
  const last = list.findLast(code => mentionsIn([code]).has(local));
  return last?.kind === 'set' && last.local === local && last.value.kind === 'constant' ? last.value : undefined;
}

/** The values that the counter takes. */
function turnsOf({ local, condition, next }: Counter, start: Scalar | undefined): Scalar[] | undefined {
  const turns: Scalar[] = [];
  let value = start;
  while (value) {
    const now = value;
    const known = (scalar: Scalar): Scalar => substitute(scalar, new Map([[local, now]]));
    const holds = known(condition);
    if (holds.kind !== 'constant') return undefined;
    if (!holds.value) return turns;
    if (turns.push(now) > MAX_TURNS) return undefined;
    const after = known(next.value);
    value = after.kind === 'constant' ? constantScalar(local.type, after.value) : undefined;
  }
  return undefined;
}

/** Locals that nothing else mentions and every turn sets before it reads them. */
function ownLocals(body: readonly Code[], total: ReadonlyMap<Local, number>): Set<Local> {
  const here = mentionsIn(body);
  const set = new Set<Local>();
  const early = new Set<Local>();
  for (const code of body) {
    const read = code.kind === 'set' ? readBy(code) : mentionsIn([code]).keys();
    for (const local of read) if (!set.has(local)) early.add(local);
    if (code.kind === 'set') set.add(code.local);
  }
  return new Set([...set].filter(local => !early.has(local) && here.get(local) === total.get(local)));
}

function readBy(code: Code): Set<Local> {
  const found = new Set<Local>();
  for (const scalar of scalarsOf(code)) {
    visitScalar(scalar, inner => {
      if (inner.kind === 'local') found.add(inner.local);
    });
  }
  return found;
}

function renamedCode(code: Code, names: ReadonlyMap<Local, Local>, values: ReadonlyMap<Local, Scalar>): Code {
  const inner = withLists(
    withScalars(code, scalar => substitute(scalar, values)),
    list => list.map(item => renamedCode(item, names, values)),
  );
  if (inner.kind === 'set') return { ...inner, local: names.get(inner.local) ?? inner.local };
  if (inner.kind === 'update') return { ...inner, old: names.get(inner.old) ?? inner.old };
  if (inner.kind === 'call') return { ...inner, results: inner.results.map(local => names.get(local) ?? local) };
  return inner;
}
