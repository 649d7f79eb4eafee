// Numbers the call sites of random draws by editing the text: every function that draws gets a first parameter `site`, every
// call of one gets its number. A draw's number depends only on the root function's own text and what that calls.
import { type FunctionNode, functionsOf, isEntry, type SyntaxTree, walk } from './ast.ts';
import { type Call, callsOf } from './calls.ts';
import { type EditedText, type Insertion, insertAll } from './insertions.ts';
import { type ParseOptions, parse } from './parse.ts';

const MAX_SITES = 65_535;

export interface DrawOptions extends ParseOptions {
  /** Functions that draw. Their declarations have the parameter `site: u32` already; calls are written without it. */
  primitives: readonly string[];
  /** Functions whose sites count from zero wherever they are called, such as rules, each with its own key. */
  roots?: readonly string[];
}

/** Passes `site` numbers to all draws. Throws a `GroundswellError` on recursion and on more than 65,535 sites in one entry. */
export function numberDraws(source: string, { primitives, roots = [], locate }: DrawOptions): EditedText {
  const tree = parse(source, { locate });
  const counter = new SiteCounter(tree, primitives);
  const insertions: Insertion[] = [];
  for (const node of functionsOf(tree)) {
    if (counter.sitesOf(node.name.name) === 0) continue;
    const entry = isEntry(node);
    if (!entry && !primitives.includes(node.name.name)) {
      refuseName(tree, node);
      insertions.push({ at: node.paramsStart, text: node.params.length > 0 ? 'site: u32, ' : 'site: u32' });
    }
    let offset = 0;
    for (const { callee, node: call } of counter.drawingCalls(node)) {
      const isRoot = roots.includes(callee);
      const site = isRoot ? '0u' : entry ? `${offset}u` : offset === 0 ? 'site' : `site + ${offset}u`;
      insertions.push({ at: call.argsStart, text: call.args.length > 0 ? `${site}, ` : site });
      if (!isRoot) offset += counter.sitesOf(callee);
    }
  }
  return insertAll(source, insertions);
}

/** A function that draws gets a parameter `site`, so its author must not use that name for anything else. */
function refuseName(tree: SyntaxTree, node: FunctionNode): void {
  walk(node, child => {
    if ((child.kind !== 'declare' && child.kind !== 'field') || child.name.name !== 'site') return;
    throw tree.source.error(child.name, {
      what: `"site" is taken in "${node.name.name}", which draws random numbers`,
      hint: 'choose another name',
    });
  });
}

class SiteCounter {
  private readonly tree: SyntaxTree;
  private readonly functions: ReadonlyMap<string, FunctionNode>;
  private readonly calls = new Map<FunctionNode, Call[]>();
  private readonly sites = new Map<string, number>();
  private readonly path: string[] = [];

  constructor(tree: SyntaxTree, primitives: readonly string[]) {
    this.tree = tree;
    this.functions = new Map(functionsOf(tree).map(node => [node.name.name, node]));
    for (const call of callsOf(tree)) {
      const known = this.calls.get(call.caller);
      if (known) known.push(call);
      else this.calls.set(call.caller, [call]);
    }
    for (const name of primitives) this.sites.set(name, 1);
  }

  /** How many draw sites a call of the function covers; 0 for one that does not draw. */
  sitesOf(name: string): number {
    const known = this.sites.get(name);
    if (known !== undefined) return known;
    const node = this.functions.get(name);
    if (!node) return 0;
    if (this.path.includes(name)) {
      const cycle = [...this.path.slice(this.path.indexOf(name)), name].join(' → ');
      throw this.tree.source.error(node.name, {
        what: `recursion: ${cycle}`,
        got: 'a cycle of calls',
        hint: 'use a loop instead: WGSL has no recursion',
      });
    }
    this.path.push(name);
    const total = (this.calls.get(node) ?? []).reduce((sum, { callee }) => sum + this.sitesOf(callee), 0);
    this.path.pop();
    if (total > MAX_SITES) {
      throw this.tree.source.error(node.name, {
        what: `"${name}" has too many draw sites`,
        expected: `at most ${MAX_SITES}`,
        got: `${total}`,
        hint: 'draw in a loop instead of calling helpers that draw so often',
      });
    }
    this.sites.set(name, total);
    return total;
  }

  drawingCalls(node: FunctionNode): Call[] {
    return (this.calls.get(node) ?? []).filter(({ callee }) => this.sitesOf(callee) > 0);
  }
}
