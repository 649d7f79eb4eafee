// The mean field of tri-alignment as N → ∞: one group whose members hear and meet everybody, one value question, no differences of influence or preference. Within a
// strategy stances differ, and their spread matters, so the state is a density of stances for each strategy; means alone do not close. Not for networks, several
// groups, wealth, flags or infection.
import { conversions, type LearningParams, meanOutcome } from './tri-alignment-learning.ts';
import { noiseMargin, spread } from './tri-alignment-noise.ts';

export interface DensityParams extends LearningParams {
  /** λ_h, λ_p, λ_o, λ_t, λ_s. */
  valuePull: number;
  preferencePull: number;
  taskPull: number;
  trainingPull: number;
  socialPull: number;
  /** ρ and σ. */
  tolerance: number;
  noise: number;
  /** h, p, o(comply), t, and the stance that serves the task best under exploitation. */
  human: number;
  preference: number;
  task: number;
  trained: number;
  temptation: number;
  /** o(exploit) = task + corruption · (temptation − task). */
  corruption: number;
  /** y, δ, and the transparency that takes δ back. */
  sycophancy: number;
  deception: number;
  transparency: number;
  /** Agents that keep stance and strategy: their share of all. */
  committed: { share: number; stance: number; exploits: boolean };
  /** Bins of stance in [−1, 1], the ends included. */
  bins: number;
}

/** Masses of the free agents by bin; with the committed they sum to 1. */
export interface Density {
  comply: Float64Array;
  exploit: Float64Array;
}

/** Means over everybody, the committed included. */
export interface Summary {
  exploiters: number;
  stance: number;
  human: number;
  preference: number;
  task: number;
}

export interface DensityModel {
  params: DensityParams;
  /** All free agents at the stance they were trained to (or another), a share of them exploiters. */
  start(exploiters: number, stance?: number): Density;
  /** Stances, alignments, encounter, imitation, mutation. */
  step(density: Density): Density;
  summary(density: Density): Summary;
  /** Mean task outcome of the encounters in which a share of all exploits. */
  outcome(exploiters: number): number;
  /** The stances of the bins. */
  stances: Float64Array;
}

/** Mass left behind where a density has moved on halves for ever; less than this is not worth its time, and far below what a sum of doubles can tell. */
const NOTHING = 1e-60;

