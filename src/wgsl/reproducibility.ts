// Whether a kernel gives the same bits everywhere: integers do, f32 and the order of atomics need not.
import { GroundswellError, suggest } from '../errors.ts';
import type { FunctionIr, Module } from './ir.ts';

export interface Reproducibility {
  /** `bitwise`: the same on every device. `same-device`: the same again on one device at best. */
  level: 'bitwise' | 'same-device';
  /** What in the author's code lowers the level, and where. */
  reasons: { what: string; where: string }[];
}

/** The level of everything that an entry point reaches. */
export function reproducibility(module: Module, entryName: string): Reproducibility {
  const reasons = reachable(module, entryName).flatMap(({ name, deviations }) =>
    deviations.map(({ what, span }) => ({ what: `"${name}" ${what}`, where: module.tree.source.where(span) })),
  );
  return { level: reasons.length === 0 ? 'bitwise' : 'same-device', reasons };
}

/** A function and all that it calls, directly or not, callees first. */
export function reachable(module: Module, entryName: string): FunctionIr[] {
  const entry = module.functions.get(entryName);
  if (!entry) {
    const hint = suggest(entryName, [...module.functions.keys()]);
    throw new GroundswellError({ what: `no function "${entryName}" in the kernel`, hint });
  }
  const found = new Set<FunctionIr>();
  const visit = (current: FunctionIr): void => {
    if (found.has(current)) return;
    for (const callee of current.calls) visit(callee);
    found.add(current);
  };
  visit(entry);
  return [...found];
}
