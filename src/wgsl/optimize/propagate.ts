// Replaces locals that are set once to a constant or to another such local by that value, and folds what becomes constant.
import { type Code, type Kernel, listsOf, visitCode, withLists, withScalars } from '../code.ts';
import { isTrivial, type Local, type Scalar, substitute } from '../scalar.ts';

/** How often each local is set, in the whole kernel. Parameters and results of routines and the invocation count too. */
export function countSets({ body, prologue, routines, invocation }: Kernel): Map<Local, number> {
  const counts = new Map<Local, number>();
  const count = (local: Local, times = 1): void => void counts.set(local, (counts.get(local) ?? 0) + times);
  const visit = (code: Code): void => {
    if (code.kind === 'set') count(code.local);
    else if (code.kind === 'update') count(code.old);
    else if (code.kind === 'call') for (const local of code.results) count(local);
  };
  for (const list of [prologue, body, ...routines.map(routine => routine.body)]) visitCode(list, visit);
  for (const local of [...invocation, ...routines.flatMap(({ params }) => params)]) count(local);
  // Another function reads these.
  for (const local of routines.flatMap(({ results }) => results)) count(local, 2);
  return counts;
}

export function propagate(kernel: Kernel): Kernel {
  const sets = countSets(kernel);
  const values = new Map<Local, Scalar>();
  const isFixed = (scalar: Scalar): boolean =>
    scalar.kind === 'constant' || (scalar.kind === 'local' && sets.get(scalar.local) === 1);
  const rewrite = (scalar: Scalar): Scalar => substitute(scalar, values);

  const rewriteList = (list: readonly Code[]): Code[] => upToJump(list.flatMap(rewriteCode));
  const rewriteCode = (code: Code): Code[] => {
    switch (code.kind) {
      case 'set': {
        const value = rewrite(code.value);
        if (value.kind === 'local' && value.local === code.local) return [];
        if (sets.get(code.local) === 1 && isTrivial(value) && isFixed(value)) {
          values.set(code.local, value);
          return [];
        }
        return [{ ...code, value }];
      }
      case 'if': {
        const condition = rewrite(code.condition);
        if (condition.kind === 'constant') return rewriteList(condition.value ? code.accept : code.reject);
        const [accept, reject] = [rewriteList(code.accept), rewriteList(code.reject)];
        return accept.length + reject.length > 0 ? [{ ...code, condition, accept, reject }] : [];
      }
      case 'block': {
        const body = rewriteList(code.body);
        const last = body[body.length - 1];
        if (last?.kind === 'break' && last.label === code.label) body.pop();
        // A block that nothing leaves early is just its contents.
        return mentions(body, code.label) ? [{ ...code, body }] : body;
      }
      default:
        return [withLists(withScalars(code, rewrite), rewriteList)];
    }
  };
  const body = rewriteList(kernel.body);
  // Calls keep naming the routine object, so its body is replaced in place.
  for (const routine of kernel.routines) routine.body.splice(0, routine.body.length, ...rewriteList(routine.body));
  return { ...kernel, body };
}

/** Nothing behind a jump is reached. */
function upToJump(list: Code[]): Code[] {
  const jump = list.findIndex(({ kind }) => kind === 'break' || kind === 'continue');
  return jump < 0 ? list : list.slice(0, jump + 1);
}

function mentions(list: readonly Code[], label: string): boolean {
  return list.some(code => {
    if (code.kind === 'break' || code.kind === 'continue') return code.label === label;
    return listsOf(code).some(inner => mentions(inner, label));
  });
}
