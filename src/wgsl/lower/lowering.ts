// Lowers an entry point with all that it calls to one kernel over scalars: variables become locals, calls are inlined.
import type { Kernel, Routine } from '../code.ts';
import type { CallExpression, FunctionIr, Module, Statement, Variable } from '../ir.ts';
import { reachable } from '../reproducibility.ts';
import { type Local, localScalar, type Memory, type Scalar, u32 } from '../scalar.ts';
import { leafCount, leavesOf, type ScalarType, type Type, U32 } from '../types.ts';
import { Builder } from './builder.ts';
import { frozenSpot, lowerExpression, lowerPlace } from './expressions.ts';
import { functionsToCall } from './inlining.ts';
import { readSpot, type Spot, writeSpot, zeroScalar } from './places.ts';
import { type PrivateUse, privateUses } from './privates.ts';
import { lowerStatements } from './statements.ts';
import { hasEffects } from './visit.ts';

/** Arrays beyond this many scalars live in memory even if all their indices are constant. */
const MAX_LOCALS = 64;
/** Memory of up to so many words is cleared word by word. */
const MAX_STORES = 8;

/** The kernel of an entry point; functions are inlined up to `maxNodes` nodes of the IR. */
export function lowerKernel(module: Module, entryName: string, maxNodes?: number): Kernel {
  const functions = reachable(module, entryName);
  const uses = privateUses(functions);
  const called = functionsToCall(functions, uses, maxNodes);
  return new Lowering(module, uses, called).kernel(functions[functions.length - 1]);
}

export class Lowering {
  readonly builder = new Builder();
  private readonly module: Module;
  private readonly called: ReadonlySet<FunctionIr>;
  private readonly spots = new Map<Variable, Spot>();
  private readonly uses: ReadonlyMap<FunctionIr, PrivateUse>;
  /** Private variables that some routine sets. */
  private readonly exposed: ReadonlySet<Variable>;
  private readonly routines = new Map<FunctionIr, Routine>();

  constructor(module: Module, uses: ReadonlyMap<FunctionIr, PrivateUse>, called: ReadonlySet<FunctionIr>) {
    this.module = module;
    this.uses = uses;
    this.called = called;
    this.exposed = new Set([...called].flatMap(made => [...(this.uses.get(made)?.set ?? [])]));
  }

  kernel(entry: FunctionIr): Kernel {
    const { builder, module } = this;
    const invocation = (['x', 'y', 'z'] as const).map(name => builder.temporary(name, U32));
    for (const { name, access, type, variable } of module.bindings) {
      this.spots.set(variable, { kind: 'memory', type, memory: { name, kind: access }, offset: u32(0) });
    }
    const end = builder.label('invocation');
    const body = builder.collect(() => {
      for (const { variable, value } of module.privates) {
        this.declare(variable, value ? lowerExpression(this, value) : leavesOf(variable.type).map(zeroScalar));
      }
      for (const param of entry.params) this.declare(param, invocation.map(localScalar));
      const leave = (_values: Scalar[], isLast: boolean): void => {
        if (!isLast) builder.emit({ kind: 'break', label: end });
      };
      lowerStatements(this, entry.body, { return: leave }, true);
    });
    return {
      body: [{ kind: 'block', label: end, body }],
      prologue: [],
      routines: [...this.routines.values()],
      invocation: invocation as [Local, Local, Local],
    };
  }

  spotOf(variable: Variable): Spot {
    const spot = this.spots.get(variable);
    if (!spot) throw new Error(`"${variable.name}" is used before its declaration is lowered`);
    return spot;
  }

  bindingMemory(variable: Variable): Memory {
    const spot = this.spotOf(variable);
    if (spot.kind !== 'memory') throw new Error(`"${variable.name}" is no binding`);
    return spot.memory;
  }

  alias(variable: Variable, spot: Spot): void {
    this.spots.set(variable, spot);
  }

  /** Gives a variable its place and its first value. */
  declare(variable: Variable, leaves: readonly Scalar[]): void {
    const { type, name } = variable;
    const isValue = (variable.kind === 'let' || variable.kind === 'parameter') && !variable.indexed;
    if (isValue) {
      const frozen = leaves.map(leaf => this.builder.freeze(leaf, name));
      this.spots.set(variable, { kind: 'values', type, leaves: frozen });
    } else if (variable.indexed || leaves.length > MAX_LOCALS || this.exposed.has(variable)) {
      this.spots.set(variable, this.store(type, leaves, name));
    } else {
      const locals = this.locals(name, leavesOf(type));
      this.spots.set(variable, { kind: 'locals', type, locals });
      locals.forEach((local, i) => {
        this.builder.set(local, leaves[i]);
      });
    }
  }

  private locals(hint: string, leaves: readonly ScalarType[]): Local[] {
    return leaves.map(leaf => this.builder.local(hint, leaf));
  }

