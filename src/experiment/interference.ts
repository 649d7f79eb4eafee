// How much each weight moves each alignment: a matrix of difference quotients between runs on the same draws. It is measured, and knows nothing of how a model works.
import { GroundswellError } from '../errors.ts';
import type { Interference, Param } from '../model/index.ts';
import { perUnit } from './effect-rows.ts';
import type { Interval } from './interval.ts';
import type { SpecLike } from './open.ts';
import { type MeasureEffect, measureEffects } from './paired-rows.ts';
import { shifted, spanOf } from './shift.ts';
import {
  type ComparisonFacts,
  factsOf,
  madeSide,
  runSides,
  type Side,
  type SideOptions,
  type SideRun,
  writtenSide,
} from './sides.ts';

/** How a derivative was taken: from both sides of the weight, or from one where the other is no valid spec. */
export type Scheme = 'central' | 'forward' | 'backward';

/** One column of the matrix. */
export interface WeightStep {
  /** The label in the model, and the parameter. */
  label: string;
  param: string;
  scheme: Scheme;
  /** Between the two sides, by point: after rounding to the parameter's encoding. */
  spans: readonly number[];
}

/** One entry of the matrix at one point: the derivative of an alignment by a weight. */
export interface Derivative {
  alignment: string;
  weight: string;
  point: number;
  scheme: Scheme;
  span: number;
  /** At the last step, and over the last quarter: per unit of the weight, with 95 % intervals over pairs of replicas. */
  final: Interval;
  lastQuarter: Interval;
  /** What it was made of. */
  effect: MeasureEffect;
}

/** An interference matrix. */
export interface InterferenceMatrix extends ComparisonFacts {
  /** As declared by the model. */
  declared: Interference;
  /** The step that was asked for. */
  by: number;
  weights: readonly WeightStep[];
  derivatives: readonly Derivative[];
}

/**
 * ∂(alignment)/∂(weight) for a model that declares `interference`, by paired central differences of `by` to either side; from one side where the weight cannot move to
 * the other, such as below 0. Errors of the method are of the order of by² (central) or by (one-sided), and are not in the intervals.
 */
export async function interferenceMatrix(
  spec: SpecLike,
  { by = 0.01, ...options }: SideOptions & { by?: number } = {},
): Promise<InterferenceMatrix> {
  const begun = performance.now();
  if (!(by > 0 && Number.isFinite(by))) {
    throw new GroundswellError({
      what: 'bad step of a difference',
      where: '--by',
      expected: 'a number above 0',
      got: `${by}`,
    });
  }
  const base = writtenSide('as written', spec, options);
  const { model } = base.parsed.spec;
  const declared = model.interference;
  if (!declared) {
    throw new GroundswellError({
      what: `the model ${model.name} declares no alignments and weights`,
      where: 'model',
      hint: 'a model says them as `interference: { alignments: {label: measure}, weights: {label: parameter} }`',
    });
  }
  const weighed = Object.entries(declared.weights);
  const found = weighed.map(([label, param]) => pairOf(base, { label, param }, by, options));
  const pairs = found.filter((pair): pair is Pair => !(pair instanceof GroundswellError));
  if (pairs.length === 0) throw found[0];
  const sides = [...new Set([base, ...pairs.flatMap(({ low, high }) => [low, high])])];
  const runs = await runSides(sides, options);
  const runOf = (side: Side): SideRun => runs[sides.indexOf(side)];
  const measures = [...new Set(Object.values(declared.alignments))];
  const derivatives = pairs.flatMap(({ low, high, step }) => {
    const effects = measureEffects(runOf(low).rows, runOf(high).rows, measures);
    return Object.entries(declared.alignments).flatMap(([alignment, measure]) =>
      effects.filter(effect => effect.measure === measure).map(effect => derivativeOf(alignment, step, effect)),
    );
  });
  const weights = pairs.map(({ step }) => step);
  const fixed = weighed.filter((_, k) => found[k] instanceof GroundswellError).map(([label]) => label);
  return {
    ...factsOf(runs, [...schemeNotes(weights, by), ...fixedNotes(fixed, by)], begun),
    declared,
    by,
    weights,
    derivatives,
  };
}

interface Pair {
  low: Side;
  high: Side;
  step: WeightStep;
}

/** The sides of a weight's difference; the spec itself stands for a side that would not be valid. The refusal, where neither is. */
function pairOf(
  base: Side,
  { label, param }: { label: string; param: string },
  by: number,
  options: SideOptions,
): Pair | GroundswellError {
  const { source, spec } = base.parsed;
  const moved = (signed: number): Side | GroundswellError => {
    const value = shifted(source, spec, param, signed);
    try {
      return madeSide(`${label} ${signed < 0 ? '−' : '+'} ${by}`, value, options);
    } catch (error) {
      if (error instanceof GroundswellError && error.kind === 'input') return error;
      throw error;
    }
  };
  const [below, above] = [moved(-by), moved(by)];
  if (below instanceof GroundswellError && above instanceof GroundswellError) return above;
  const low = below instanceof GroundswellError ? base : below;
  const high = above instanceof GroundswellError ? base : above;
  const scheme = low === base ? 'forward' : high === base ? 'backward' : 'central';
  const declared = spec.model.params[param] as Param;
  const spans = spec.points.map((_, point) => {
    const [from, to] = [low, high].map(({ parsed }) => parsed.spec.points[point].params[param]);
    return spanOf(declared, from, to);
  });
  if (spans.some(span => span <= 0)) {
    const hint = 'use a larger --by';
    throw new GroundswellError({
      what: `the step is lost in the rounding of "${param}"`,
      where: '--by',
      got: `${by}`,
      hint,
    });
  }
  return { low, high, step: { label, param, scheme, spans } };
}

function derivativeOf(alignment: string, { label, scheme, spans }: WeightStep, effect: MeasureEffect): Derivative {
  const span = spans[effect.point];
  return {
    alignment,
    weight: label,
    point: effect.point,
    scheme,
    span,
    final: perUnit(effect.final.effect, span),
    lastQuarter: perUnit(effect.lastQuarter.effect, span),
    effect,
  };
}

function schemeNotes(weights: readonly WeightStep[], by: number): string[] {
  return weights.flatMap(({ label, param, scheme }) => {
    if (scheme === 'central') return [];
    const [blocked, taken] = scheme === 'forward' ? ['below', 'above'] : ['above', 'below'];
    return [
      `${label} (${param}): one-sided, from the value as written and ${by} ${taken} it, since the spec allows none ${blocked} it.`,
    ];
  });
}

function fixedNotes(labels: readonly string[], by: number): string[] {
  return labels.map(
    label => `${label}: left out, since the spec allows it neither ${by} above nor ${by} below its value.`,
  );
}
