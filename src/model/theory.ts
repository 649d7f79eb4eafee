// What a model's declaration predicts of a run: data with functions, one kind per form of prediction. Predictions are computed on the host after a run and drawn
// beside what was measured; nothing of them feeds a simulation, so that they may use any arithmetic.
import { GroundswellError, suggest } from '../errors.ts';
import type { Model, UpdateKind } from './model.ts';

/** How far to believe a prediction. */
export const THEORY_STATUS = {
  exact: 'a closed form or a proof, in the limit that its description names',
  numerical: 'exact equations, solved numerically',
  published: 'a published measurement or simulation',
  approximation: 'known to be off; a guide, not a check',
} as const;
/** One of the keys of `THEORY_STATUS`, which says what each means. */
export type TheoryStatus = keyof typeof THEORY_STATUS;

/** What a theory may know about the run it speaks of. */
export interface TheoryContext {
  /** Every parameter that is one number, of a choice the position of its option; where it varies by agent (only for theories with `agentParams`), its mean. */
  params: Readonly<Record<string, number>>;
  /** Mean and variance over agents and replicas of the parameters that vary by agent. */
  agentParams: Readonly<Record<string, { mean: number; variance: number }>>;
  /** The values of every table. */
  tables: Readonly<Record<string, readonly number[]>>;
  /** Value of every measure at step 0: the mean over the replicas of the run. */
  initial: Readonly<Record<string, number>>;
  population: number;
  update: { kind: UpdateKind; activation?: number };
  topology: {
    kind: string;
    /** Joint degree classes: `out` agents looked at, `in` agents looking, and their share of the population; a complete graph has none. */
    degrees?: readonly { out: number; in: number; share: number }[];
  };
}

interface Declared {
  /** What is predicted, in a few words: reports quote it. */
  about: string;
  /** Citation. */
  source: string;
  status: TheoryStatus;
  /** The parameters that it allows to vary by agent. Where another one does, the theory does not apply. Default none. */
  agentParams?: readonly string[];
}

interface OfMeasure extends Declared {
  /** A measure of the model that has one column: no histogram, not by group. */
  measure: string;
}

/** The course of a measure over the steps. */
export interface TrajectoryTheory extends OfMeasure {
  kind: 'trajectory';
  /** The value at each of the given steps (ascending, from 0), or undefined where the theory does not hold. */
  predict(context: TheoryContext, steps: readonly number[]): readonly number[] | undefined;
}

/** The next value of a measure from the present one: a course follows from it, and a return map. */
export interface MapTheory extends OfMeasure {
  kind: 'map';
  /** What one step makes of a value, or of a state that is more than the value; undefined where the theory does not hold. */
  predict(context: TheoryContext): ScalarMap | StateMap | undefined;
}

/** x(t + 1) from x(t); it starts at the measured value of step 0. */
export type ScalarMap = (value: number) => number;

/** A map of several numbers, of which the measure is a function. */
export interface StateMap {
  start: readonly number[];
  /** The state after a step. */
  next(state: readonly number[]): readonly number[];
  /** The measure's value in a state. */
  measure(state: readonly number[]): number;
}

/** The values at which a measure is stationary, as a function of the parameters. */
export interface SteadyTheory extends OfMeasure {
  kind: 'steady';
  /** All branches that exist at these parameters, in any order, or undefined where the theory does not hold. */
  predict(context: TheoryContext): readonly Branch[] | undefined;
}

/** One stationary value. */
export interface Branch {
  value: number;
  /** Whether a small deviation shrinks. */
  stable: boolean;
}

/** A value of a parameter, or of an initial share, at which the outcome changes. */
export interface ThresholdTheory extends Declared {
  kind: 'threshold';
  /** The path of the spec whose critical value it is: `params.<parameter>`, or `init.<bit field>` for the share of value 1. */
  of: `params.${string}` | `init.${string}`;
  /** For an initial share: the measure that starts with it, in whose figure of final against initial values the threshold is drawn. */
  measure?: string;
  /** The critical value, all other parameters as in the context; undefined where there is none or the theory does not hold. */
  predict(context: TheoryContext): number | undefined;
}

/** A prediction of a model. */
export type Theory = TrajectoryTheory | MapTheory | SteadyTheory | ThresholdTheory;

const KINDS = ['trajectory', 'map', 'steady', 'threshold'];

/** Throws a `GroundswellError` for a theory that speaks of what the model does not have. */
export function checkTheory(theory: Theory, model: Model, where: string): void {
  const need = (what: string, got: string, known: readonly string[]): void => {
    if (known.includes(got)) return;
    const expected = `one of ${known.join(', ')}`;
    throw new GroundswellError({ what, where, expected, got: `"${got}"`, hint: suggest(got, known) });
  };
  need('unknown kind of theory', String(theory.kind), KINDS);
  need('unknown status of a theory', String(theory.status), Object.keys(THEORY_STATUS));
  if (theory.measure !== undefined || theory.kind !== 'threshold') {
    const single = Object.entries(model.measures).filter(([, { kind, by }]) => kind !== 'histogram' && !by);
    need('no such measure with one column', String(theory.measure), single.map(([name]) => name)); // biome-ignore format: one thought
  }
  if (theory.kind === 'threshold') {
    const bits = Object.entries(model.fields).filter(([, { kind }]) => kind === 'bit');
    const paths = [...Object.keys(model.params).map(name => `params.${name}`), ...bits.map(([name]) => `init.${name}`)];
    need('a threshold of something that cannot be set', String(theory.of), paths);
  }
}