  /** Fresh memory that holds the scalars. */
  store(type: Type, leaves: readonly Scalar[], hint: string): Spot {
    const memory = this.builder.memory(hint, leafCount(type));
    const spot: Spot = { kind: 'memory', type, memory, offset: u32(0) };
    const isZero = leaves.every(leaf => leaf.kind === 'constant' && Object.is(Number(leaf.value), 0));
    if (isZero && leaves.length > MAX_STORES) {
      this.builder.emit({ kind: 'clear', memory });
    } else writeSpot(this.builder, spot, leaves);
    return spot;
  }

  call({ callee, args }: CallExpression): Scalar[] {
    const { builder } = this;
    const bound = args.map((arg, i): Spot => {
      if (arg.kind === 'pointer') return frozenSpot(this, lowerPlace(this, arg.place));
      const values = lowerExpression(this, arg);
      const leaves = args.slice(i + 1).some(hasEffects) ? values.map(leaf => builder.freeze(leaf)) : values;
      return { kind: 'values', type: arg.type, leaves };
    });
    if (this.called.has(callee)) return this.callRoutine(callee, bound);
    callee.params.forEach((param, i) => {
      if (param.kind === 'pointer') this.alias(param, bound[i]);
      else this.declare(param, readSpot(builder, bound[i]));
    });
    return this.inline(callee);
  }

  private inline({ name, body, result }: FunctionIr): Scalar[] {
    const last = body[body.length - 1];
    const before = body.slice(0, -1);
    if (last?.kind === 'return' && !before.some(mayReturn)) {
      let values: Scalar[] = [];
      const finish = (returned: Scalar[]): void => {
        values = returned;
      };
      lowerStatements(this, body, { return: finish }, true);
      return values;
    }
    const results = this.locals(name, leavesOf(result));
    this.inlineInto(results, name, body);
    return results.map(localScalar);
  }

  private inlineInto(results: readonly Local[], name: string, body: readonly Statement[]): void {
    const { builder } = this;
    const label = builder.label(name);
    const finish = (values: Scalar[], isLast: boolean): void => {
      values.forEach((value, i) => {
        builder.set(results[i], value);
      });
      if (!isLast) builder.emit({ kind: 'break', label });
    };
    const code = builder.collect(() => lowerStatements(this, body, { return: finish }, true));
    builder.emit({ kind: 'block', label, body: code });
  }

  private callRoutine(callee: FunctionIr, args: readonly Spot[]): Scalar[] {
    const { builder } = this;
    const captured = this.captured(callee).map(variable => this.spotOf(variable));
    const routine = this.routine(callee);
    const results = leavesOf(callee.result).map(leaf => builder.temporary(callee.name, leaf));
    const scalars = [...args, ...captured].flatMap(spot => readSpot(builder, spot));
    builder.emit({ kind: 'call', routine, args: scalars, results });
    return results.map(localScalar);
  }

  /** Private variables that reach a routine as further parameters: those that it uses and no routine sets. What some routine sets is in memory that all see. */
  private captured(callee: FunctionIr): Variable[] {
    return [...this.uses.get(callee)!.used].filter(variable => {
      const { kind } = this.spotOf(variable);
      return kind === 'locals' || kind === 'values';
    });
  }

  private routine(callee: FunctionIr): Routine {
    const known = this.routines.get(callee);
    if (known) return known;
    const { builder } = this;
    const results = this.locals(callee.name, leavesOf(callee.result));
    const params: Local[] = [];
    const parametersFor = ({ name, type }: Variable): Scalar[] => {
      const locals = leavesOf(type).map(leaf => builder.temporary(name, leaf));
      params.push(...locals);
      return locals.map(localScalar);
    };
    const outside = new Map(this.captured(callee).map(variable => [variable, this.spotOf(variable)]));
    const body = builder.collect(() => {
      for (const param of callee.params) this.declare(param, parametersFor(param));
      for (const variable of outside.keys()) {
        this.alias(variable, { kind: 'values', type: variable.type, leaves: parametersFor(variable) });
      }
      this.inlineInto(results, callee.name, callee.body);
    });
    for (const [variable, spot] of outside) this.alias(variable, spot);
    const routine: Routine = { name: builder.label(callee.name), params, results, body };
    this.routines.set(callee, routine);
    return routine;
  }
}

function mayReturn(statement: Statement): boolean {
  switch (statement.kind) {
    case 'return':
      return true;
    case 'block':
      return statement.body.some(mayReturn);
    case 'if':
      return statement.accept.some(mayReturn) || statement.reject.some(mayReturn);
    case 'switch':
      return statement.clauses.some(({ body }) => body.some(mayReturn));
    case 'loop':
      return statement.body.some(mayReturn);
    default:
      return false;
  }
}
