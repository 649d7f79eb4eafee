// What the ring of measured steps holds, as rows: cells to columns, digests and integer terms.
import type { CellReader } from '../plan/measures.ts';
import type { Plan } from '../plan/plan.ts';
import type { Rows } from '../plan/rows.ts';
import type { Measured } from './engine.ts';

/** The cells of one world at one measured step: number `index` of a list that goes step by step and world by world. */
export class Measurement implements CellReader {
  readonly graph: number;
  readonly #plan: Plan;
  readonly #cells: Uint32Array;
  readonly #at: number;

  constructor(plan: Plan, cells: Uint32Array, index: number) {
    this.graph = plan.worlds[index % plan.worlds.length].graph;
    this.#plan = plan;
    this.#cells = cells;
    this.#at = index * 2 * plan.measures.cells.cellCount;
  }

  exact(identity: string, bin = 0): bigint {
    const at = this.#word(identity, bin);
    return BigInt(this.#cells[at]) | (BigInt(this.#cells[at + 1]) << 32n);
  }

  number(identity: string, bin = 0): number {
    return this.#numberAt(this.#word(identity, bin));
  }

  numbers(identity: string, from: number, count: number): number[] {
    const at = this.#word(identity, from);
    const found = new Array<number>(count);
    for (let k = 0; k < count; k++) found[k] = this.#numberAt(at + 2 * k);
    return found;
  }

  #numberAt(word: number): number {
    return this.#cells[word] + this.#cells[word + 1] * 2 ** 32;
  }

  #word(identity: string, bin: number): number {
    return this.#at + 2 * (this.#plan.measures.cells.cellOf(identity) + bin);
  }
}

/** The rows of measured steps, from their cells: step by step and within a step world by world. */
export function decode(plan: Plan, steps: readonly number[], parts: readonly Uint32Array[]): Measured {
  const { worlds, measures } = plan;
  const count = steps.length * worlds.length;
  const wordsPerRow = 2 * measures.cells.cellCount;
  const cells = new Uint32Array(count * wordsPerRow);
  let at = 0;
  for (const part of parts) {
    cells.set(part, at);
    at += part.length;
  }
  const rows: Rows = {
    point: new Uint32Array(count),
    replica: new Uint32Array(count),
    step: new Uint32Array(count),
    measures: {},
  };
  const columns = measures.columns.map(column => {
    const values = new Float64Array(count);
    rows.measures[column.name] = values;
    return { values, column };
  });
  const stateDigests = new BigUint64Array(count);
  for (let index = 0; index < count; index++) {
    const world = worlds[index % worlds.length];
    rows.point[index] = world.point;
    rows.replica[index] = world.replica;
    rows.step[index] = steps[Math.floor(index / worlds.length)];
    const reader = new Measurement(plan, cells, index);
    for (const { values, column } of columns) values[index] = column.finish(reader);
    stateDigests[index] = reader.exact(measures.digest);
  }
  return { rows, stateDigests, cells };
}
