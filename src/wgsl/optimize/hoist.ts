// Moves what is the same for all invocations of one z (a world) before them: parameters and keys are read once per world.
import { type Code, type Kernel, visitScalar, withLists, withScalars } from '../code.ts';
import { type Local, localScalar, type Scalar } from '../scalar.ts';
import { countSets } from './propagate.ts';

export function hoist(kernel: Kernel): Kernel {
  const [, , z] = kernel.invocation;
  const sets = countSets(kernel);
  const fixed = new Set<Local>([z]);
  const prologue: Code[] = [];
  const hoisted = new Map<string, Local>();

  const isFixed = (scalar: Scalar): boolean => {
    switch (scalar.kind) {
      case 'constant':
      case 'length':
        return true;
      case 'local':
        return fixed.has(scalar.local);
      case 'load':
        return (scalar.memory.kind === 'read' || scalar.memory.kind === 'table') && isFixed(scalar.index);
      case 'apply':
        return scalar.args.every(isFixed);
    }
  };

  /** The scalar with its largest fixed parts replaced by locals that the prologue sets. */
  const extract = (scalar: Scalar): Scalar => {
    if (isFixed(scalar)) return isCheap(scalar) ? scalar : localScalar(inPrologue(scalar));
    if (scalar.kind === 'load') return { ...scalar, index: extract(scalar.index) };
    return scalar.kind === 'apply' ? { ...scalar, args: scalar.args.map(extract) } : scalar;
  };
  const inPrologue = (scalar: Scalar): Local => {
    const key = keyOf(scalar);
    let local = hoisted.get(key);
    if (!local) {
      local = { name: `fixed_${hoisted.size}`, type: scalar.type };
      hoisted.set(key, local);
      prologue.push({ kind: 'set', local, value: scalar });
      fixed.add(local);
    }
    return local;
  };

  const visitList = (list: readonly Code[]): Code[] => list.flatMap(visit);
  const visit = (code: Code): Code[] => {
    if (code.kind === 'set' && sets.get(code.local) === 1 && isFixed(code.value)) {
      prologue.push(code);
      fixed.add(code.local);
      return [];
    }
    return [withLists(withScalars(code, extract), visitList)];
  };
  const body = visitList(kernel.body);
  return { ...kernel, body, prologue };
}

/** Whether computing the scalar again costs as little as a local. */
function isCheap(scalar: Scalar): boolean {
  let loads = 0;
  let operations = 0;
  visitScalar(scalar, inner => {
    if (inner.kind === 'load') loads++;
    else if (inner.kind === 'apply') operations++;
  });
  return loads === 0 && operations < 2;
}

/** A text that is the same for scalars that are. */
export function keyOf(scalar: Scalar): string {
  switch (scalar.kind) {
    case 'constant':
      return `${scalar.type.name} ${Object.is(scalar.value, -0) ? '-0' : scalar.value}`;
    case 'local':
      return scalar.local.name;
    case 'load':
      return `${scalar.type.name} ${scalar.memory.name}[${keyOf(scalar.index)}]`;
    case 'length':
      return `length ${scalar.memory.name} ${scalar.stride}`;
    case 'apply':
      return `${scalar.type.name} ${scalar.operation.name}(${scalar.args.map(keyOf).join()})`;
  }
}
