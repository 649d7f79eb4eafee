// The theories that a model declares, evaluated for the points of a run. A theory is a user's function: what it throws becomes a note, and the run keeps its results.
import type { MapTheory, ScalarMap, Theory, TheoryContext, TrajectoryTheory } from '../model/index.ts';
import type { Rows } from '../plan/rows.ts';
import type { Spec } from '../spec/index.ts';
import type { Graph, Topology } from '../topology/index.ts';
import type { Values } from '../values/index.ts';
import { NO_PREDICTIONS, type Predictions, type ReturnMap, type TheoryCourse, told } from './predictions.ts';
import { steadyCurves } from './steady-curves.ts';
import { moments, tablesOf } from './theory-values.ts';

/** Numbers that maps may update for the courses of a run; more would keep its report waiting for seconds. */
const MOST_UPDATES = 3e7;
/** Samples of a return map. */
const SAMPLES = 101;

/** What theories are evaluated for: the parts of a prepared run that they may know. */
export interface TheoryRun {
  spec: Spec;
  topology: Topology;
  values: Values;
}

/** Evaluates every theory at every point, from the measured initial state; courses at the recorded steps. */
export function predictionsOf({ spec, topology, values: given }: TheoryRun, rows: Rows): Predictions {
  const theories = (spec.model.theory ?? []).filter(({ measure }) => measure === undefined || measure in rows.measures);
  // what is predicted is a run that is left alone
  const changed = spec.interventions.length > 0;
  if (changed || theories.length === 0 || rows.step.length === 0) return NO_PREDICTIONS;
  const steps = [...new Set(rows.step)].sort((a, b) => a - b);
  const initial = initialValues(rows, spec.points.length);
  const degrees = degreesOf(topology, spec.topology.kind);
  const contexts = spec.points.map((point, index): TheoryContext => {
    const agentParams = moments(spec.model, point, given);
    const means = Object.entries(agentParams).map(([name, { mean }]) => [name, mean] as const);
    return {
      params: { ...point.params, ...Object.fromEntries(means) },
      agentParams,
      tables: tablesOf(spec.model, given.tables[index]),
      initial: initial[index],
      population: topology.nodeCount,
      update: spec.update,
      topology: { kind: spec.topology.kind, degrees },
    };
  });
  const trial = new Trial();
  const of = <Kind extends Theory['kind']>(kind: Kind) =>
    theories.filter((theory): theory is Extract<Theory, { kind: Kind }> => theory.kind === kind);
  const eachPoint = <Of extends Theory, Found extends { point: number }>(
    list: readonly Of[],
    evaluate: (theory: Of, context: TheoryContext) => Omit<Found, 'about' | 'source' | 'status' | 'point'> | undefined,
  ): Found[] =>
    contexts.flatMap((context, point) =>
      firstsOf(list, theory => {
        const found = trial.attempt(theory, () => (allows(theory, context) ? evaluate(theory, context) : undefined));
        return found && ({ ...found, ...told(theory), point } as unknown as Found);
      }),
    );
  const courses = [...of('trajectory'), ...of('map')].sort((a, b) => theories.indexOf(a) - theories.indexOf(b));
  const cost = contexts.length * (steps.at(-1) ?? 0);
  return {
    courses: eachPoint<(typeof courses)[number], TheoryCourse>(courses, (theory, context) => {
      const values = courseOf(theory, context, steps, cost);
      return values && { measure: theory.measure, steps, values: checked(values, steps.length) };
    }),
    maps: !measuresEveryStep(spec)
      ? []
      : eachPoint<MapTheory, ReturnMap>(of('map'), (theory, context) => {
          const map = theory.predict(context);
          return typeof map === 'function'
            ? { measure: theory.measure, ...sampled(map, rangeFor(spec, rows, theory.measure)) }
            : undefined;
        }),
    steady: eachPoint(of('steady'), (theory, context) => {
      const branches = theory.predict(context);
      if (branches) checked(branches.map(({ value }) => value));
      return branches && { measure: theory.measure, branches };
    }),
    curves: contexts.every(context => of('steady').every(theory => allows(theory, context)))
      ? steadyCurves(spec, contexts, of('steady'), (theory, work) => trial.attempt(theory, work))
      : [],
    thresholds: eachPoint(of('threshold'), (theory, context) => {
      const value = theory.predict(context);
      if (value !== undefined) checked([value]);
      return value === undefined ? undefined : { of: theory.of, measure: theory.measure, value };
    }),
    notes: trial.notes(),
  };
}

function measuresEveryStep({ measure }: Spec): boolean {
  const { steps } = measure.schedule;
  return 'every' in steps && steps.every === 1;
}

/** Whether a theory knows what to make of the parameters that vary by agent. */
function allows({ agentParams = [] }: Theory, context: TheoryContext): boolean {
  return Object.keys(context.agentParams).every(name => agentParams.includes(name));
}

