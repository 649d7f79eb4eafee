// Whether a rule reads the state only at its own agent and at those that this agent looks at. Then agents of which none looks at another may act at once, each
// writing in place. Errs on the side of refusing.
import {
  type CallNode,
  callsOf,
  type ExpressionNode,
  type FunctionNode,
  functionsOf,
  type SyntaxTree,
  walk,
} from '../wgsl/index.ts';

/** What a value is: the rule's own agent, that or one it looks at, the place of one of its links, or anything. Absent: not known yet. */
type Meaning = 'self' | 'near' | 'link' | 'any';

/** Refuses a rule that reads a field at an agent of which it is not certain that `root`'s own agent looks at it. */
export function refuseFarReads(tree: SyntaxTree, root: string, fields: readonly string[]): void {
  const meanings = new Meanings(tree, root);
  for (const { callee, node, caller } of callsOf(tree)) {
    if (!fields.includes(callee)) continue;
    const meaning = meanings.of(node.args[0], caller);
    if (meaning === 'self' || meaning === 'near') continue;
    throw tree.source.error(node, {
      what: `"${callee}" is read at an agent that may be no neighbour, under the update sublattice`,
      expected: 'the rule’s own agent, or neighbor(me, …) of it, as it is or through a variable',
      hint: 'agents of a class act at once and must not see each other: read at neighbours only, use an aggregate, or take another update',
    });
  }
}

/** What the variables, parameters and results of a tree's functions mean: the least solution of its assignments, calls and returns. */
class Meanings {
  readonly #functions: ReadonlyMap<string, FunctionNode>;
  /** By function and name of a variable or parameter; the empty name is the result. */
  readonly #known = new Map<string, Meaning>();
  #changed = true;

  constructor(tree: SyntaxTree, root: string) {
    this.#functions = new Map(functionsOf(tree).map(node => [node.name.name, node]));
    const rule = this.#functions.get(root);
    rule?.params.forEach((param, index) => {
      this.#add(rule, param.name.name, index === 0 ? 'self' : 'any');
    });
    const calls = callsOf(tree);
    while (this.#changed) {
      this.#changed = false;
      for (const caller of this.#functions.values()) this.#readBody(caller);
      for (const { node, caller } of calls) this.#readArguments(node, caller);
    }
  }

  of(value: ExpressionNode | undefined, caller: FunctionNode): Meaning | undefined {
    switch (value?.kind) {
      case 'group':
        return this.of(value.inner, caller);
      case 'name':
        return this.#known.get(key(caller, value.name)) ?? (declares(caller, value.name) ? undefined : 'any');
      case 'index': {
        const base = value.base.kind === 'name' ? value.base.name : '';
        const index = this.of(value.index, caller);
        if (base !== 'column_words') return 'any';
        return index === 'link' ? 'near' : index && 'any';
      }
      case 'call':
        return this.#ofCall(value, caller);
      default:
        return 'any';
    }
  }

  #ofCall({ callee: { name }, args }: CallNode, caller: FunctionNode): Meaning | undefined {
    const first = this.of(args[0], caller);
    if (name === 'neighbor') return first === 'self' ? 'near' : first && 'any';
    if (name === 'links_begin') return first === 'self' ? 'link' : first && 'any';
    if (name === 'select') return joined(first, this.of(args[1], caller));
    const callee = this.#functions.get(name);
    return callee ? this.#known.get(key(callee, '')) : 'any';
  }

  #readBody(caller: FunctionNode): void {
    walk(caller.body, node => {
      if (node.kind === 'declare') this.#add(caller, node.name.name, this.of(node.value, caller));
      if (node.kind === 'return' && node.value) this.#add(caller, '', this.of(node.value, caller));
      if (node.kind === 'unary' && node.operator === '&' && node.operand.kind === 'name')
        this.#add(caller, node.operand.name, 'any');
      if (node.kind === 'assign' && node.target?.kind === 'name') {
        const { name } = node.target;
        // ++ leads from link to link, and from what is not known yet to that
        const stays = !node.value && ['link', undefined].includes(this.#known.get(key(caller, name)));
        if (!stays) this.#add(caller, name, node.operator ? 'any' : this.of(node.value, caller));
      }
    });
  }

  #readArguments(node: CallNode, caller: FunctionNode): void {
    const callee = this.#functions.get(node.callee.name);
    callee?.params.forEach((param, index) => {
      this.#add(callee, param.name.name, this.of(node.args[index], caller));
    });
  }

  #add(owner: FunctionNode, name: string, meaning: Meaning | undefined): void {
    const before = this.#known.get(key(owner, name));
    const after = joined(before, meaning);
    if (!after || after === before) return;
    this.#known.set(key(owner, name), after);
    this.#changed = true;
  }
}

const key = (owner: FunctionNode, name: string): string => `${owner.name.name} ${name}`;

/** What a value means that is one or the other. */
function joined(one: Meaning | undefined, other: Meaning | undefined): Meaning | undefined {
  if (!one || !other || one === other) return one ?? other;
  return one !== 'any' && other !== 'any' && one !== 'link' && other !== 'link' ? 'near' : 'any';
}

/** Whether a function has a parameter or variable of this name; otherwise the name is a global one. */
function declares(owner: FunctionNode, name: string): boolean {
  let found = owner.params.some(param => param.name.name === name);
  walk(owner.body, node => {
    if (node.kind === 'declare' && node.name.name === name) found = true;
  });
  return found;
}
