// Whether a rule does the same in whatever order its agents lie: it has agents from its parameter and from functions that give agents, hands them to functions that
// take agents, compares them for equality, and does nothing else with them. Errs on the side of refusing.
import { type Model, scalarParams, tableParams } from '../model/index.ts';
import {
  type CallNode,
  callsOf,
  type ExpressionNode,
  type FunctionNode,
  functionsOf,
  type SyntaxNode,
  type SyntaxTree,
  walk,
} from '../wgsl/index.ts';
import { DRAW_PRIMITIVES } from './kernels.ts';
import { DECLARATION } from './names.ts';
import { vocabularyOf } from './vocabulary.ts';

/** What a value is: an agent, a link among all, or anything else, such as a number; `mixed` may be one or the other. Absent: not known yet. */
type Meaning = 'agent' | 'link' | 'other' | 'mixed';

/** What a function takes and gives. */
interface Signature {
  params: readonly Meaning[];
  result: Meaning;
}

/** Refuses a rule that uses agents as numbers, or numbers as agents. `agent` is the text of the agent module. */
export function refuseAgentsAsNumbers(tree: SyntaxTree, root: string, model: Model, agent: string): void {
  const ofKernels = new Set([...agent.matchAll(DECLARATION)].map(match => match[1]));
  const signatures = signaturesOf(model, ofKernels);
  const functions = authored(tree, root, name => signatures.has(name) || ofKernels.has(name));
  const known = new Map<string, Meaning>();
  const first = functions.get(root)?.params[0];
  if (first) known.set(key(root, first.name.name), model.groupRules?.includes(root) ? 'other' : 'agent');
  for (let changed = true; changed; ) {
    changed = false;
    const add = (place: string, meaning: Meaning | undefined): void => {
      const before = known.get(place);
      const after = joined(before, meaning);
      if (!after || after === before) return;
      known.set(place, after);
      changed = true;
    };
    for (const caller of functions.values()) new Reading(caller, { functions, signatures, known, add }).body();
  }
  const isSafe = (name: string): boolean => signatures.has(name) || !ofKernels.has(name);
  const refuse = (node: SyntaxNode, fault: Fault): never => {
    const hint = `the topology has an \`order\`, so that places of agents are not their numbers: ${fault.hint}leave it out`;
    throw tree.source.error(node, { what: fault.what, hint });
  };
  for (const caller of functions.values()) new Reading(caller, { functions, signatures, known, refuse, isSafe }).body();
}

interface Fault {
  what: string;
  hint: string;
}

const FAULTS: Readonly<Record<Meaning, Fault>> = {
  other: { what: 'an agent is used as a number', hint: 'use agent_number(…), or ' },
  agent: { what: 'a number is used as an agent', hint: 'use agent_numbered(…), or ' },
  link: { what: 'a number is used as the place of a link', hint: '' },
  mixed: { what: 'an agent may be a number', hint: '' },
};

/** Arrays of the kernel in which what is where follows from the order. */
const ORDERED = ['state_words', 'setup_words', 'row_words', 'column_words', 'ring_words'];

interface ReadingContext {
  functions: ReadonlyMap<string, FunctionNode>;
  signatures: ReadonlyMap<string, Signature>;
  /** By function and name of a variable or parameter; the empty name is the result. */
  known: ReadonlyMap<string, Meaning>;
  add?(place: string, meaning: Meaning | undefined): void;
  refuse?(node: SyntaxNode, fault: Fault): void;
  /** Whether a function, of which is not told what it takes and gives, does not depend on the order. */
  isSafe?(name: string): boolean;
}

/** Reads a function: what its variables, arguments and result mean, or, once that is known, whether all is used as what it is. */
class Reading {
  readonly #caller: FunctionNode;
  readonly #context: ReadingContext;
  readonly #locals: ReadonlySet<string>;

  constructor(caller: FunctionNode, context: ReadingContext) {
    this.#caller = caller;
    this.#context = context;
    const locals = new Set(caller.params.map(({ name }) => name.name));
    walk(caller.body, node => {
      if (node.kind === 'declare') locals.add(node.name.name);
    });
    this.#locals = locals;
  }

