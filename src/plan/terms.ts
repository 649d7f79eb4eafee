// Exact reductions. A term is a sum, minimum or maximum of an unsigned integer over the agents of a world, perhaps by bin; a list of terms becomes the text
// of a `pass` module for shaders/engine/collect.wgsl and a layout of two-word cells.
import { GroundswellError } from '../errors.ts';

/** One reduction over agents. Expressions are WGSL with `me`, of type u32 (condition: bool). */
export interface Term {
  op: 'sum' | 'min' | 'max';
  value: string;
  /** The value is a vec2u(low, high); sums wrap at 2⁶⁴. */
  wide?: boolean;
  /** Agents that count; absent: all. */
  condition?: string;
  /** Splits the reduction: bin number below `bins`. */
  by?: { bin: string; bins: number };
  /** Once for each link of the agent, with its number as `k`, instead of once. */
  perLink?: boolean;
}

/** Where a term's cells lie; a cell is two words, low then high. */
export interface PlacedTerm extends Term {
  /** First cell; a term by bin has `by.bins` of them. */
  cell: number;
}

/** Bins that one workgroup can hold, at 8 bytes a bin, in the 16 KiB that every WebGPU device has, beside the reduction tree. */
const MAX_BINS = 1024;

/** Collects terms, equal ones once. */
export class TermList {
  readonly #terms = new Map<string, { term: Term; order: number }>();

  /** Adds a term and returns its identity for `CellLayout.cellOf`. */
  add(term: Term): string {
    const { op, value, condition, by, perLink } = term;
    const identity = JSON.stringify([op, value, condition ?? null, by ?? null, perLink ?? false]);
    if (!this.#terms.has(identity)) this.#terms.set(identity, { term, order: this.#terms.size });
    return identity;
  }

  /** Places the cells: binned sums first (they share a workgroup's bins), then the rest in the order of adding. */
  place(): CellLayout {
    const entries = [...this.#terms].map(([identity, { term }]) => ({ identity, term }));
    const isBinnedSum = ({ term }: { term: Term }): boolean => term.op === 'sum' && term.by !== undefined;
    const ordered = [...entries.filter(isBinnedSum), ...entries.filter(entry => !isBinnedSum(entry))];
    const cells = new Map<string, number>();
    const placed: PlacedTerm[] = [];
    let next = 0;
    let bins = 0;
    for (const { identity, term } of ordered) {
      cells.set(identity, next);
      placed.push({ ...term, cell: next });
      next += term.by?.bins ?? 1;
      if (isBinnedSum({ term })) bins = next;
    }
    if (bins > MAX_BINS) {
      throw new GroundswellError({
        what: 'too many bins are measured at once',
        where: 'measure',
        expected: `at most ${MAX_BINS} bins in all (histogram bins and groups together)`,
        got: String(bins),
        hint: 'use fewer bins, or fewer measures by group',
      });
    }
    return { terms: placed, cellCount: next, binCount: bins, cellOf: identity => cells.get(identity)! };
  }
}

export interface CellLayout {
  terms: readonly PlacedTerm[];
  cellCount: number;
  /** Cells 0 … binCount − 1 are bins of sums. */
  binCount: number;
  cellOf(identity: string): number;
}

/** The value of an untouched cell: the neutral element of its reduction. */
export function identityOf(term: Term): number {
  return term.op === 'min' ? 0xffffffff : 0;
}

/** `gather` and `flush` of a pass module: what an agent contributes, and how an invocation's totals reach the cells. */
export function gatherText(layout: CellLayout): string {
  const variables: string[] = [];
  const gather: string[] = [];
  const flush: string[] = [];
  for (const term of layout.terms) {
    const name = `${term.op}_${term.cell}`;
    let statement: string;
    if (term.by) {
      statement =
        term.op === 'sum'
          ? `add_${term.wide ? 'wide_' : ''}to_bin(${term.cell}u, ${term.by.bin}, ${term.value});`
          : `${term.op}_in_cell(${term.cell}u + ${term.by.bin}, ${term.value});`;
    } else if (term.op === 'sum') {
      variables.push(`@if(!direct) var<private> ${name}: vec2u;`);
      const value = term.wide ? term.value : `vec2u(${term.value}, 0u)`;
      statement = `@if(direct) add_to_cell(${term.cell}u, ${value});\n  @if(!direct) ${name} = add_wide(${name}, ${value});`;
      flush.push(`@if(!direct) flush_sum(lane, ${term.cell}u, ${name});`);
    } else {
      variables.push(`@if(!direct) var<private> ${name}: u32 = ${identityOf(term)}u;`);
      statement = `@if(direct) ${term.op}_in_cell(${term.cell}u, ${term.value});\n  @if(!direct) ${name} = ${term.op}(${name}, ${term.value});`;
      flush.push(`@if(!direct) flush_${term.op}(lane, ${term.cell}u, ${name});`);
    }
    const guarded = term.condition ? `if (${term.condition}) { ${statement} }` : statement;
    gather.push(term.perLink ? `for (var k = 0u; k < degree(me); k++) { ${guarded} }` : guarded);
  }
  if (layout.binCount > 0) flush.push('flush_bins(lane);');
  return [
    ...variables,
    `fn gather(me: u32) {\n  ${gather.join('\n  ')}\n}`,
    `fn flush(lane: u32) {\n  ${flush.join('\n  ')}\n}`,
  ].join('\n');
}

/** `identity` of a pass module for shaders/engine/publish.wgsl. */
export function identityText(layout: CellLayout): string {
  const ranges = layout.terms
    .filter(term => term.op === 'min')
    .map(term => `cell >= ${term.cell}u && cell < ${term.cell + (term.by?.bins ?? 1)}u`);
  const test = ranges.length > 0 ? ranges.map(range => `(${range})`).join(' || ') : 'false';
  return `fn identity(cell: u32) -> u32 {\n  return select(0u, 0xffffffffu, ${test});\n}`;
}
