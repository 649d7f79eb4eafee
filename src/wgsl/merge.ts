// Several linked texts as one: what they declare alike is declared once, and names that mean different things in different texts get different ones. The entry of
// the first stays; those of the others become functions that the caller's own text calls.
import { type DeclarationNode, type FunctionNode, isEntry, walk } from './ast.ts';
import { parse } from './parse.ts';
import type { Span } from './source.ts';
import { type Token, tokenize } from './tokens.ts';

/** What became of the entry of a text. */
export interface MergedEntry {
  /** What the function is called now. */
  name: string;
  /** The builtins that it takes, in order, such as `local_invocation_index`. */
  builtins: readonly string[];
  /** The private variables of its text, each by the name that it had, as a statement that gives it the value with which an invocation begins. */
  privates: readonly { name: string; begin: string }[];
}

export interface MergedText {
  text: string;
  /** One for each text but the root. */
  entries: readonly MergedEntry[];
}

/**
 * Merges texts that each have one entry with a root, which keeps its own, and its names. `own`: names that no declaration gets, since they are the caller's; what
 * the root declares by them is left out.
 */
export function mergeTexts(root: string, texts: readonly string[], own: readonly string[]): MergedText {
  const parts = texts.map(text => new Part(text, []));
  const all = [new Part(root, own), ...parts];
  const names = new Names(all, own);
  const entries = parts.map((part): MergedEntry => {
    const { name, params } = part.entry;
    return {
      name: names.nameOf(part, name.name),
      builtins: params.map(builtinOf),
      privates: part.privates.map(({ variable, value }) => ({
        name: variable,
        begin: `${names.nameOf(part, variable)} = ${names.renamed(part, value)};`,
      })),
    };
  });
  const directives = new Set(all.flatMap(part => part.directives));
  return { text: [...directives, ...names.declarations()].join('\n\n'), entries };
}

function builtinOf({ attributes }: FunctionNode['params'][number]): string {
  const [argument] = attributes.find(({ name }) => name === 'builtin')?.args ?? [];
  return argument?.kind === 'name' ? argument.name : '';
}

/** A piece of a part's text: its tokens, of which those of attributes of parameters are left out. */
interface Piece {
  tokens: readonly Token[];
  /** Appended to it. */
  behind: string;
}

interface Declared extends Piece {
  kind: DeclarationNode['kind'];
  /** Whether something inside has a name that is also one of the module's scope. */
  shadows: boolean;
}

/** The declarations of one text. */
class Part {
  readonly declared = new Map<string, Declared>();
  readonly entry: FunctionNode;
  readonly privates: { variable: string; value: Piece }[] = [];
  readonly directives: string[] = [];
  readonly text: string;
  /** All identifiers, those of locals and members too. */
  readonly words: ReadonlySet<string>;
  readonly #tokens: readonly Token[];

  constructor(text: string, own: readonly string[]) {
    this.text = text;
    const { declarations, source } = parse(text);
    this.#tokens = tokenize(source);
    this.words = new Set(this.#tokens.filter(({ kind }) => kind === 'identifier').map(token => token.text));
    this.entry = declarations.find((node): node is FunctionNode => node.kind === 'function' && isEntry(node))!;
    for (const node of declarations) {
      if (node.kind === 'directive') this.directives.push(text.slice(node.start, node.end));
      if ('name' in node && !own.includes(node.name.name)) this.#declare(node, own.length > 0);
    }
    for (const node of declarations) {
      if (node.kind !== 'function' || !this.declared.has(node.name.name)) continue;
      walk(node, child => {
        const isLocal = child.kind === 'declare' || child.kind === 'field';
        if (isLocal && this.declared.has(child.name.name)) this.declared.get(node.name.name)!.shadows = true;
      });
    }
  }

  #declare(node: Extract<DeclarationNode, { name: unknown }>, isRoot: boolean): void {
    const { kind } = node;
    const attributes = kind === 'declare' || (kind === 'function' && isRoot) ? node.attributes : [];
    const start = attributes[0]?.start ?? node.start;
    const without = kind === 'function' && !isRoot ? node.params.flatMap(param => param.attributes) : [];
    const tokens = this.#within({ start, end: node.end }).filter(
      token => !without.some(span => token.start >= span.start && token.end <= span.end),
    );
    this.declared.set(node.name.name, { kind, tokens, behind: kind === 'declare' ? ';' : '', shadows: false });
    if (kind !== 'declare' || node.qualifiers[0] !== 'private') return;
    // a type without arguments is its zero
    const value = { tokens: this.#within(node.value ?? node.type!), behind: node.value ? '' : '()' };
    this.privates.push({ variable: node.name.name, value });
  }

