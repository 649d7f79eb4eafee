// Checks a syntax tree and gives the typed IR: module-scope declarations in any order, then the bodies of all functions.
import {
  type DeclarationNode,
  type DeclareNode,
  type FunctionNode,
  isEntry,
  type NameNode,
  type SyntaxNode,
  type SyntaxTree,
  type TemplatedNode,
} from './ast.ts';
import { checkBindingType, integerArgument } from './check-bindings.ts';
import { checkAssert, initialValue, makeVariable } from './check-declare.ts';
import { checkBlock, TOP } from './check-statements.ts';
import { resolveType } from './check-types.ts';
import type { Checker } from './checker.ts';
import { neverPasses } from './flow.ts';
import type { Binding, Expression, FunctionIr, Module, Variable } from './ir.ts';
import { type Meaning, Scope } from './scope.ts';
import * as types from './types.ts';

type NamedDeclaration = Exclude<DeclarationNode, { kind: 'assert' | 'directive' }>;

/** The typed IR of a module. Throws a `GroundswellError` for what is wrong and for what the CPU engine does not support. */
export function check(tree: SyntaxTree): Module {
  return new ModuleChecker(tree).check();
}

/** What is known of an expression: its type (of a place or a pointer, of what lies there), and whether its value is known before it runs. */
export interface ExpressionType {
  type: types.Type;
  constant: boolean;
}

/** The same, with the types of the expressions of the tree. It may be a text that only a device runs: variables and barriers of workgroups then have types and no meaning. */
export function checkWithTypes(tree: SyntaxTree): { module: Module; types: ReadonlyMap<SyntaxNode, ExpressionType> } {
  const found = new Map<SyntaxNode, ExpressionType>();
  const checker = new ModuleChecker(tree, (node, checked) => {
    const type = checked.kind === 'place' || checked.kind === 'pointer' ? checked.place.type : checked.type;
    found.set(node, { type, constant: checked.kind === 'constant' });
  });
  return { module: checker.check(), types: found };
}

class ModuleChecker implements Checker {
  readonly structs = new Map<string, types.StructType>();
  readonly bindings: Binding[] = [];
  readonly seen: Checker['seen'];
  readonly forDevices: boolean;
  scope: Scope;
  current: FunctionIr | undefined;
  private readonly tree: SyntaxTree;
  private readonly moduleScope: Scope;
  private readonly pending = new Map<string, NamedDeclaration>();
  private readonly resolving = new Set<string>();
  private readonly privates: { variable: Variable; value?: Expression }[] = [];
  private readonly functions = new Map<string, FunctionIr>();

  constructor(tree: SyntaxTree, seen?: Checker['seen']) {
    this.tree = tree;
    this.seen = seen;
    this.forDevices = seen !== undefined;
    this.moduleScope = new Scope(tree.source);
    this.scope = this.moduleScope;
  }

  get source(): SyntaxTree['source'] {
    return this.tree.source;
  }

  check(): Module {
    const { declarations } = this.tree;
    for (const node of declarations) this.announce(node);
    for (const node of declarations) {
      if ('name' in node) this.declare(node.name.name);
    }
    for (const node of declarations) {
      if (node.kind === 'assert') checkAssert(this, node);
      if (node.kind === 'function') this.checkBody(node);
    }
    this.refuseRecursion();
    const { tree, structs, bindings, privates, functions } = this;
    return { tree, structs, bindings, privates, functions };
  }

  resolve(node: NameNode | TemplatedNode): Meaning | undefined {
    const found = this.scope.find(node.name);
    if (found || !this.pending.has(node.name)) return found;
    if (this.resolving.has(node.name)) throw this.source.error(node, { what: `"${node.name}" is declared by itself` });
    this.declare(node.name);
    return this.moduleScope.find(node.name);
  }

  private announce(node: DeclarationNode): void {
    if (!('name' in node)) return;
    const { name } = node.name;
    if (this.pending.has(name))
      throw this.source.error(node.name, { what: `"${name}" is declared twice`, hint: 'choose another name' });
    this.pending.set(name, node);
  }

  private declare(name: string): void {
    const node = this.pending.get(name);
    if (!node || this.moduleScope.find(name)) return;
    const { scope, current } = this;
    this.scope = this.moduleScope;
    this.current = undefined;
    this.resolving.add(name);
    this.moduleScope.declare(node.name, this.meaning(node));
    this.scope = scope;
    this.current = current;
  }

  private meaning(node: NamedDeclaration): Meaning {
    switch (node.kind) {
      case 'struct': {
        const members = node.members.map(member => ({ name: member.name.name, type: resolveType(this, member.type) }));
        if (members.length === 0) throw this.source.error(node, { what: 'a struct has at least one member' });
        for (const { attributes } of node.members) {
          const attribute = attributes.find(({ name }) => name === 'align' || name === 'size');
          if (attribute)
            throw this.source.error(attribute, {
              what: `@${attribute.name} is not supported`,
              hint: 'add members instead',
            });
        }
        const type: types.StructType = { kind: 'struct', name: node.name.name, members };
        this.structs.set(type.name, type);
        return { kind: 'type', type };
      }
      case 'alias':
        return { kind: 'type', type: resolveType(this, node.type) };
      case 'function':
        return { kind: 'function', function: this.signature(node) };
      case 'declare':
        return this.value(node);
    }
  }

