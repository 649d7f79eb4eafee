// What names mean: nested scopes within functions, and module scope, where order does not matter. No types are checked here.
import { suggest } from '../errors.ts';
import type { Name } from './ast.ts';
import type { Expression, FunctionIr, Place, Variable } from './ir.ts';
import type { Source } from './source.ts';
import type { Type } from './types.ts';

export type Meaning =
  | { readonly kind: 'constant'; readonly value: Expression }
  | { readonly kind: 'variable'; readonly variable: Variable }
  | { readonly kind: 'pointer'; readonly place: Place }
  | { readonly kind: 'function'; readonly function: FunctionIr }
  | { readonly kind: 'type'; readonly type: Type };

export class Scope {
  private readonly names = new Map<string, Meaning>();
  private readonly outer: Scope | undefined;
  private readonly source: Source;

  constructor(source: Source, outer?: Scope) {
    this.source = source;
    this.outer = outer;
  }

  declare(name: Name, meaning: Meaning): void {
    if (this.names.has(name.name)) {
      throw this.source.error(name, { what: `"${name.name}" is declared twice`, hint: 'choose another name' });
    }
    this.names.set(name.name, meaning);
  }

  find(name: string): Meaning | undefined {
    return this.names.get(name) ?? this.outer?.find(name);
  }

  /** All names that can be seen from here. */
  known(): string[] {
    return [...(this.outer?.known() ?? []), ...this.names.keys()];
  }
}

/** The error for a name that means nothing. */
export function unknownName(source: Source, name: Name, known: readonly string[]): Error {
  const hint = suggest(name.name, known);
  const close = hint?.startsWith('did you mean') ? hint : undefined;
  return source.error(name, { what: `unknown name "${name.name}"`, hint: close ?? 'declare it or import it' });
}
