// Instruments: edits of the linked text of the kernels that run rules, with functions of their own (shaders/instrument) and words of their own at the end of
// the scratch arena. What is said here holds for checked mode and for traces.
import type { GroundswellError } from '../errors.ts';
import type { Model } from '../model/index.ts';
import { shaders } from '../shaders.generated.ts';
import {
  type CallNode,
  type EditedText,
  type ExpressionType,
  type FunctionIr,
  type FunctionNode,
  functionsOf,
  type Module,
  type ShaderModules,
  type SyntaxNode,
  type TextEdits,
  typeText,
  walk,
} from '../wgsl/index.ts';
import { type Term, vocabularyOf } from './vocabulary.ts';

export interface Instrument {
  /** Its functions: text that is linked with the entry of a kernel. */
  readonly shader: string;
  /** More of them, for this model. */
  readonly text?: string;
  readonly constants: Readonly<Record<string, number>>;
  /** Words at the end of the scratch arena, which its functions write. */
  readonly words: number;
  /** Edits the checked text of a kernel. */
  edit(kernel: InstrumentedKernel): EditedText;
  /** The error that the words tell of, if any. */
  failure?(words: Uint32Array): GroundswellError | undefined;
}

/** A kernel as it was linked, with the types of its expressions. */
export interface InstrumentedKernel {
  module: Module;
  types: ReadonlyMap<SyntaxNode, ExpressionType>;
  /** The rules that it runs. */
  rules: readonly string[];
  library: ShaderModules;
}

/** A place in an author's text, as errors and traces show it. */
export interface TextPlace {
  file: string;
  /** From 1. */
  line: number;
  column: number;
  /** The text there, on one line. */
  text: string;
}

/** Whose text a function is: the model's (files of rules and setup rules), the library's, or that of engine and agent module. */
export type Origin = 'own' | 'library' | 'kernel';

/** A kernel's functions with their origins, and what instruments ask about them. */
export class KernelText {
  readonly kernel: InstrumentedKernel;
  readonly functions: readonly { node: FunctionNode; origin: Origin; file: string }[];
  readonly #vocabulary: ReadonlyMap<string, Term>;
  readonly #originByName: ReadonlyMap<string, Origin>;

  constructor(kernel: InstrumentedKernel, model: Model) {
    this.kernel = kernel;
    this.#vocabulary = vocabularyOf(model);
    const origins = originsOf(kernel.library);
    this.functions = functionsOf(kernel.module.tree).map(node => {
      const { file } = kernel.module.tree.source.locate(node.start);
      return { node, file, origin: origins.get(file) ?? 'kernel' };
    });
    this.#originByName = new Map(this.functions.map(({ node, origin }) => [node.name.name, origin]));
  }

  /** What the vocabulary says of a function that is called; nothing of a model's own function of that name. */
  term(callee: string): Term | undefined {
    return this.#originByName.get(callee) === 'own' ? undefined : this.#vocabulary.get(callee);
  }

  origin(callee: string): Origin | undefined {
    return this.#originByName.get(callee);
  }

  place(node: SyntaxNode, shown: SyntaxNode = node): TextPlace {
    const { source } = this.kernel.module.tree;
    return { ...source.locate(node.start), text: source.excerpt(shown) };
  }

  /** Puts statements before every call of a rule by the kernel. */
  beforeRules(edits: TextEdits, statements: (rule: string) => string): void {
    for (const { node, origin } of this.functions) {
      if (origin !== 'kernel') continue;
      for (const call of callsIn(node)) {
        if (this.kernel.rules.includes(call.callee.name)) edits.precede(call, statements(call.callee.name));
      }
    }
  }

  /** Refuses names of the text that the instrument's would hide or be hidden by. */
  refuseNames(prefixes: readonly string[], what: string): void {
    const { source } = this.kernel.module.tree;
    for (const { node, origin } of this.functions) {
      if (origin !== 'own') continue;
      walk(node, child => {
        if (child.kind !== 'declare' && child.kind !== 'field' && child.kind !== 'function') return;
        const taken = prefixes.find(prefix => child.name.name.startsWith(prefix));
        if (taken === undefined) return;
        throw source.error(child.name, {
          what: `names that begin with "${taken}" are taken ${what}`,
          got: `"${child.name.name}"`,
          hint: 'choose another name',
        });
      });
    }
  }
}

export function callsIn(node: FunctionNode): CallNode[] {
  const calls: CallNode[] = [];
  walk(node, child => {
    if (child.kind === 'call') calls.push(child);
  });
  return calls;
}

function originsOf(library: ShaderModules): Map<string, Origin> {
  const origins = new Map<string, Origin>();
  for (const [path, { file }] of Object.entries(library)) {
    if (/^(?:rules|init)\//.test(path)) origins.set(file, 'own');
    else if (file.startsWith('shaders/lib/')) origins.set(file, 'library');
  }
  return origins;
}

/** A function to call instead of another: the same parameters and one more. */
export interface Wrapper {
  name: string;
  callee: FunctionIr;
  /** The name of the parameter behind the others, a u32. */
  last: string;
  /** Statements before the call, from the names of the arguments without the site of a draw; they may give arguments other names. */
  before(args: readonly string[]): { statements: readonly string[]; args?: readonly string[] };
  /** Statements behind it; `result` is the name of what the call gave. */
  after?(result: string): readonly string[];
}

/** The text of a wrapper. Parameters are named `a0`, `a1`, …; the site that a draw is given comes first and is called `site`. */
export function wrapperText({ name, callee, last, before, after }: Wrapper): string {
  const draws = callee.params[0]?.name === 'site';
  const params = draws ? callee.params.slice(1) : callee.params;
  const names = params.map((_, k) => `a${k}`);
  const types = params.map(({ kind, space, type }) =>
    kind === 'pointer' ? `ptr<${space}, ${typeText(type)}>` : typeText(type),
  );
  const declared = [
    ...(draws ? ['site: u32'] : []),
    ...names.map((param, k) => `${param}: ${types[k]}`),
    `${last}: u32`,
  ];
  const { statements, args = names } = before(names);
  const call = `${callee.name}(${[...(draws ? ['site'] : []), ...args].join(', ')})`;
  const gives = callee.result.kind !== 'void';
  const body = [
    ...statements,
    gives ? `let result = ${call};` : `${call};`,
    ...(after?.('result') ?? []),
    ...(gives ? ['return result;'] : []),
  ];
  return `fn ${name}(${declared.join(', ')})${gives ? ` -> ${typeText(callee.result)}` : ''} {\n  ${body.join('\n  ')}\n}\n`;
}

/** The entry of a kernel with an instrument's functions; imports come first. */
export function withInstrument(entry: string, { shader, text = '' }: Instrument): string {
  const importing = /^(?:@if\([^)]*\) *)?import .*$/gm;
  const texts = [entry, shaders[shader], text];
  const imports = texts.flatMap(text => text.match(importing) ?? []);
  return [...imports, ...texts.map(text => text.replace(importing, ''))].join('\n');
}
