// Turns branches that only choose a value into selections: computing a little for nothing costs less than a branch that is foreseen wrongly.
import { type Code, type Kernel, visitScalar, withLists } from '../code.ts';
import * as op from '../operations.ts';
import { apply, type Local, localScalar, type Scalar } from '../scalar.ts';
import { BOOL } from '../types.ts';

/** Operations of both branches together that are computed rather than branched over. */
const CHEAP = 8;

export function selectValues(kernel: Kernel): Kernel {
  let count = 0;
  const visitList = (list: readonly Code[]): Code[] => list.flatMap(visit);
  const visit = (code: Code): Code[] => {
    const inner = withLists(code, visitList);
    if (inner.kind !== 'if') return [inner];
    const accepted = choices(inner.accept);
    const rejected = choices(inner.reject);
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

/** What a branch sets, if that is all that it does, each local once. */
function choices(list: readonly Code[]): Map<Local, Scalar> | undefined {
  const found = new Map<Local, Scalar>();
  for (const code of list) {
    if (code.kind !== 'set' || found.has(code.local) || !isQuick(code.value)) return undefined;
    found.set(code.local, code.value);
  }
  return found;
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
