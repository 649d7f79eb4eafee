// Looks words up for sixteen strands at once in tables of up to sixteen that are the same for all of them: their bytes one by one, since an instruction picks sixteen of sixteen.
import { type Memory, u32 } from '../scalar.ts';
import { OP, unsigned, V128 } from './binary.ts';
import type { FunctionEmitter } from './emit.ts';
import { GROUP } from './points.ts';
import * as simd from './simd.ts';

/** By table: memory with the first bytes of all its words, the second, the third, the fourth; undefined while nobody looks in it. */
export type TablePlanes = Map<Memory, Memory | undefined>;

/** Bytes of a word. */
const BYTES = 4;

export class PointTables {
  private readonly emitter: FunctionEmitter;
  private readonly planes: TablePlanes;
  /** Vectors of the planes. */
  private readonly vectors = new Map<Memory, readonly number[]>();

  constructor(emitter: FunctionEmitter, planes: TablePlanes) {
    this.emitter = emitter;
    this.planes = planes;
  }

  has(table: Memory): boolean {
    return this.planes.has(table);
  }

  /** Before all agents: takes the tables apart. */
  fill(): void {
    const { emitter } = this;
    for (const [table, planes] of this.planes) {
      if (!planes) continue;
      const words = this.load(table);
      for (let byte = 0; byte < BYTES; byte++) {
        emitter.address(planes, u32(simd.LANES * byte));
        this.pair(words[0], words[1], simd.bytesOfWords(byte));
        this.pair(words[2], words[3], simd.bytesOfWords(byte));
        emitter.write(...simd.FIRST_HALVES, ...simd.STORE);
      }
    }
  }

  /** Before the groups of an agent. */
  begin(): void {
    for (const [table, planes] of this.planes) if (planes) this.vectors.set(table, this.load(planes));
  }

  /** New vectors with the words at places of a table; `place` is a vector of bytes. */
  lookUp(table: Memory, place: number): number[] {
    const { emitter, planes } = this;
    if (!planes.get(table)) planes.set(table, { name: `${table.name}_planes`, kind: 'local', size: GROUP });
    // the first of the two rounds of emission finds the table out
    const vectors = this.vectors.get(table) ?? new Array<number>(BYTES).fill(place);
    const [b0, b1, b2, b3] = vectors.map(plane => {
      emitter.write(OP.localGet, ...unsigned(plane), OP.localGet, ...unsigned(place), ...simd.SWIZZLE);
      return this.keep();
    });
    const both = (a: number, b: number, interleave: readonly number[]): number => {
      this.pair(a, b, interleave);
      return this.keep();
    };
    return [simd.INTERLEAVE_LOW, simd.INTERLEAVE_HIGH].flatMap(interleave => {
      const [lower, upper] = [both(b0, b1, interleave), both(b2, b3, interleave)];
      return [both(lower, upper, simd.INTERLEAVE_PAIRS_LOW), both(lower, upper, simd.INTERLEAVE_PAIRS_HIGH)];
    });
  }

  private pair(a: number, b: number, instruction: readonly number[]): void {
    this.emitter.write(OP.localGet, ...unsigned(a), OP.localGet, ...unsigned(b), ...instruction);
  }

  /** New vectors with sixteen words. */
  private load(memory: Memory): number[] {
    return Array.from({ length: GROUP / simd.LANES }, (_, w) => {
      this.emitter.address(memory, u32(simd.LANES * w));
      this.emitter.write(...simd.LOAD);
      return this.keep();
    });
  }

  private keep(): number {
    return this.emitter.keep(V128);
  }
}
