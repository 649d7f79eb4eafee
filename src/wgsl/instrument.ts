// Instrumentation: edits of a checked text that send calls and values through functions of the instrument's own. What these functions do is the
// instrument's affair.
import type { CallNode } from './ast.ts';
import { type EditedText, type Insertion, insertAll } from './insertions.ts';
import type { Span } from './source.ts';

/** What ends at an offset stands before what begins there. */
const ENDS = -(2 ** 40);
/** A statement that is put in front stands before everything that begins there. */
const FRONT = -(2 ** 39);

/** Collects the edits of one text. Nested edits may come in any order. */
export class TextEdits {
  readonly #insertions: Insertion[] = [];
  #tail = '';

  /** `node` becomes `before node after`. */
  wrap(node: Span, before: string, after: string): void {
    const size = node.end - node.start;
    this.#insertions.push({ at: node.start, text: before, order: -2 * size - 1 });
    this.#insertions.push({ at: node.end, text: after, order: ENDS + size });
  }

  /** A call `f(a)` becomes `<prefix>f(a, argument)`. */
  redirect(call: CallNode, prefix: string, argument: string): void {
    const size = call.end - call.start;
    this.#insertions.push({ at: call.start, text: prefix, order: -2 * size });
    const last = call.args.at(-1);
    this.#insertions.push(
      last
        ? { at: last.end, text: `, ${argument}`, order: ENDS + size }
        : { at: call.argsStart, text: argument, order: ENDS + size },
    );
  }

  /** Puts statements before the statement that begins with `node`. */
  precede(node: Span, statements: string): void {
    this.#insertions.push({ at: node.start, text: statements, order: FRONT });
  }

  /** Puts declarations at the end of the text. */
  append(declarations: string): void {
    this.#tail += `\n${declarations}`;
  }

  apply(source: string): EditedText {
    return insertAll(source, [...this.#insertions, { at: source.length, text: this.#tail, order: ENDS }]);
  }
}
