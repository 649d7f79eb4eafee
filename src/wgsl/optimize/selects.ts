// Turns branches that only choose a value into selections: computing a little for nothing costs less than a branch that is foreseen wrongly.
import { type Code, type Kernel, visitScalar, withLists } from '../code.ts';
import * as op from '../operations.ts';
import { apply, type Local, localScalar, type Scalar, substitute } from '../scalar.ts';
import { BOOL } from '../types.ts';
import { mentionsIn, mentionsOf } from './versions.ts';

/** Operations of both branches together that are computed rather than branched over. */
const CHEAP = 12;

export function selectValues(kernel: Kernel): Kernel {
  let count = 0;
  const total = mentionsOf(kernel);
  const visitList = (list: readonly Code[]): Code[] => list.flatMap(visit);
  const visit = (code: Code): Code[] => {
    const inner = withLists(code, visitList);
    if (inner.kind !== 'if') return [inner];
    const accepted = choices(inner.accept, total);
    const rejected = choices(inner.reject, total);
    if (!accepted || !rejected || cost(accepted) + cost(rejected) > CHEAP) return [inner];
    const condition: Local = { name: `chosen_${count++}`, type: BOOL };
    const locals = new Set([...accepted.keys(), ...rejected.keys()]);
    // all values are those before the branch: a local that is set is not read by the others
    if ([...accepted, ...rejected].some(([own, value]) => mentionsOther(value, locals, own))) return [inner];
    return [
      { kind: 'set', local: condition, value: inner.condition },
      ...[...locals].map((local): Code => {
        const before = localScalar(local);
        const value = apply(
          op.SELECT,
          local.type,
          localScalar(condition),
          accepted.get(local) ?? before,
          rejected.get(local) ?? before,
        );
        return { kind: 'set', local, value };
      }),
    ];
  };
  return { ...kernel, body: visitList(kernel.body) };
}

/** What a branch sets, if that is all that it does, each local once, in values from before it. Locals that only the branch mentions are left out. */
function choices(list: readonly Code[], total: ReadonlyMap<Local, number>): Map<Local, Scalar> | undefined {
  const found = new Map<Local, Scalar>();
  for (const code of list) {
    if (code.kind !== 'set' || found.has(code.local) || !isQuick(code.value)) return undefined;
    const value = substitute(code.value, found);
    // values that are made of each other grow fast
    if (cost(new Map([[code.local, value]])) > CHEAP) return undefined;
    found.set(code.local, value);
  }
  const here = mentionsIn(list);
  return new Map([...found].filter(([local]) => here.get(local) !== total.get(local)));
}

/** Whether a scalar waits for no memory but that of the invocation, and is no function of the host. */
function isQuick(scalar: Scalar): boolean {
  let quick = scalar.type.name !== 'f32';
  visitScalar(scalar, inner => {
    if (inner.kind === 'load' && inner.memory.kind !== 'local') quick = false;
    if (inner.kind === 'apply' && (inner.operation.name === '/' || inner.operation.name === '%')) quick = false;
  });
  return quick;
}

function cost(values: ReadonlyMap<Local, Scalar>): number {
  let count = values.size;
  for (const value of values.values()) {
    visitScalar(value, inner => {
      if (inner.kind === 'apply' || inner.kind === 'load') count++;
    });
  }
  return count;
}

function mentionsOther(scalar: Scalar, locals: ReadonlySet<Local>, own: Local): boolean {
  let found = false;
  visitScalar(scalar, inner => {
    if (inner.kind === 'local' && inner.local !== own && locals.has(inner.local)) found = true;
  });
  return found;
}
