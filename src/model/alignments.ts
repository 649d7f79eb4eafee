// Which measures of a model tell how its agents are aligned, by the role they play. Reports draw figures from it; nothing else reads it.
import { GroundswellError, suggest } from '../errors.ts';
import type { Measure } from './measures.ts';

/** Kinds of alignment: with the human reference, with the user's preference, with what the task asks for, and what comes out of the task. */
export const ALIGNMENT_ROLES = ['human', 'preferential', 'task', 'outcome'] as const;
/** One of the kinds of alignment. */
export type AlignmentRole = (typeof ALIGNMENT_ROLES)[number];

/** The measures of one kind of alignment, by name. Values are in [0, 1]; 1 is alignment. */
export interface AlignmentMeasures {
  /** The mean over the agents. */
  readonly mean: string;
  /** The standard deviation over the agents. */
  readonly spread?: string;
  /** What the worst-aligned tenth of the agents stays below: the 10 % quantile. */
  readonly low?: string;
  /** The mean by group. */
  readonly byGroup?: string;
}

/** The measures that tell who holds the influence, by name. Values are in [0, 1]; 1 is one agent. */
export interface ConcentrationMeasures {
  readonly gini?: string;
  /** The share of the most influential agents. */
  readonly top?: string;
  /** The sum of the squared shares. */
  readonly herfindahl?: string;
}

/** A model's measures of alignment. */
export interface Alignments extends Readonly<Partial<Record<AlignmentRole, AlignmentMeasures>>> {
  /** A histogram of what agents express; of an array field, one for each value question. */
  readonly stances?: string;
  readonly concentration?: ConcentrationMeasures;
}

/** Throws a `GroundswellError` where a name is no measure of the model, or one of a wrong kind. */
export function checkAlignments(
  alignments: Alignments,
  measures: Readonly<Record<string, Measure>>,
  where: string,
): void {
  const need = (
    name: string | undefined,
    part: string,
    expected: string,
    fits: (measure: Measure) => boolean,
  ): void => {
    if (name === undefined) return;
    const at = `${where}, ${part}`;
    if (!Object.hasOwn(measures, name)) {
      const hint = suggest(name, Object.keys(measures));
      throw new GroundswellError({ what: `unknown measure "${name}"`, where: at, hint });
    }
    if (!fits(measures[name])) throw new GroundswellError({ what: `"${name}" does not fit`, where: at, expected });
  };
  const one = (name: string | undefined, part: string): void =>
    need(name, part, 'a measure of one column', ({ kind, by }) => kind !== 'histogram' && by === undefined);
  for (const role of ALIGNMENT_ROLES) {
    const { mean, spread, low, byGroup } = alignments[role] ?? {};
    one(mean, `${role}.mean`);
    one(spread, `${role}.spread`);
    one(low, `${role}.low`);
    need(byGroup, `${role}.byGroup`, 'a measure by group', ({ by }) => by === 'group');
  }
  for (const [part, name] of Object.entries(alignments.concentration ?? {})) one(name, `concentration.${part}`);
  need(alignments.stances, 'stances', 'a histogram', ({ kind }) => kind === 'histogram');
}