/** The first result of a theory for each thing that it is of. */
function firstsOf<Of extends Theory, Found>(
  theories: readonly Of[],
  evaluate: (theory: Of) => Found | undefined,
): Found[] {
  const found = new Map<string, Found>();
  for (const theory of theories) {
    const subject = theory.kind === 'threshold' ? theory.of : theory.measure;
    const result = found.has(subject) ? undefined : evaluate(theory);
    if (result !== undefined) found.set(subject, result);
  }
  return [...found.values()];
}

/** Keeps what a theory throws: the first time of each, as a sentence. */
class Trial {
  readonly #failures = new Map<Theory, string>();

  attempt<T>(theory: Theory, work: () => T): T | undefined {
    try {
      return work();
    } catch (error) {
      if (!this.#failures.has(theory))
        this.#failures.set(theory, error instanceof Error ? error.message : String(error));
      return undefined;
    }
  }

  notes(): string[] {
    return [...this.#failures].map(([theory, message]) => {
      const subject = theory.kind === 'threshold' ? theory.of : theory.measure;
      return `The theory “${theory.about}” (${theory.kind}, ${subject}) could not be evaluated: ${message}`;
    });
  }
}

/** `cost` is the number of steps over all points. */
function courseOf(
  theory: TrajectoryTheory | MapTheory,
  context: TheoryContext,
  steps: readonly number[],
  cost: number,
): readonly number[] | undefined {
  if (theory.kind === 'trajectory') return theory.predict(context, steps);
  const map = theory.predict(context);
  if (!map) return undefined;
  const updates = cost * (typeof map === 'function' ? 1 : map.start.length);
  if (updates > MOST_UPDATES) {
    throw new Error(`its course takes ${updates.toPrecision(2)} updates, more than ${MOST_UPDATES.toPrecision(2)}`);
  }
  if (typeof map === 'function') return iterate(context.initial[theory.measure], steps, map);
  return iterate(map.start, steps, map.next).map(map.measure);
}

/** The values at the given (ascending) steps of x ← advance(x), from `start` at step 0. */
function iterate<State>(start: State, steps: readonly number[], advance: (state: State) => State): State[] {
  let state = start;
  let at = 0;
  return steps.map(step => {
    for (; at < step; at++) state = advance(state);
    return state;
  });
}

function sampled(map: ScalarMap, [low, high]: [number, number]): { xs: number[]; ys: number[] } {
  const xs = Array.from({ length: SAMPLES }, (_, k) => low + ((high - low) * k) / (SAMPLES - 1));
  return { xs, ys: checked(xs.map(map)) };
}

/** Shares are mapped from 0 to 1, anything else over its measured values. */
function rangeFor({ measure: { measures } }: Spec, rows: Rows, name: string): [number, number] {
  if (measures[name]?.kind === 'share') return [0, 1];
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of rows.measures[name]) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return low <= high ? [low, high] : [0, 1];
}

/** The values, all of them finite numbers and as many as asked for. */
function checked<Values extends readonly number[]>(values: Values, length = values.length): Values {
  if (values.length !== length) throw new Error(`it gave ${values.length} values for ${length} steps`);
  const wrong = values.find(value => !Number.isFinite(value));
  if (wrong !== undefined) throw new Error(`it gave ${wrong}`);
  return values;
}

/** By point, means over the replicas at step 0. */
function initialValues(rows: Rows, points: number): Record<string, number>[] {
  const at: number[][] = Array.from({ length: points }, () => []);
  for (let row = 0; row < rows.step.length; row++) if (rows.step[row] === 0) at[rows.point[row]].push(row);
  return at.map(list =>
    Object.fromEntries(
      Object.entries(rows.measures).map(([name, values]) => [
        name,
        list.reduce((sum, row) => sum + values[row], 0) / list.length,
      ]),
    ),
  );
}

/** Of a complete graph none: there everyone looks at everyone. */
function degreesOf({ graphs, implicit }: Topology, kind: string): TheoryContext['topology']['degrees'] {
  if (graphs) return degreeClasses(graphs[0]);
  return implicit && kind !== 'complete' ? [{ out: implicit.degree, in: implicit.degree, share: 1 }] : undefined;
}

/** Shares of nodes by number of agents looked at and number looking. */
export function degreeClasses({
  nodeCount,
  rowOffsets,
  neighbors,
}: Graph): { out: number; in: number; share: number }[] {
  const listeners = new Uint32Array(nodeCount);
  for (const other of neighbors) listeners[other]++;
  const counts = new Map<number, { out: number; in: number; count: number }>();
  for (let i = 0; i < nodeCount; i++) {
    const out = rowOffsets[i + 1] - rowOffsets[i];
    const key = out * 2 ** 26 + listeners[i];
    const found = counts.get(key);
    if (found) found.count++;
    else counts.set(key, { out, in: listeners[i], count: 1 });
  }
  return [...counts.values()].map(({ count, ...degrees }) => ({ ...degrees, share: count / nodeCount }));
}