  private value(node: DeclareNode): Meaning {
    const { source } = this;
    if (node.keyword === 'override') {
      throw source.error(node, { what: '"override" is not supported', hint: 'use "const" or a uniform instead' });
    }
    const isOwn = node.qualifiers[0] === 'private' || (this.forDevices && node.qualifiers[0] === 'workgroup');
    if (node.keyword === 'var' && !isOwn) return this.binding(node);
    const { type, value } = initialValue(this, node);
    if (value && value.kind !== 'constant')
      throw source.error(node, { what: `the value of "${node.name.name}" is not constant` });
    if (node.keyword === 'const') {
      if (!value) throw source.error(node, { what: '"const" needs a value' });
      return { kind: 'constant', value };
    }
    if (types.leafCount(type) === 0 || type.kind === 'atomic') {
      throw source.error(node, { what: `"${node.name.name}" cannot hold ${types.typeText(type)}` });
    }
    const variable = makeVariable(node, 'private', type);
    this.privates.push({ variable, value });
    return { kind: 'variable', variable };
  }

  private binding(node: DeclareNode): Meaning {
    const { source } = this;
    const { name, start, end } = node.name;
    const [space, access = 'read'] = node.qualifiers;
    if (space !== 'uniform' && space !== 'storage') {
      const hint =
        space === 'workgroup'
          ? 'use a storage buffer instead: the CPU has no workgroups'
          : 'use var<private>, var<uniform> or var<storage>';
      throw source.error(node, {
        what: space ? `var<${space}> is not supported` : `"${name}" has no address space`,
        hint,
      });
    }
    if (!node.type) throw source.error(node, { what: `"${name}" has no type` });
    const type = resolveType(this, node.type);
    checkBindingType(this, type, space, node.type);
    const writable = access === 'read_write';
    const variable: Variable = {
      kind: 'binding',
      name,
      type,
      space,
      writable,
      indexed: false,
      assigned: false,
      start,
      end,
    };
    this.bindings.push({
      name,
      group: integerArgument(this, node, 'group'),
      binding: integerArgument(this, node, 'binding'),
      kind: space,
      access: writable ? 'read_write' : 'read',
      type,
      variable,
    });
    return { kind: 'variable', variable };
  }

  private signature(node: FunctionNode): FunctionIr {
    const { source } = this;
    const entry = isEntry(node);
    const params = node.params.map((param): Variable => {
      const type = resolveType(this, param.type);
      const builtin = param.attributes.find(({ name }) => name === 'builtin');
      const given = builtin && source.excerpt(builtin.args[0]);
      const isKnown = given === 'global_invocation_id' || (this.forDevices && given === 'local_invocation_index');
      if (entry && !isKnown) {
        throw source.error(param, {
          what: `the entry point's "${param.name.name}" is not supported`,
          hint: 'use @builtin(global_invocation_id)',
        });
      }
      const { name, start, end } = param.name;
      const isPointer = type.kind === 'pointer';
      const target = isPointer ? type.target : type;
      if (types.leafCount(target) === 0)
        throw source.error(param, { what: `a parameter cannot be ${types.typeText(type)}` });
      const space = isPointer ? type.space : 'function';
      const kind = isPointer ? 'pointer' : 'parameter';
      return { kind, name, type: target, space, writable: isPointer, indexed: false, assigned: false, start, end };
    });
    const result = node.returns ? resolveType(this, node.returns) : types.VOID;
    const { start, end } = node;
    const made: FunctionIr = {
      name: node.name.name,
      params,
      result,
      isEntry: entry,
      body: [],
      calls: new Set(),
      deviations: [],
      start,
      end,
    };
    this.functions.set(made.name, made);
    return made;
  }

  private checkBody(node: FunctionNode): void {
    const made = this.functions.get(node.name.name);
    if (!made) return;
    this.current = made;
    this.scope = new Scope(this.source, this.moduleScope);
    made.params.forEach((variable, i) => {
      const place = { root: variable, path: [], type: variable.type, start: variable.start, end: variable.end };
      const meaning: Meaning =
        variable.kind === 'pointer' ? { kind: 'pointer', place } : { kind: 'variable', variable };
      this.scope.declare(node.params[i].name, meaning);
    });
    made.body = checkBlock(this, node.body, TOP);
    this.scope = this.moduleScope;
    this.current = undefined;
    if (made.result.kind !== 'void' && !neverPasses(made.body)) {
      throw this.source.error(node.name, {
        what: `"${made.name}" does not return a value on every path`,
        hint: 'add a "return" at its end',
      });
    }
  }

  private refuseRecursion(): void {
    const done = new Set<FunctionIr>();
    const visit = (current: FunctionIr, path: readonly FunctionIr[]): void => {
      if (path.includes(current)) {
        const cycle = [...path.slice(path.indexOf(current)), current].map(({ name }) => name).join(' → ');
        throw this.source.error(current, {
          what: `recursion: ${cycle}`,
          got: 'a cycle of calls',
          hint: 'use a loop instead: WGSL has no recursion',
        });
      }
      if (done.has(current)) return;
      for (const callee of current.calls) visit(callee, [...path, current]);
      done.add(current);
    };
    for (const made of this.functions.values()) visit(made, []);
  }
}
