// What the theories of a model predict of one run, as plain data for reports and tests. How it is computed is in theory.ts.
import type { Branch, Theory, TheoryStatus } from '../model/index.ts';

/** The words of a theory that a prediction comes from. */
export interface Told {
  about: string;
  source: string;
  status: TheoryStatus;
}

/** A predicted course of a measure at one point of a run. */
export interface TheoryCourse extends Told {
  measure: string;
  point: number;
  steps: readonly number[];
  values: readonly number[];
}

/** The next value of a measure as a function of the present one, at one point: samples (xs, ys), xs ascending. */
export interface ReturnMap extends Told {
  measure: string;
  point: number;
  xs: readonly number[];
  ys: readonly number[];
}

/** Stationary values of a measure at one point. */
export interface SteadyState extends Told {
  measure: string;
  point: number;
  branches: readonly Branch[];
}

/** Stationary values of a measure along a varied path of the spec; everything else is as at `point`. */
export interface SteadyCurve extends Told {
  measure: string;
  path: string;
  point: number;
  /** Connected pieces of branches: values over xs, which ascend. */
  pieces: readonly CurvePiece[];
}

/** A stretch of a curve over which a branch exists: its `values` at `xs`. */
export interface CurvePiece {
  stable: boolean;
  xs: number[];
  values: number[];
}

/** A critical value of a path of the spec at one point. */
export interface CriticalValue extends Told {
  /** `params.<parameter>` or `init.<field>`. */
  of: string;
  /** For an initial share: the measure that starts with it. */
  measure?: string;
  point: number;
  value: number;
}

/** All that is predicted of a run. Of several theories of one kind and measure the first that holds at a point counts. */
export interface Predictions {
  courses: readonly TheoryCourse[];
  /** Only of runs that measure every step. */
  maps: readonly ReturnMap[];
  steady: readonly SteadyState[];
  curves: readonly SteadyCurve[];
  thresholds: readonly CriticalValue[];
  /** Theories that failed, and why. */
  notes: readonly string[];
}

/** Nothing predicted. */
export const NO_PREDICTIONS: Predictions = { courses: [], maps: [], steady: [], curves: [], thresholds: [], notes: [] };

/** What is told of a theory beside its prediction. */
export function told({ about, source, status }: Theory): Told {
  return { about, source, status };
}
