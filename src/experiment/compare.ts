// Two runs on the same draws that differ in one thing, and the effect of that on every measure. Draws are functions of seed, replica, rule, agent, step and place, so
// that whatever the change does not reach is the same on both sides to the last bit.

import { type Change, checkAssignments, describeChange, withoutInterventions } from './changes.ts';
import type { SpecLike } from './open.ts';
import { type MeasureEffect, measureEffects } from './paired-rows.ts';
import {
  type ComparisonFacts,
  factsOf,
  madeSide,
  refuseOtherPoints,
  runSides,
  type Side,
  type SideOptions,
  writtenSide,
} from './sides.ts';

/** What came of a comparison. */
export interface Comparison extends ComparisonFacts {
  change: Change;
  /** By point, in the order of the measures. */
  effects: readonly MeasureEffect[];
  /** Whether both sides are the same run to the last bit. */
  identical: boolean;
}

/**
 * Runs a spec without and with a change, on the same draws. Side a is the spec as written (for interventions: without them), side b has the change. Throws a
 * `GroundswellError` for a change that is not of its kind, or whose worlds do not pair with those of the spec.
 */
export async function compare(spec: SpecLike, change: Change, options: SideOptions = {}): Promise<Comparison> {
  const begun = performance.now();
  const [a, b] = sidesOf(spec, change, options);
  refuseOtherPoints(a, b, change.kind === 'intervention' ? 'interventions' : '--set');
  const [runA, runB] = await runSides([a, b], options);
  const shared = runA.measures.filter(name => runB.measures.includes(name));
  const identical = runA.facts.digest === runB.facts.digest;
  const alone = [...runA.measures, ...runB.measures].filter(name => !shared.includes(name));
  const notes = [
    ...(identical ? ['Both sides are the same run to the last bit: every effect is exactly zero.'] : []),
    ...(alone.length > 0 ? [`On one side only, and not compared: ${alone.join(', ')}.`] : []),
  ];
  return {
    ...factsOf([runA, runB], notes, begun),
    change,
    effects: measureEffects(runA.rows, runB.rows, shared),
    identical,
  };
}

function sidesOf(spec: SpecLike, change: Change, options: SideOptions): [Side, Side] {
  const told = describeChange(change);
  if (change.kind === 'intervention') {
    const written = writtenSide(`with ${told}`, spec, options);
    return [madeSide(`without ${told}`, withoutInterventions(written.parsed.source, change.names), options), written];
  }
  checkAssignments(change);
  return [writtenSide('as written', spec, options), writtenSide(told, spec, options, change.set)];
}
