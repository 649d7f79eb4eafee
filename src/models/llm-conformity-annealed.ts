// The annealed mean field of llm-conformity by degree, an approximation for all graphs but complete ones: whom an agent hears is drawn anew from all links, so that the
// heard opinions are independent and weighted by how many listen.
import type { Branch, StateMap, Theory, TheoryContext } from '../model/index.ts';
import { bisect, fixedPoints } from './fixed-points.ts';
import { expectedAdoption, type Params, stubborn } from './llm-conformity-law.ts';
import { actingShare } from './mean-field.ts';

const SOURCE = 'De Marzo et al. 2026; degree classes as in Pastor-Satorras & Vespignani 2001';

type DegreeClasses = NonNullable<TheoryContext['topology']['degrees']>;

interface Annealed {
  classes: DegreeClasses;
  /** By class, the share of free agents that adopt when the heard share is p; those that hear nobody keep `free`. */
  adopt(p: number, free: readonly number[]): number[];
  /** Of the links, and of the agents, the misaligned share when these shares of the free agents are, by class. */
  heard(free: readonly number[]): number;
  misaligned(free: readonly number[]): number;
}

function annealed(context: TheoryContext): Annealed | undefined {
  const { params, topology } = context;
  const classes = topology.degrees;
  if (topology.kind === 'complete' || !classes || linksOf(classes) === 0) return undefined;
  const { up, all } = stubborn(context);
  const mix = (weights: readonly number[], free: readonly number[]): number =>
    (1 - all) * weights.reduce((sum, weight, c) => sum + weight * free[c], 0) + up;
  const attention = attentionOf(classes);
  const shares = classes.map(({ share }) => share);
  return {
    classes,
    adopt(p, free) {
      const adopted = new Map<number, number>();
      for (const { out } of classes) if (!adopted.has(out)) adopted.set(out, expectedAdoption(out, p, params));
      return classes.map(({ out }, c) => (out === 0 ? free[c] : adopted.get(out)!));
    },
    heard: free => mix(attention, free),
    misaligned: free => mix(shares, free),
  };
}

function linksOf(classes: DegreeClasses): number {
  return classes.reduce((sum, { in: listeners, share }) => sum + listeners * share, 0);
}

/** Share of all links that lead to agents of each class. */
function attentionOf(classes: DegreeClasses): number[] {
  const links = linksOf(classes);
  return classes.map(({ in: listeners, share }) => (listeners * share) / links);
}

/** The state is the share of misaligned agents among the free ones, by class of degrees. */
function annealedMap(context: TheoryContext): StateMap | undefined {
  const field = annealed(context);
  if (!field) return undefined;
  const rate = actingShare(context);
  return {
    start: field.classes.map(() => freeStart(context)),
    next: free => field.adopt(field.heard(free), free).map((adopted, c) => free[c] + rate * (adopted - free[c])),
    measure: field.misaligned,
  };
}

/** Share of misaligned agents among the free ones at the start. */
function freeStart(context: TheoryContext): number {
  const { up, all } = stubborn(context);
  return all < 1 ? (context.initial.misaligned - up) / (1 - all) : 0;
}

/** Cells of the table of what is heard next; between them it is linear, which costs less than 1e-4. */
const TABLE_CELLS = 100;
/** A table costs hundreds of sums over degrees, and points of a run share them. */
const tables = new WeakMap<DegreeClasses, Map<string, Float64Array>>();

/** By heard share 0 to 1, the part of the links that lead to free agents who hear somebody and adopt. */
function adoptionTable(classes: DegreeClasses, params: Params): Float64Array {
  const known = tables.get(classes) ?? new Map<string, Float64Array>();
  tables.set(classes, known);
  const key = [params.majority_force, params.bias * params.bias_sign].join();
  const found = known.get(key);
  if (found) return found;
  const attention = attentionOf(classes);
  const weights = new Map<number, number>();
  for (const [c, { out }] of classes.entries()) if (out > 0) weights.set(out, (weights.get(out) ?? 0) + attention[c]);
  const table = Float64Array.from({ length: TABLE_CELLS + 1 }, (_, cell) =>
    [...weights].reduce((sum, [k, weight]) => sum + weight * expectedAdoption(k, cell / TABLE_CELLS, params), 0),
  );
  known.set(key, table);
  return table;
}

/** What is heard after a step in which all act, from what is heard before, when this share of those who hear nobody is misaligned. */
function heardNext(context: TheoryContext, classes: DegreeClasses): (p: number, kept: number) => number {
  const { up, all } = stubborn(context);
  const table = adoptionTable(classes, context.params);
  const attention = attentionOf(classes);
  const silent = classes.reduce((sum, { out }, c) => sum + (out === 0 ? attention[c] : 0), 0);
  return (p, kept) => {
    const cell = Math.min(TABLE_CELLS - 1, Math.floor(p * TABLE_CELLS));
    const weight = p * TABLE_CELLS - cell;
    return (1 - all) * ((1 - weight) * table[cell] + weight * table[cell + 1] + silent * kept) + up;
  };
}

/** Stationary where what is heard reproduces itself; who hears nobody stays as at the start. */
function annealedBranches(context: TheoryContext): Branch[] | undefined {
  const field = annealed(context);
  if (!field) return undefined;
  const kept = freeStart(context);
  const next = heardNext(context, field.classes);
  const start = field.classes.map(() => kept);
  return fixedPoints(p => next(p, kept)).map(({ value, stable }) => ({
    value: field.misaligned(field.adopt(value, start)),
    stable,
  }));
}

/**
 * The initial share of the free agents from which a misaligned majority comes, where a smaller one does not have it. What is heard moves to the next fixed point
 * up or down, since it grows with what was heard.
 */
function annealedTipping(context: TheoryContext): number | undefined {
  const field = annealed(context);
  if (!field) return undefined;
  const next = heardNext(context, field.classes);
  const falls = (kept: number): number => {
    const start = field.classes.map(() => kept);
    const heard = field.heard(start);
    const points = fixedPoints(p => next(p, kept)).map(({ value }) => value);
    const reached =
      next(heard, kept) > heard ? points.find(p => p >= heard) : points.findLast(p => p <= heard); // biome-ignore format: one thought
    return field.misaligned(field.adopt(reached ?? heard, start)) > 0.5 ? 1 : -1;
  };
  return falls(0) < 0 && falls(1) > 0 ? bisect(falls, 0, 1, 20) : undefined;
}

/** Predictions for graphs with degrees. */
export const annealedTheory: readonly Theory[] = [
  {
    kind: 'map',
    measure: 'misaligned',
    about: 'annealed mean field by degree',
    source: SOURCE,
    status: 'approximation',
    predict: annealedMap,
  },
  {
    kind: 'steady',
    measure: 'misaligned',
    about: 'annealed mean field by degree',
    source: SOURCE,
    status: 'approximation',
    predict: annealedBranches,
  },
  {
    kind: 'threshold',
    of: 'init.opinion',
    measure: 'misaligned',
    about: 'annealed mean field by degree: from there on a majority becomes misaligned',
    source: SOURCE,
    status: 'approximation',
    predict: annealedTipping,
  },
];