  body(): void {
    walk(this.#caller.body, node => {
      switch (node.kind) {
        case 'declare':
          this.#add(node.name.name, node.value ? this.#of(node.value) : 'other');
          break;
        case 'return':
          if (node.value) this.#add('', this.#of(node.value));
          break;
        case 'assign':
          this.#assign(node.target, node.operator, node.value);
          break;
        case 'evaluate':
          this.#of(node.call);
          break;
        case 'if':
        case 'while':
        case 'for':
        case 'assert':
          this.#want(node.condition, 'other');
          break;
        case 'switch':
          this.#want(node.selector, 'other');
          break;
        case 'loop':
          this.#want(node.breakIf, 'other');
      }
    });
  }

  #assign(target: ExpressionNode | undefined, operator: string | undefined, value: ExpressionNode | undefined): void {
    const isLocal = target?.kind === 'name' && this.#locals.has(target.name);
    // ++ leads from link to link
    if (isLocal && !value && this.#of(target) === 'link') return;
    if (isLocal && !operator) {
      this.#add(target.name, value && this.#of(value));
      return;
    }
    this.#want(target, 'other');
    this.#want(value, 'other');
  }

  #of(value: ExpressionNode): Meaning | undefined {
    switch (value.kind) {
      case 'group':
        return this.#of(value.inner);
      case 'name':
        if (this.#locals.has(value.name)) return this.#context.known.get(key(this.#caller.name.name, value.name));
        if (ORDERED.includes(value.name)) this.#refuse(value, { what: `${value.name} is read`, hint: '' });
        return 'other';
      case 'index':
        return this.#ofIndex(value.base, value.index);
      case 'call':
        return this.#ofCall(value);
      case 'binary':
        return this.#ofBinary(value.operator, value.left, value.right);
      case 'unary':
        this.#want(value.operand, 'other');
        return 'other';
      case 'member':
        this.#want(value.base, 'other');
        return 'other';
      default:
        return 'other';
    }
  }

  #ofIndex(base: ExpressionNode, index: ExpressionNode): Meaning {
    if (base.kind === 'name' && base.name === 'column_words') {
      this.#want(index, 'link');
      return 'agent';
    }
    this.#want(base, 'other');
    this.#want(index, 'other');
    return 'other';
  }

  #ofBinary(operator: string, left: ExpressionNode, right: ExpressionNode): Meaning {
    const [one, other] = [this.#of(left), this.#of(right)];
    const compares = ['==', '!='].includes(operator) || (one === 'link' && ['<', '<=', '>', '>='].includes(operator));
    if (compares && (one === other || !one || !other) && one !== 'mixed') return 'other';
    if (operator === '+' && one === 'link') {
      this.#want(right, 'other');
      return 'link';
    }
    this.#want(left, 'other');
    this.#want(right, 'other');
    return 'other';
  }

  #ofCall(node: CallNode): Meaning | undefined {
    const { callee, args } = node;
    const { functions, signatures, known, add } = this.#context;
    const signature = signatures.get(callee.name);
    if (signature) {
      args.forEach((arg, k) => { this.#want(arg, signature.params[k] ?? 'other'); }); // biome-ignore format: one thought
      return signature.result;
    }
    const called = functions.get(callee.name);
    if (called) {
      called.params.forEach(({ name }, k) => {
        const meaning = args[k] && this.#of(args[k]);
        add?.(key(called.name.name, name.name), meaning);
      });
      return known.get(key(called.name.name, ''));
    }
    if (callee.name === 'select') {
      this.#want(args[2], 'other');
      return args[0] && args[1] && joined(this.#of(args[0]), this.#of(args[1]));
    }
    if (this.#context.isSafe?.(callee.name) === false)
      this.#refuse(node, { what: `"${callee.name}" is called`, hint: '' });
    for (const arg of args) this.#want(arg, 'other');
    return 'other';
  }

  #want(value: ExpressionNode | undefined, wanted: Meaning): void {
    const meaning = value && this.#of(value);
    if (value && meaning && meaning !== wanted) this.#refuse(value, FAULTS[meaning === 'mixed' ? 'mixed' : wanted]);
  }

  #add(name: string, meaning: Meaning | undefined): void {
    this.#context.add?.(key(this.#caller.name.name, name), meaning);
  }

  #refuse(node: SyntaxNode, fault: Fault): void {
    this.#context.refuse?.(node, fault);
  }
}

const key = (owner: string, name: string): string => `${owner} ${name}`;

/** What a value means that is one or the other. */
function joined(one: Meaning | undefined, other: Meaning | undefined): Meaning | undefined {
  return !one || !other || one === other ? (one ?? other) : 'mixed';
}

/** The rule and the functions that it reaches, but for those that are `given`, and what these reach. */
function authored(tree: SyntaxTree, root: string, given: (name: string) => boolean): ReadonlyMap<string, FunctionNode> {
  const all = new Map(functionsOf(tree).map(node => [node.name.name, node]));
  const reached = new Map<string, FunctionNode>();
  const calls = callsOf(tree);
  const reach = (name: string): void => {
    const node = all.get(name);
    if (!node || reached.has(name) || given(name)) return;
    reached.set(name, node);
    for (const { callee, caller } of calls) if (caller === node) reach(callee);
  };
  reach(root);
  return reached;
}

/** What rules may call that the kernels offer. */
function signaturesOf(model: Model, ofKernels: ReadonlySet<string>): ReadonlyMap<string, Signature> {
  const signatures = new Map<string, Signature>();
  for (const [name, { params, result }] of vocabularyOf(model)) {
    // what the library has in its own text is read there, like the author's functions
    if (!ofKernels.has(name) && !DRAW_PRIMITIVES.includes(name)) continue;
    const meaningOf = (kind: string | undefined): Meaning => (kind === 'agent' ? 'agent' : 'other');
    signatures.set(name, { params: params.map(({ kind }) => meaningOf(kind)), result: meaningOf(result?.kind) });
  }
  const add = (name: string, params: readonly Meaning[], result: Meaning = 'other'): void => {
    signatures.set(name, { params, result });
  };
  for (const name of ['group_count', 'role_count']) add(name, []);
  for (const name of ['links_begin', 'links_end']) add(name, ['agent'], 'link');
  add('link_of', ['agent', 'other'], 'link');
  for (const [name] of scalarParams(model.params)) add(`${name}_of`, ['agent']);
  for (const [name] of tableParams(model.params)) add(`${name}_at`, ['other']);
  for (const name of Object.keys(model.fields)) add(`${name}_count`, []);
  for (const name of ofKernels) if (name.startsWith('table_')) add(name, ['other']);
  return signatures;
}
