// Long rows of sets that compute words from what is known before them, above all draws: they are taken out of the rest and written two vectors at a time. The rounds of a draw wait for
// each other, so that one vector would be too slow, and the values of four need more registers than there are.
import { type Code, type SetCode, visitScalar } from '../code.ts';
import * as op from '../operations.ts';
import { mentionsIn } from '../optimize/versions.ts';
import { apply, type Local, localScalar, type Memory, type Scalar, u32 } from '../scalar.ts';
import { U32 } from '../types.ts';
import { constant, OP, unsigned } from './binary.ts';
import type { FunctionEmitter } from './emit.ts';
import { behind, type PointValues } from './point-values.ts';
import { GROUP, type PointLoop } from './points.ts';
import * as simd from './simd.ts';

/** Vectors that are computed side by side. */
const PAIR = 2;
/** Operations from which a row is taken apart from the rest. */
const MANY_OPERATIONS = 48;

/** A part of a list: a long row of sets, or anything else. */
type Part = { kind: 'list'; codes: readonly Code[] } | { kind: 'row'; sets: readonly SetCode[] };

export class PointRows {
  private readonly emitter: FunctionEmitter;
  private readonly loop: PointLoop;
  private readonly values: PointValues;
  /** What rows leave, of one group. */
  private readonly memory: Memory[];
  private readonly mentions: ReadonlyMap<Local, number>;
  private rowsLeft = 0;

  constructor(emitter: FunctionEmitter, loop: PointLoop, values: PointValues, memory: Memory[]) {
    this.emitter = emitter;
    this.loop = loop;
    this.values = values;
    this.memory = memory;
    this.mentions = mentionsIn(loop.body);
  }

  partsOf(list: readonly Code[]): Part[] {
    const parts: Part[] = [];
    let row: SetCode[] = [];
    const end = (): void => {
      const operations = row.reduce((sum, { value }) => sum + operationsIn(value), 0);
      parts.push(operations < MANY_OPERATIONS ? { kind: 'list', codes: row } : { kind: 'row', sets: row });
      row = [];
    };
    for (const code of list) {
      if (code.kind === 'set' && this.belongs(code, row)) row.push(code);
      else {
        end();
        parts.push({ kind: 'list', codes: [code] });
      }
    }
    end();
    return parts;
  }

  /** Whether a set is of words, and follows from what the sets before it in the row set, what is the same for all strands, and what follows from the strand alone. */
  private belongs({ local, value }: SetCode, row: readonly SetCode[]): boolean {
    const { loop, values } = this;
    const kind = loop.of(localScalar(local));
    if (kind === 'point') return true;
    const isSet = (other: Local): boolean => row.some(set => set.local === other);
    if (kind !== 'many' || values.isNarrow(localScalar(local)) || isSet(local)) return false;
    const isKnown = (scalar: Scalar): boolean => {
      if (loop.of(scalar) !== 'many') return true;
      if (scalar.kind === 'local') return isSet(scalar.local);
      if (scalar.kind !== 'apply') return false;
      if (simd.isShift(scalar)) return loop.of(scalar.args[1]) === 'same' && isKnown(scalar.args[0]);
      return simd.hasVectors(scalar.operation) && scalar.args.every(isKnown);
    };
    return isKnown(value);
  }

  /** Writes a row. Its locals that others read get their values afterwards, those of the whole group. */
  write(row: readonly SetCode[]): void {
    const { emitter, loop, values, mentions } = this;
    const { first } = values;
    const sets = row.filter(({ local }) => loop.of(localScalar(local)) === 'many');
    const here = mentionsIn(row);
    const outputs = sets
      .filter(({ local }) => here.get(local)! < mentions.get(local)!)
      .map(({ local }) => ({ local, memory: this.output() }));
    for (const { value } of sets) values.prepare(value);
    const pair = (write: (w: number) => void): void => {
      for (let w = 0; w < PAIR; w++) write(w);
    };
    values.unloaded(() =>
      emitter.structure(OP.loop, 'pairs', 'continue', () => {
        for (const { local, value } of sets) {
          pair(w => {
            values.words(value, w);
            emitter.write(OP.localSet, ...unsigned(values.vectorsOf(local)[w]));
          });
        }
        for (const { local, memory } of outputs) {
          pair(w => {
            emitter.address(memory, apply(op.AND, U32, behind(localScalar(first), w), u32(GROUP - 1)));
            emitter.write(OP.localGet, ...unsigned(values.vectorsOf(local)[w]), ...simd.STORE);
          });
        }
        emitter.scalar(apply(op.ADD, U32, localScalar(first), u32(PAIR * simd.LANES)));
        emitter.write(OP.localTee, ...unsigned(emitter.number(first)), ...constant(GROUP - 1), OP.i32And, OP.brIf, 0);
      }),
    );
    emitter.scalar(apply(op.ADD, U32, localScalar(first), u32(-GROUP)));
    emitter.set(first);
    for (const { local, memory } of outputs) {
      values.vectorsOf(local).forEach((number, w) => {
        emitter.address(memory, u32(simd.LANES * w));
        emitter.write(...simd.LOAD, OP.localSet, ...unsigned(number));
      });
    }
    values.endStatement();
  }

  /** The memory of the next output; a second round of emission finds that of the first. */
  private output(): Memory {
    const { memory } = this;
    const number = this.rowsLeft++;
    memory[number] ??= { name: `row_${number}`, kind: 'local', size: GROUP };
    return memory[number];
  }
}

function operationsIn(scalar: Scalar): number {
  let count = 0;
  visitScalar(scalar, inner => {
    if (inner.kind === 'apply') count++;
  });
  return count;
}
