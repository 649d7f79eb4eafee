// Effects as rows of effects.parquet, and the manifest of a comparison.
import type { EffectRow } from '../record/index.ts';
import type { Interval } from './interval.ts';
import type { Onset, PairedEffect } from './paired.ts';
import type { MeasureEffect } from './paired-rows.ts';
import type { ComparisonFacts } from './sides.ts';

/** Two rows for an effect on a measure: at the end, and over the last quarter. A difference quotient is over a `span`. */
export function effectRows(
  change: string,
  { measure, point, final, lastQuarter, onset }: Omit<MeasureEffect, 'course' | 'replicas'>,
  span = 1,
): EffectRow[] {
  return [
    { change, point, measure, value: 'final', ...numbersOf(final, span), ...stepsOf(onset) },
    { change, point, measure, value: 'last-quarter', ...numbersOf(lastQuarter, span), ...stepsOf(onset) },
  ];
}

function numbersOf({ a, b, effect, size, varianceRemoved }: PairedEffect, span: number) {
  const { mean, halfWidth } = perUnit(effect, span);
  return {
    a: a.mean,
    a_half_width: a.halfWidth,
    b: b.mean,
    b_half_width: b.halfWidth,
    effect: mean,
    half_width: halfWidth,
    span,
    replicas: effect.count,
    effect_size: size ?? Number.NaN,
    variance_removed: varianceRemoved ?? Number.NaN,
  };
}

function stepsOf({ differs, first, lasting }: Onset) {
  return {
    differs_from: differs ?? Number.NaN,
    first_step: first ?? Number.NaN,
    lasting_from: lasting ?? Number.NaN,
  };
}

/** An effect divided by a positive number. */
export function perUnit({ mean, halfWidth, count }: Interval, span: number): Interval {
  return { mean: mean / span, halfWidth: halfWidth / span, count };
}

/** What the manifest of a comparison says before its list of files. `version` is the package's. */
export function comparisonManifest(
  command: string,
  facts: ComparisonFacts,
  {
    version,
    specFile,
    startedAt,
    ...rest
  }: { version: string; specFile?: string; startedAt: Date; [more: string]: unknown },
): Record<string, unknown> {
  const { model, seed, replicas, points, steps, population, engine, inputs, sides, notes, seconds } = facts;
  return {
    groundswell: version,
    command,
    ...rest,
    specFile,
    model: { name: model.name, source: model.source },
    seed,
    replicas,
    points: points.length,
    steps,
    population,
    engine: { name: engine.name, adapter: engine.device, reason: engine.reason },
    sides,
    inputs,
    startedAt: startedAt.toISOString(),
    timings: { all: seconds },
    notes,
  };
}
