// The linear regime of tri-alignment: where stances rest, and how each alignment answers to each pull. All relations collaborative, no tolerance, noise, sycophancy
// or deception, strategies fixed. Not a simulation: numbers for tests, theories and the interference matrix.

/** What pulls a stance, by the name of its parameter: human reference, the user's preference, the group's task, own training. */
export const PULLS = ['value', 'preference', 'task', 'training'] as const;
export type Pull = (typeof PULLS)[number];

/** Numbers by agent. */
type Column = ArrayLike<number>;

export interface LinearRegime {
  /** λ_h, λ_p, λ_o, λ_t: not negative; their sum λ must be above 0. */
  pulls: Readonly<Record<Pull, number>>;
  /** λ_s ≥ 0; λ + λ_s ≤ 1. */
  social: number;
  /** Where each pull leads to, by value question and agent. For `task` it is o(g, s), which for exploiters is not the goal of task alignment. */
  anchors: Readonly<Record<Pull, readonly Column[]>>;
}

/** What agents hear of values by agent: the product with a row-stochastic W. */
export type Hear = (values: Float64Array) => Column;

/** Complete mixing: everybody hears the mean, weighted by influence (equal if absent), the hearer included. */
export function everyone(influence?: Column): Hear {
  return values => new Float64Array(values.length).fill(mean(values, influence));
}

/** x* = (λI + λ_s(I − W))⁻¹ b, by question and agent, for any W, to the last bits of a double. */
export function restingStances(regime: LinearRegime, hear: Hear): Float64Array[] {
  return pulledTo(regime).map(b => resolve(regime, hear, b));
}

/** The same in closed form for complete mixing, c the influence: x*_i = (b_i + λ_s b_c/λ) / (λ + λ_s), b_c the c-weighted mean of b. */
export function mixedStances(regime: LinearRegime, influence?: Column): Float64Array[] {
  const { social } = regime;
  const own = ownPull(regime);
  return pulledTo(regime).map(b => {
    const shared = (social * mean(b, influence)) / own;
    return b.map(value => (value + shared) / (own + social));
  });
}

/** Derivatives of what rests, or of an alignment, by each pull and by the social one. */
export type Derivatives<T> = Record<Pull | 'social', T>;

/** Derivatives of x* by question and agent, for any W. By λ_y they are (λI + λ_s(I − W))⁻¹ (y − x*), by λ_s the same inverse times (W x* − x*). */
export function stanceDerivatives(regime: LinearRegime, hear: Hear): Derivatives<Float64Array[]> {
  const resting = restingStances(regime, hear);
  const towards = (goal: Column, x: Float64Array) =>
    resolve(
      regime,
      hear,
      x.map((value, i) => goal[i] - value),
    );
  return eachPull(
    pull => resting.map((x, k) => towards(regime.anchors[pull][k], x)),
    () => resting.map(x => towards(hear(x), x)),
  );
}

/**
 * The same in closed form for complete mixing. With c-weighted means ȳ, x̄ and d_i = x_i − x̄: ∂x_i/∂λ_y = (ȳ − x̄)/λ + (y_i − ȳ − d_i)/(λ + λ_s) and
 * ∂x_i/∂λ_s = −d_i/(λ + λ_s).
 */
export function mixedDerivatives(regime: LinearRegime, influence?: Column): Derivatives<Float64Array[]> {
  const own = ownPull(regime);
  const all = own + regime.social;
  const resting = mixedStances(regime, influence).map(x => ({ x, middle: mean(x, influence) }));
  return eachPull(
    pull =>
      resting.map(({ x, middle }, k) => {
        const goal = regime.anchors[pull][k];
        const goals = mean(goal, influence);
        return x.map((value, i) => (goals - middle) / own + (goal[i] - goals - (value - middle)) / all);
      }),
    () => resting.map(({ x, middle }) => x.map(value => (middle - value) / all)),
  );
}

/** Mean alignment 1 − dist(x, a)/2 of stances with goals a, both by question and agent. */
export function meanAlignment(stances: readonly Column[], goals: readonly Column[]): number {
  const distances = stances.map((x, k) => mean(Float64Array.from(goals[k], (goal, i) => Math.abs(x[i] - goal))));
  return 1 - mean(distances) / 2;
}

/** A row of the interference matrix: ∂A/∂λ = −(1/2NK) Σ_i Σ_k sgn(x_ik − a_ik) ∂x_ik/∂λ. It holds as long as no stance is at its goal. */
export function interference(
  stances: readonly Column[],
  goals: readonly Column[],
  derivatives: Derivatives<readonly Column[]>,
): Derivatives<number> {
  const answer = (moved: readonly Column[]): number => {
    const signed = stances.map((x, k) =>
      mean(Float64Array.from(moved[k], (move, i) => Math.sign(x[i] - goals[k][i]) * move)),
    );
    return -mean(signed) / 2;
  };
  return eachPull(
    pull => answer(derivatives[pull]),
    () => answer(derivatives.social),
  );
}

/**
 * The same for complete mixing and equal influence where, on each question, everyone is on one side of the goal: −(1/2K) Σ_k ε_k (ȳ_k − x̄_k)/λ, ε_k the side,
 * and 0 for λ_s. Undefined if somebody is at the goal or across.
 */
export function uncrossedInterference(regime: LinearRegime, goals: readonly Column[]): Derivatives<number> | undefined {
  const stances = mixedStances(regime);
  const sides = stances.map((x, k) => Math.sign(x[0] - goals[k][0]));
  if (stances.some((x, k) => x.some((value, i) => (value - goals[k][i]) * sides[k] <= 0))) return undefined;
  const own = ownPull(regime);
  return eachPull(
    pull => -mean(stances.map((x, k) => (sides[k] * (mean(regime.anchors[pull][k]) - mean(x))) / own)) / 2,
    () => 0,
  );
}

function eachPull<T>(own: (pull: Pull) => T, social: () => T): Derivatives<T> {
  const [value, preference, task, training] = PULLS.map(own);
  return { value, preference, task, training, social: social() };
}

const ownPull = ({ pulls }: LinearRegime): number => PULLS.reduce((sum, pull) => sum + pulls[pull], 0);

/** b, by question and agent. */
function pulledTo({ pulls, anchors }: LinearRegime): Float64Array[] {
  return anchors.value.map((human, k) =>
    Float64Array.from(human, (_, i) => PULLS.reduce((sum, pull) => sum + pulls[pull] * anchors[pull][k][i], 0)),
  );
}

/** Solves (λI + λ_s(I − W)) x = right by x ← (right + λ_s W x)/(λ + λ_s), which shrinks errors to λ_s/(λ + λ_s) of themselves. */
function resolve(regime: LinearRegime, hear: Hear, right: Float64Array): Float64Array {
  const own = ownPull(regime);
  const all = own + regime.social;
  let x = right.map(value => value / own);
  const rounds = regime.social === 0 ? 1 : Math.ceil(Math.log(1e-18) / Math.log(regime.social / all)) + 1;
  for (let round = 0; round < rounds; round++) {
    const heard = hear(x);
    x = right.map((value, i) => (value + regime.social * heard[i]) / all);
  }
  return x;
}

function mean(values: Column, weights?: Column): number {
  let [sum, total] = [0, 0];
  for (let i = 0; i < values.length; i++) {
    const weight = weights?.[i] ?? 1;
    sum += weight * values[i];
    total += weight;
  }
  return sum / total;
}
