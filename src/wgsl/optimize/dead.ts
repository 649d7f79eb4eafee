// Drops assignments whose value nothing reads. Scalars have no side effects, so every such assignment can go.
import { type Code, type Kernel, listsOf, reads, scalarsOf, visitCode, visitScalar, withLists } from '../code.ts';
import type { Local, Memory } from '../scalar.ts';

export function removeDead(kernel: Kernel): Kernel {
  let current = dropOverwritten(kernel);
  for (;;) {
    const used = usedBy(current);
    let dropped = 0;
    const keep = (code: Code): boolean => {
      const dead =
        (code.kind === 'set' && !used.locals.has(code.local)) ||
        ((code.kind === 'store' || code.kind === 'clear') &&
          code.memory.kind === 'local' &&
          !used.memories.has(code.memory)) ||
        (code.kind === 'if' && code.accept.length + code.reject.length === 0);
      if (dead) dropped++;
      return !dead;
    };
    const filter = (list: readonly Code[]): Code[] => list.map(code => withLists(code, filter)).filter(keep);
    const { routines } = current;
    current = { ...current, prologue: filter(current.prologue), body: filter(current.body) };
    for (const { body } of routines) body.splice(0, body.length, ...filter(body));
    const trimmed = dropParams(current, used.locals);
    if (dropped === 0 && trimmed === current) return current;
    current = trimmed;
  }
}

/** Drops parameters that their routine does not read, with their arguments. */
function dropParams(kernel: Kernel, used: ReadonlySet<Local>): Kernel {
  const unused = kernel.routines.filter(({ params }) => params.some(param => !used.has(param)));
  if (unused.length === 0) return kernel;
  const kept = new Map(unused.map(routine => [routine, routine.params.map(param => used.has(param))]));
  const trim = (list: readonly Code[]): Code[] =>
    list.map(code => {
      const keeps = code.kind === 'call' ? kept.get(code.routine) : undefined;
      if (code.kind !== 'call' || !keeps) return withLists(code, trim);
      return { ...code, args: code.args.filter((_, i) => keeps[i]) };
    });
  for (const { body } of kernel.routines) body.splice(0, body.length, ...trim(body));
  for (const [{ params }, keeps] of kept) params.splice(0, params.length, ...params.filter((_, i) => keeps[i]));
  return { ...kernel, prologue: trim(kernel.prologue), body: trim(kernel.body) };
}

function usedBy({ body, prologue, routines }: Kernel): { locals: Set<Local>; memories: Set<Memory> } {
  const locals = new Set<Local>(routines.flatMap(({ results }) => results));
  const memories = new Set<Memory>();
  const visit = (code: Code): void => {
    for (const scalar of scalarsOf(code)) {
      visitScalar(scalar, inner => {
        if (inner.kind === 'local') locals.add(inner.local);
        else if (inner.kind === 'load') memories.add(inner.memory);
      });
    }
  };
  for (const list of [prologue, body, ...routines.map(routine => routine.body)]) visitCode(list, visit);
  return { locals, memories };
}

/** Drops a local's value that the same list overwrites before anything can read it, such as the zero that a variable begins with. */
function dropOverwritten(kernel: Kernel): Kernel {
  // `isOutermost`: a jump out of the list ends the invocation, so nothing is read after it.
  const dropIn = (list: readonly Code[], isOutermost: boolean): Code[] =>
    list
      .filter((code, i) => code.kind !== 'set' || !isOverwritten(list, i, code.local, isOutermost))
      .map(code => withLists(code, inner => dropIn(inner, isOutermost && list.length === 1 && code.kind === 'block')));
  for (const { body } of kernel.routines) body.splice(0, body.length, ...dropIn(body, false));
  return { ...kernel, body: dropIn(kernel.body, true) };
}

function isOverwritten(list: readonly Code[], at: number, local: Local, isOutermost: boolean): boolean {
  for (let i = at + 1; i < list.length; i++) {
    const code = list[i];
    if (code.kind === 'set' && code.local === local) return !reads(code.value, local);
    const { mentions, jumps } = summaryOf(code);
    if (mentions.has(local) || (jumps.size > 0 && !isOutermost)) return false;
  }
  return false;
}

interface Summary {
  /** Locals that the code reads or sets. */
  readonly mentions: ReadonlySet<Local>;
  /** Labels outside of the code that it may jump to. */
  readonly jumps: ReadonlySet<string>;
}

const summaries = new WeakMap<Code, Summary>();

function summaryOf(code: Code): Summary {
  const known = summaries.get(code);
  if (known) return known;
  const mentions = new Set<Local>();
  const jumps = new Set<string>();
  for (const scalar of scalarsOf(code)) {
    visitScalar(scalar, inner => {
      if (inner.kind === 'local') mentions.add(inner.local);
    });
  }
  if (code.kind === 'set') mentions.add(code.local);
  if (code.kind === 'update') mentions.add(code.old);
  if (code.kind === 'call') for (const local of code.results) mentions.add(local);
  if (code.kind === 'break' || code.kind === 'continue') jumps.add(code.label);
  for (const inner of listsOf(code).flat()) {
    const summary = summaryOf(inner);
    for (const local of summary.mentions) mentions.add(local);
    for (const label of summary.jumps) jumps.add(label);
  }
  if ('label' in code && listsOf(code).length > 0) jumps.delete(code.label);
  const summary: Summary = { mentions, jumps };
  summaries.set(code, summary);
  return summary;
}
