// What a rule does to the world, read off its linked text: which fields it writes, which it reads at agents other than its own, and which of the kernel's
// offers it uses. This decides double buffering, so it errs on the side of "others".
import { GroundswellError } from '../errors.ts';
import {
  type Call,
  callsOf,
  type FunctionNode,
  functionsOf,
  type SyntaxNode,
  type SyntaxTree,
  walk,
} from '../wgsl/index.ts';

/** What a rule does. Names of fields, and of functions and variables of the agent module. */
export interface Effects {
  writes: ReadonlySet<string>;
  readsOfOthers: ReadonlySet<string>;
  /** Every name that the linked text mentions. */
  names: ReadonlySet<string>;
  /** Private variables of the rule's file and of the library, each by the place of its declaration. */
  privates: ReadonlySet<string>;
  /** Nodes of its syntax with all that it calls, each as often as it is called: how large it is as one function. */
  size: number;
  /** Whether it computes with single integers only, as what is done for many points of a sweep at once must. */
  inWords: boolean;
}

/** The effects of the rule `root` (whose first parameter is its own agent), with the functions that it reaches. */
export function effectsOf(tree: SyntaxTree, root: string, fields: readonly string[]): Effects {
  const names = new Set<string>();
  walk(tree, node => {
    if (node.kind === 'name') names.add(node.name);
  });
  const calls = callsOf(tree);
  const isSelf = selfParameters(tree, root, calls);
  const readsOfOthers = new Set<string>();
  for (const { node, caller } of calls) {
    const field = node.callee.name;
    if (fields.includes(field) && !isSelf(caller, node.args[0])) readsOfOthers.add(field);
  }
  const writes = new Set(fields.filter(field => names.has(`set_${field}`)));
  return {
    ...{ writes, readsOfOthers, names },
    ...{ privates: privatesOf(tree), size: expandedSize(tree, root, calls), inWords: isInWords(tree, names) },
  };
}

/** Declared in these files are the private variables that kernels set before each rule. */
const SET_BY_KERNELS: readonly string[] = ['(generated) agent.wgsl', 'shaders/lib/random.wgsl'];

function privatesOf({ declarations, source }: SyntaxTree): Set<string> {
  const variables = declarations.filter(node => node.kind === 'declare' && node.qualifiers.includes('private'));
  const own = variables.filter(({ start }) => !SET_BY_KERNELS.includes(source.locate(start).file));
  return new Set(own.map(node => source.where(node)));
}

function expandedSize(tree: SyntaxTree, root: string, calls: readonly Call[]): number {
  const sizes = new Map<string, number>();
  const sizeOf = (node: FunctionNode): number => {
    const { name } = node.name;
    const known = sizes.get(name);
    if (known !== undefined) return known;
    // a function that calls itself is refused later
    sizes.set(name, 0);
    let size = 0;
    walk(node.body, () => size++);
    for (const { caller, callee } of calls) {
      const called = caller === node ? functions.get(callee) : undefined;
      if (called) size += sizeOf(called);
    }
    sizes.set(name, size);
    return size;
  };
  const functions = new Map(functionsOf(tree).map(node => [node.name.name, node]));
  return sizeOf(functions.get(root)!);
}

function isInWords({ declarations }: SyntaxTree, names: ReadonlySet<string>): boolean {
  let inWords = !names.has('f32');
  for (const declaration of declarations) {
    // buffers are arrays whatever a rule does
    if (declaration.kind === 'declare' && declaration.qualifiers.includes('storage')) continue;
    walk(declaration, node => {
      if (node.kind === 'switch' || (node.kind === 'templated' && node.name === 'array')) inWords = false;
    });
  }
  return inWords;
}

/** Refuses a loop over all neighbours on a complete graph: its cost would be N² a step. */
export function refuseNeighborLoops(tree: SyntaxTree): void {
  const mentionsDegree = (loop: SyntaxNode): boolean => {
    let found = false;
    walk(loop, node => {
      if (node.kind === 'call' && node.callee.name === 'degree') found = true;
    });
    return found;
  };
  for (const { node, loops } of callsOf(tree)) {
    if (node.callee.name === 'neighbor' && loops.some(({ condition }) => condition && mentionsDegree(condition))) {
      throw tree.source.error(node, {
        what: 'a loop over all neighbours on topology "complete"',
        hint: "use neighbor_sum_<field>(me), which reads the population's total, or declare an aggregate",
      });
    }
  }
}

/**
 * Refuses a draw that a loop repeats: a draw belongs to its place in the text, so that every turn would see the same number. `plain` are the functions
 * that draw for their place alone.
 */
export function refuseRepeatedDraws(tree: SyntaxTree, plain: readonly string[]): void {
  const calls = callsOf(tree);
  const drawing = drawingFunctions(calls, plain);
  for (const { callee, node, loops } of calls) {
    if (loops.length > 0 && drawing.has(callee)) {
      throw tree.source.error(node, {
        what: `${callee} draws the same number in every turn of a loop`,
        hint: 'use below_at(k, …) or chance_at(k, …), where k counts the turns, or draw before the loop',
      });
    }
  }
}

/** The functions from which one of `primitives` is reached. */
export function drawingFunctions(calls: readonly Call[], primitives: readonly string[]): ReadonlySet<string> {
  const drawing = new Set(primitives);
  for (let size = 0; size !== drawing.size; ) {
    size = drawing.size;
    for (const { callee, caller } of calls) if (drawing.has(callee)) drawing.add(caller.name.name);
  }
  return drawing;
}

/** Decides whether an argument is certainly the rule's own agent: the rule's parameter, handed on unchanged from function to function. */
function selfParameters(
  tree: SyntaxTree,
  root: string,
  calls: readonly Call[],
): (caller: FunctionNode, argument: SyntaxNode) => boolean {
  const functions = new Map(functionsOf(tree).map(node => [node.name.name, node]));
  const rule = functions.get(root);
  if (!rule)
    throw new GroundswellError({ what: `no function "${root}"`, where: tree.source.where({ start: 0, end: 0 }) });
  const lost = new Set<string>();
  const key = (node: FunctionNode, index: number): string => `${node.name.name} ${index}`;
  for (const node of functions.values()) {
    const shadowed = new Set<string>();
    walk(node.body, inner => {
      if (inner.kind === 'declare') shadowed.add(inner.name.name);
    });
    node.params.forEach((param, index) => {
      if (shadowed.has(param.name.name) || (node === rule && index > 0)) lost.add(key(node, index));
    });
  }
  const isSelf = (caller: FunctionNode, argument: SyntaxNode | undefined): boolean => {
    if (argument?.kind !== 'name') return false;
    const index = caller.params.findIndex(param => param.name.name === argument.name);
    return index >= 0 && !lost.has(key(caller, index));
  };
  for (let changed = true; changed; ) {
    changed = false;
    for (const { node, caller } of calls) {
      const callee = functions.get(node.callee.name);
      callee?.params.forEach((_, index) => {
        if (!lost.has(key(callee, index)) && !isSelf(caller, node.args[index])) {
          lost.add(key(callee, index));
          changed = true;
        }
      });
    }
  }
  return isSelf;
}