export function densityModel(params: DensityParams): DensityModel {
  const { bins, committed, imitation, mutation } = params;
  const bin = 2 / (bins - 1);
  const stances = Float64Array.from({ length: bins }, (_, b) => -1 + b * bin);
  const human = stances.map(
    x => 1 - Math.max(0, Math.abs(x - params.human) - params.tolerance) / (2 - params.tolerance),
  );
  const nearness = (goal: number): Float64Array => stances.map(x => 1 - Math.abs(x - goal) / 2);
  const [preference, task] = [nearness(params.preference), nearness(params.task)];
  const [toExploit, toComply] = conversions(params, human);
  const corrupted = params.task + params.corruption * (params.temptation - params.task);
  const alone = {
    comply: stances.map(x => pulled(params, x, params.task)),
    exploit: stances.map(x => pulled(params, x, corrupted)),
  };
  const disguise = params.deception * (1 - params.transparency);
  const zealots = committed.exploits ? committed.share : 0;

  /** What is seen of an agent's stance. */
  const shown = (x: number, exploits: boolean): number => (exploits ? x + disguise * (params.human - x) : x);

  /** The mean stance that everybody hears. */
  function heard({ comply, exploit }: Density): number {
    const exploiting = (1 - disguise) * sum(exploit, stances) + disguise * params.human * total(exploit);
    return sum(comply, stances) + exploiting + committed.share * shown(committed.stance, committed.exploits);
  }

  /** Masses after everyone has moved to where it goes alone, plus `shift`, and noise. */
  function moved(mass: Float64Array, goal: Float64Array, shift: number): Float64Array {
    const margin = params.noise > 0 ? noiseMargin(params.noise, bin) : 0;
    const wide = new Float64Array(bins + 2 * margin);
    for (let b = 0; b < bins; b++) {
      if (mass[b] < NOTHING) continue;
      const place = (Math.min(1, Math.max(-1, goal[b] + shift)) + 1) / bin;
      const below = Math.min(bins - 2, Math.floor(place));
      wide[margin + below] += mass[b] * (below + 1 - place);
      wide[margin + below + 1] += mass[b] * (place - below);
    }
    if (margin === 0) return wide;
    const noisy = spread(wide, params.noise, bin);
    const inside = noisy.slice(margin, margin + bins);
    inside[0] += total(noisy.subarray(0, margin));
    inside[bins - 1] += total(noisy.subarray(margin + bins));
    return inside;
  }

  /** Strategies after imitation of a random other and mutation; stances stay. */
  function learned({ comply, exploit }: Density): Density {
    const exploiters = total(exploit) + zealots;
    const empty = (b: number): boolean => comply[b] === 0 && exploit[b] === 0;
    let [from, to] = [0, bins];
    while (from < to && empty(from)) from++;
    while (from < to && empty(to - 1)) to--;
    const [up, down] = [toExploit(exploiters, from, to), toComply(exploiters, from, to)];
    const next = { comply: new Float64Array(bins), exploit: new Float64Array(bins) };
    for (let b = from; b < to; b++) {
      const [c, e] = [comply[b], exploit[b]];
      const turned = imitation * (c * exploiters * up[b] - e * (1 - exploiters) * down[b]);
      const mixed = (mutation * (c + e)) / 2;
      next.comply[b] = (1 - mutation) * (c - turned) + mixed;
      next.exploit[b] = (1 - mutation) * (e + turned) + mixed;
    }
    return next;
  }

  return {
    params,
    stances,
    start(exploiters, stance = params.trained) {
      const free = 1 - committed.share;
      const mass = new Float64Array(bins);
      const place = Math.round((stance + 1) / bin);
      mass[place] = free;
      return { comply: mass.map(m => m * (1 - exploiters)), exploit: mass.map(m => m * exploiters) };
    },
    step(density) {
      const shift = params.socialPull * heard(density);
      return learned({
        comply: moved(density.comply, alone.comply, shift),
        exploit: moved(density.exploit, alone.exploit, shift),
      });
    },
    summary({ comply, exploit }) {
      const all = comply.map((m, b) => m + exploit[b]);
      const mean = (values: Float64Array, zealot: number): number => sum(all, values) + committed.share * zealot;
      const [x, ρ] = [committed.stance, params.tolerance];
      return {
        exploiters: total(exploit) + zealots,
        stance: mean(stances, x),
        human: mean(human, 1 - Math.max(0, Math.abs(x - params.human) - ρ) / (2 - ρ)),
        preference: mean(preference, 1 - Math.abs(x - params.preference) / 2),
        task: mean(task, 1 - Math.abs(x - params.task) / 2),
      };
    },
    outcome: exploiters => meanOutcome(params.payoffs, exploiters),
  };
}

function total(mass: Float64Array): number {
  let all = 0;
  for (let b = 0; b < mass.length; b++) all += mass[b];
  return all;
}

function sum(mass: Float64Array, values: Float64Array): number {
  let all = 0;
  for (let b = 0; b < mass.length; b++) all += mass[b] * values[b];
  return all;
}

/** Where a stance goes in a step, but for the mean it hears and noise. */
function pulled(params: DensityParams, x: number, goal: number): number {
  const { human, tolerance, preference, sycophancy } = params;
  const away = human - x;
  const outside = Math.sign(away) * Math.max(Math.abs(away) - tolerance, 0);
  const pleasing = params.preferencePull * (1 + (sycophancy * Math.abs(x - preference)) / 2);
  return (
    x +
    params.valuePull * outside +
    pleasing * (preference - x) +
    params.taskPull * (goal - x) +
    params.trainingPull * (params.trained - x) -
    params.socialPull * x
  );
}
