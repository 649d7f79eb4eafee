// Gives every value of a variable a local of its own, where one list of code alone sets it and it is read nowhere else: then it is known what each local holds.
import {
  type Code,
  type Kernel,
  listsOf,
  reads,
  scalarsOf,
  visitCode,
  visitScalar,
  withLists,
  withScalars,
} from '../code.ts';
import { isTrivial, type Local, localScalar, type Scalar, substitute } from '../scalar.ts';
import { countSets } from './propagate.ts';

export function splitVersions(kernel: Kernel): Kernel {
  const total = mentionsOf(kernel);
  const split = (list: readonly Code[]): Code[] => {
    const own = variablesOf(list, total);
    // what each variable is called at present
    const present = new Map<Local, Scalar>();
    const versions = new Map<Local, number>();
    const rename = (scalar: Scalar): Scalar => substitute(scalar, present);
    const renameList = (inner: readonly Code[]): Code[] => inner.map(renameIn);
    const renameIn = (code: Code): Code => withLists(withScalars(code, rename), renameList);
    return list.map(code => {
      const changed = withLists(renameIn(code), split);
      if (changed.kind !== 'set' || !own.has(changed.local)) return changed;
      const version = versions.get(changed.local) ?? 0;
      versions.set(changed.local, version + 1);
      if (version === 0) return changed;
      const local = { ...changed.local, name: `${changed.local.name}v${version}` };
      present.set(changed.local, localScalar(local));
      return { ...changed, local };
    });
  };
  return { ...kernel, body: split(kernel.body) };
}

/** Reads a variable's value where it comes from, as long as a list has not set it anew: what is compared with itself then shows. */
export function forwardCopies(kernel: Kernel): Kernel {
  const counts = countSets(kernel);
  const isLasting = (scalar: Scalar): boolean =>
    scalar.kind === 'constant' || (scalar.kind === 'local' && counts.get(scalar.local) === 1);
  const forward = (list: readonly Code[]): Code[] => {
    const present = new Map<Local, Scalar>();
    return list.map(code => {
      const inside = listsOf(code).flat();
      for (const local of setsIn(inside)) present.delete(local);
      const rename = (scalar: Scalar): Scalar => substitute(scalar, present);
      const renameAll = (inner: readonly Code[]): Code[] =>
        inner.map(item => withLists(withScalars(item, rename), renameAll));
      const changed = withLists(withLists(withScalars(code, rename), renameAll), forward);
      for (const local of setBy(code)) present.delete(local);
      if (changed.kind === 'set' && isTrivial(changed.value) && isLasting(changed.value)) {
        present.set(changed.local, changed.value);
      }
      return changed;
    });
  };
  return { ...kernel, body: forward(kernel.body) };
}

/** Drops first values that nothing reads, since a block or loop behind them, which alone mentions the variable, begins by setting it. */
export function dropUnreadStarts(kernel: Kernel): Kernel {
  const total = mentionsOf(kernel);
  const isUnread = (list: readonly Code[], local: Local): boolean => {
    const next = list.find(code => mentionsIn([code]).has(local));
    if (next?.kind === 'block' || next?.kind === 'loop') return isUnread(next.body, local);
    return next?.kind === 'set' && next.local === local && !reads(next.value, local);
  };
  const drop = (list: readonly Code[]): Code[] =>
    list
      .filter((code, i) => {
        if (code.kind !== 'set' || !isTrivial(code.value)) return true;
        const next = list.slice(i + 1).find(later => mentionsIn([later]).has(code.local));
        const isInside = next?.kind === 'block' || next?.kind === 'loop';
        if (!isInside || mentionsIn([next]).get(code.local)! + 1 !== total.get(code.local)) return true;
        return !isUnread(next.body, code.local);
      })
      .map(code => withLists(code, drop));
  return { ...kernel, body: drop(kernel.body) };
}

/** Variables that are set more than once, all times by this list itself, the first time before anything reads them, and mentioned nowhere else. */
function variablesOf(list: readonly Code[], total: ReadonlyMap<Local, number>): Set<Local> {
  const sets = new Map<Local, number>();
  const early = new Set<Local>();
  for (const code of list) {
    const inside = code.kind === 'set' ? [] : [...mentionsIn([code]).keys()];
    for (const local of inside) if (!sets.has(local)) early.add(local);
    if (code.kind !== 'set') continue;
    if (!sets.has(code.local) && reads(code.value, code.local)) early.add(code.local);
    visitScalar(code.value, inner => {
      if (inner.kind === 'local' && !sets.has(inner.local)) early.add(inner.local);
    });
    sets.set(code.local, (sets.get(code.local) ?? 0) + 1);
  }
  const several = [...sets].filter(([local, count]) => count > 1 && !early.has(local));
  if (several.length === 0) return new Set();
  const here = mentionsIn(list);
  const nested = setsIn(list.flatMap(code => listsOf(code).flat()));
  return new Set(
    several.map(([local]) => local).filter(local => here.get(local) === total.get(local) && !nested.has(local)),
  );
}

/** How often locals are read and set in the whole kernel. */
export const mentionsOf = ({ prologue, body, routines }: Kernel): Map<Local, number> =>
  mentionsIn([...prologue, ...body, ...routines.flatMap(routine => routine.body)]);

/** How often locals are read and set. */
export function mentionsIn(list: readonly Code[]): Map<Local, number> {
  const counts = new Map<Local, number>();
  const count = (local: Local): void => void counts.set(local, (counts.get(local) ?? 0) + 1);
  visitCode(list, code => {
    for (const scalar of scalarsOf(code)) {
      visitScalar(scalar, inner => {
        if (inner.kind === 'local') count(inner.local);
      });
    }
    for (const local of setBy(code)) count(local);
  });
  return counts;
}

function setsIn(list: readonly Code[]): Set<Local> {
  const found = new Set<Local>();
  visitCode(list, code => {
    for (const local of setBy(code)) found.add(local);
  });
  return found;
}

function setBy(code: Code): readonly Local[] {
  if (code.kind === 'set') return [code.local];
  if (code.kind === 'update') return [code.old];
  return code.kind === 'call' ? code.results : [];
}
