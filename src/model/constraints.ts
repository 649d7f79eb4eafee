// What must hold between the parameters of a model, and between them and the rest of a run. Data with functions; where they are checked is in src/spec and src/plan.
import type { Relation } from './structure.ts';

type Numbers = Readonly<Record<string, number>>;

/** A bound on what several parameters make together, for every agent at every step. */
export interface Constraint {
  /** What is bounded, as in `the sum of the weights`. */
  about: string;
  /** The parameters that it reads: numbers, probabilities and integers. */
  params: readonly string[];
  /** The bounded quantity, from the values of these parameters. */
  value(params: Numbers): number;
  /** The largest that it may be. */
  max: number;
  /** The way out, for the message. */
  relax?: string;
}

/** Parameters have at most 31 fraction bits, so that sums of a few may be above by rounding. */
const TOLERANCE = 1e-8;

/** What is wrong with values of the parameters of a constraint: parts of a message, without the place. */
export function constraintFault(
  { about, value, max, relax }: Constraint,
  params: Numbers,
): { what: string; expected: string; got: string; hint?: string } | undefined {
  const found = value(params);
  if (found <= max + TOLERANCE) return undefined;
  const got = String(Number(found.toPrecision(9)));
  return {
    what: `${about} is too large`,
    expected: `at most ${max}`,
    got,
    ...(relax !== undefined && { hint: relax }),
  };
}

/** What a model's requirements may look at: one point of a run. */
export interface RequirementContext {
  /** Every parameter that is one number, of a choice the position of its option; NaN where it varies by agent. */
  params: Numbers;
  update: string;
  /** The kind of topology. */
  topology: string;
  /** Agents of a world; undefined where the topology's file tells. */
  population: number | undefined;
  /** The relations between groups that occur; with one group, or none, that of everybody to everybody. */
  relations: ReadonlySet<Relation>;
  /** The names of the groups; undefined where they are those of a file, which has not been read. */
  groups: readonly string[] | undefined;
}

/** What is wrong with a run, and where: the path of the spec's key, such as `params.attention` or `topology`. */
export interface RequirementFault {
  path: string;
  what: string;
  expected?: string;
  got?: string;
  hint?: string;
}

/** Says what is wrong with a run that the model cannot do, if anything. */
export type Requirements = (context: RequirementContext) => RequirementFault | undefined;