  #within({ start, end }: Span): Token[] {
    return this.#tokens.filter(token => token.start >= start && token.end <= end);
  }
}

/** Decides which declarations of the parts are the same, and what each is called. */
class Names {
  readonly #parts: readonly Part[];
  readonly #taken: Set<string>;
  /** The number of every different declaration, by what it says and means. */
  readonly #numbers = new Map<string, number>();
  readonly #given: { name: string; part: Part; original: string }[] = [];
  readonly #known: ReadonlyMap<Part, Map<string, number>>;

  constructor(parts: readonly Part[], reserved: readonly string[]) {
    this.#parts = parts;
    this.#taken = new Set(reserved);
    this.#known = new Map(parts.map(part => [part, new Map()]));
    for (const part of parts) for (const name of part.declared.keys()) this.#numberOf(part, name);
  }

  nameOf(part: Part, original: string): string {
    return this.#given[this.#numberOf(part, original)].name;
  }

  /** A piece with the names of the part's declarations replaced; locals of such names are renamed alike, which changes nothing. */
  renamed(part: Part, piece: Piece, isStruct = false): string {
    return this.#replaced(part, piece, isStruct, name => this.nameOf(part, name));
  }

  /** Every different declaration once. */
  declarations(): string[] {
    return this.#given.map(({ part, original }) => {
      const declared = part.declared.get(original)!;
      return this.renamed(part, declared, declared.kind === 'struct');
    });
  }

  /** Declarations are the same that have the same name and text, and whose names mean the same. */
  #numberOf(part: Part, original: string): number {
    const known = this.#known.get(part)!;
    const before = known.get(original);
    if (before !== undefined) return before;
    const declared = part.declared.get(original)!;
    const meant = (name: string): string => (name === original ? name : `#${this.#numberOf(part, name)}`);
    // what has locals of such names is not looked into, and so is shared with nobody
    const meaning = declared.shadows
      ? this.#parts.indexOf(part)
      : this.#replaced(part, declared, declared.kind === 'struct', meant);
    const key = JSON.stringify([original, meaning]);
    const number = this.#numbers.get(key) ?? this.#given.length;
    if (number === this.#given.length) {
      this.#numbers.set(key, number);
      this.#given.push({ name: this.#freeName(part, original), part, original });
    }
    known.set(original, number);
    return number;
  }

  /** The tokens of a piece; names of declarations are replaced, but not those of members and attributes. */
  #replaced(part: Part, { tokens, behind }: Piece, isStruct: boolean, replace: (name: string) => string): string {
    const words = tokens.map(({ kind, text }, k) => {
      if (kind !== 'identifier' || !part.declared.has(text)) return text;
      const isMember = tokens[k - 1]?.text === '.' || (isStruct && tokens[k + 1]?.text === ':');
      return isMember || tokens[k - 1]?.text === '@' ? text : replace(text);
    });
    let result = '';
    for (const [k, word] of words.entries()) {
      const { start } = tokens[k];
      const gap = k === 0 ? '' : part.text.slice(tokens[k - 1].end, start);
      result += (/^\s*$/.test(gap) ? gap : '\n') + word;
    }
    return result + behind;
  }

  /** The name itself, if it is free and no part may mean a builtin by it; otherwise with a number that makes it new. */
  #freeName(part: Part, original: string): string {
    const isElsewhere = this.#parts.some(({ words, declared }) => words.has(original) && !declared.has(original));
    if ((part === this.#parts[0] || !isElsewhere) && !this.#taken.has(original)) {
      this.#taken.add(original);
      return original;
    }
    for (let k = 2; ; k++) {
      const name = `${original}_${k}`;
      if (this.#taken.has(name) || this.#parts.some(({ words }) => words.has(name))) continue;
      this.#taken.add(name);
      return name;
    }
  }
}
