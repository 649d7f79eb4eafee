// Whether a run has reached one of the conditions that end it. The answer follows from its rows alone: it is the same on every engine, however the run is cut
// into stretches.
import { GroundswellError } from '../errors.ts';
import type { Plan } from '../plan/plan.ts';
import { type Rows, rowCount } from '../plan/rows.ts';
import { columnFault, describeStop, type StopCondition } from '../spec/index.ts';

/** Why a run ended before its last step. */
export interface Stopped {
  /** The last step of the run, at which the condition held. */
  step: number;
  /** The condition, as a phrase. */
  condition: string;
}

export interface StopWatch {
  /** Looks at rows that follow those seen before: whole measured steps, world by world. Returns the first step at which a condition holds. */
  see(rows: Rows): Stopped | undefined;
  /**
   * How many measured steps may be taken until the first at which a condition could hold, at least 1; ∞ without conditions. A run that goes no further at a time
   * needs no way back: it stands at the step at which it ends.
   */
  margin(): number;
}

/** Watches a run of so many worlds for conditions. */
export function watchStops(conditions: readonly StopCondition[], worlds: number): StopWatch {
  const watches = conditions.map(condition => ({ condition, run: new Uint32Array(worlds) }));
  return {
    see(rows) {
      for (let first = 0; first < rowCount(rows); first += worlds) {
        let found: Stopped | undefined;
        for (const { condition, run } of watches) {
          const column = rows.measures[condition.when];
          for (let world = 0; world < worlds; world++) {
            run[world] = meets(condition, column[first + world]) ? run[world] + 1 : 0;
          }
          if (missing(condition, run) <= 0) found ??= { step: rows.step[first], condition: describeStop(condition) };
        }
        if (found) return found;
      }
      return undefined;
    },
    margin: () =>
      watches.reduce((least, { condition, run }) => Math.min(least, missing(condition, run)), Number.POSITIVE_INFINITY),
  };
}

function meets({ is, value }: StopCondition, measured: number): boolean {
  if (is === 'above') return measured > value;
  return is === 'below' ? measured < value : measured === value;
}

/** Measured steps that the condition still lacks at least, from how many in a row each world has met it. */
function missing({ for: times, worlds }: StopCondition, run: Uint32Array): number {
  const met = run.reduce((a, b) => (worlds === 'all' ? Math.min(a, b) : Math.max(a, b)));
  return times - met;
}

/** Refuses conditions on groups that the topology's files do not have, which is not known before they are read. */
export function refuseUnknownStops({ spec, measures, groups, roles }: Plan): void {
  const known = new Set(measures.columns.map(({ name }) => name));
  const namesOf = (parts: readonly { name: string }[]): string[] => parts.map(({ name }) => name);
  const context = { measures: spec.measure.measures, groups: namesOf(groups), roles: namesOf(roles) };
  for (const { when } of spec.stop) {
    const fault = columnFault(when, context);
    if (fault) throw new GroundswellError({ ...fault, where: 'stop.when' });
    if (!known.has(when)) throw new GroundswellError({ what: `no column "${when}"`, where: 'stop.when', kind: 'run' });
  }
}
