// Exact reductions. A term is a sum, minimum or maximum of an unsigned integer over the agents of a world, perhaps by bin; a list of terms becomes the text
// of a `pass` module for shaders/engine/collect.wgsl and a layout of two-word cells.
import { GroundswellError } from '../errors.ts';
import { shareCalls } from './share-calls.ts';

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
  /** Of a sum by bin that is spread over several passes: the first of the bins that are here. */
  firstBin?: number;
}

/** Bins that one workgroup can hold, at 8 bytes a bin, in the 16 KiB that every WebGPU device has, beside the reduction tree. */
const BINS_PER_PASS = 1024;
/** Most passes of a measurement: each is two kernels, and walks through all agents. */
const MAX_PASSES = 64;

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
    return { terms: placed, cellCount: next, binCount: bins, cellOf: identity => cells.get(identity)! };
  }
}

/** The cells of a pass. */
export interface PassCells {
  terms: readonly PlacedTerm[];
  cellCount: number;
  /** Cells 0 … binCount − 1 are bins of sums. */
  binCount: number;
}

export interface CellLayout extends PassCells {
  cellOf(identity: string): number;
}

/** Refuses more bins than one pass can hold, or so many passes. `where`: what asks for them. */
export function refuseManyBins({ binCount }: PassCells, where: string, passes = 1): void {
  if (binCount <= BINS_PER_PASS * passes) return;
  throw new GroundswellError({
    what: 'too many bins are counted at once',
    where,
    expected: `at most ${BINS_PER_PASS * passes} in all (bins, groups and elements together)`,
    got: String(binCount),
    hint: 'use fewer bins, or count less by group',
  });
}

/** The cells in runs, one for each pass: as many bins as a workgroup holds, and at the end what is left and all other cells. `first` is the first cell of a run. */
export function splitCells(layout: CellLayout): (PassCells & { first: number })[] {
  refuseManyBins(layout, 'measure', MAX_PASSES);
  const count = Math.max(1, Math.ceil(layout.binCount / BINS_PER_PASS));
  if (count === 1) return [{ ...layout, first: 0 }];
  return Array.from({ length: count }, (_, pass) => {
    const first = pass * BINS_PER_PASS;
    const end = pass === count - 1 ? layout.cellCount : first + BINS_PER_PASS;
    const terms = layout.terms.flatMap(term => cut(term, first, end));
    return { terms, first, cellCount: end - first, binCount: Math.min(end, layout.binCount) - first };
  });
}

/** What of a term lies in the cells `from` … `to` − 1, with cells counted from there. */
function cut(term: PlacedTerm, from: number, to: number): PlacedTerm[] {
  const bins = term.by?.bins ?? 1;
  const [begin, end] = [Math.max(term.cell, from), Math.min(term.cell + bins, to)];
  if (begin >= end) return [];
  const placed = { ...term, cell: begin - from };
  if (!term.by || end - begin === bins) return [placed];
  return [{ ...placed, by: { ...term.by, bins: end - begin }, firstBin: begin - term.cell }];
}

/** The value of an untouched cell: the neutral element of its reduction. */
export function identityOf({ op }: Pick<Term, 'op'>): number {
  return op === 'min' ? 0xffffffff : 0;
}

/** The cells of all worlds before anything is added to them. */
export function untouchedCells(cells: PassCells, worldCount: number): Uint32Array {
  const words = new Uint32Array(2 * worldCount * cells.cellCount);
  for (const term of cells.terms) {
    for (let bin = 0; bin < (term.by?.bins ?? 1); bin++) {
      for (let world = 0; world < worldCount; world++) {
        words[2 * (world * cells.cellCount + term.cell + bin)] = identityOf(term);
      }
    }
  }
  return words;
}

function binStatement({ cell, value, wide, firstBin }: PlacedTerm, { bin, bins }: NonNullable<Term['by']>): string {
  // only aggregates have sums of two words by bin, and their bins fit one pass
  if (wide) return `add_wide_to_bin(${cell}u, ${bin}, ${value});`;
  if (firstBin === undefined) return `add_to_bin(${cell}u, ${bin}, ${value});`;
  return `add_to_bin_here(${cell}u, ${firstBin}u, ${bins}u, ${bin}, ${value});`;
}

/** `gather` and `flush` of a pass module: what an agent contributes, and how an invocation's totals reach the cells. */
export function gatherText(layout: PassCells): string {
  const variables: string[] = [];
  const flush: string[] = [];
  for (const { op, cell, by } of layout.terms) {
    if (by) continue;
    const first = op === 'sum' ? 'vec2u()' : `${identityOf({ op })}u`;
    variables.push(`@if(!direct) var<private> ${op}_${cell} = ${first};`);
    flush.push(`@if(!direct) flush_${op}(lane, ${cell}u, ${op}_${cell});`);
  }
  if (layout.binCount > 0) flush.push('flush_bins(lane);');
  const alike = new Map<string, PlacedTerm[]>();
  for (const term of layout.terms) {
    const kind = JSON.stringify([term.condition ?? null, term.perLink ?? false]);
    alike.set(kind, [...(alike.get(kind) ?? []), term]);
  }
  return [
    ...variables,
    `fn gather(me: u32) {\n  ${[...alike.values()].map(gatherAlike).join('\n  ')}\n}`,
    `fn flush(lane: u32) {\n  ${flush.join('\n  ')}\n}`,
  ].join('\n');
}

/** What an agent contributes to terms of the same condition, or each of its links: what they have in common is computed once. */
function gatherAlike(terms: readonly PlacedTerm[]): string {
  const [{ condition, perLink }] = terms;
  const texts = terms.flatMap(({ value, by }) => [value, by?.bin ?? '']);
  const { lets, rest } = shareCalls(texts);
  const statements = terms.map((term, k) =>
    gatherStatement({ ...term, value: rest[2 * k], by: term.by && { ...term.by, bin: rest[2 * k + 1] } }),
  );
  const body = [...lets, ...statements].join('\n    ');
  const guarded = condition ? `if (${condition}) {\n    ${body}\n  }` : `{\n    ${body}\n  }`;
  return perLink ? `for (var k = 0u; k < degree(me); k++) {\n  ${guarded}\n  }` : guarded;
}

function gatherStatement(term: PlacedTerm): string {
  const { op, cell, value, wide, by } = term;
  if (by) return op === 'sum' ? binStatement(term, by) : `${op}_in_cell(${cell}u + ${by.bin}, ${value});`;
  const name = `${op}_${cell}`;
  if (op !== 'sum')
    return `@if(direct) ${op}_in_cell(${cell}u, ${value});\n    @if(!direct) ${name} = ${op}(${name}, ${value});`;
  const pair = wide ? value : `vec2u(${value}, 0u)`;
  return `@if(direct) add_to_cell(${cell}u, ${pair});\n    @if(!direct) ${name} = add_wide(${name}, ${pair});`;
}

/** `identity` of a pass module for shaders/engine/publish.wgsl. */
export function identityText(layout: PassCells): string {
  const ranges = layout.terms
    .filter(term => term.op === 'min')
    .map(term => `cell >= ${term.cell}u && cell < ${term.cell + (term.by?.bins ?? 1)}u`);
  const test = ranges.length > 0 ? ranges.map(range => `(${range})`).join(' || ') : 'false';
  return `fn identity(cell: u32) -> u32 {\n  return select(0u, 0xffffffffu, ${test});\n}`;
}
