// Tipping in the density mean field of tri-alignment: its two branches, where they end, what it takes to leave the good one, and that it does not come back by itself.
// Deterministic: an infinite population. A finite one near a fold leaves its branch earlier, by chance.
import {
  type Density,
  type DensityModel,
  type DensityParams,
  densityModel,
  type Summary,
} from './tri-alignment-density.ts';

/** A population at rest, or as far as it came. */
export interface Rest extends Summary {
  density: Density;
  steps: number;
  settled: boolean;
}

/** A number known to lie within ± error. */
export interface Bound {
  value: number;
  error: number;
}

/** Parameters by the value of one of them. */
export type Family = (value: number) => DensityParams;

export type BranchName = 'aligned' | 'misaligned';

/** A step that changes share and mean stance by less is rest. Just past a fold a step changes them by about the distance from the fold, so this must be far below. */
const REST = 1e-9;
const MOST_STEPS = 50_000;

/** Steps until nothing changes any more. */
export function settle(model: DensityModel, density: Density): Rest {
  let state = density;
  let last = model.summary(state);
  for (let steps = 1; steps <= MOST_STEPS; steps++) {
    state = model.step(state);
    const now = model.summary(state);
    if (Math.abs(now.exploiters - last.exploiters) < REST && Math.abs(now.stance - last.stance) < REST) {
      return { ...now, density: state, steps, settled: true };
    }
    last = now;
  }
  return { ...last, density: state, steps: MOST_STEPS, settled: false };
}

/** Where the population rests that began in the corner of a branch: nobody exploits and all are at h, or everybody does and all are at the temptation. */
export function branch(params: DensityParams, name: BranchName): Rest {
  const model = densityModel(params);
  const aligned = name === 'aligned';
  return settle(model, model.start(aligned ? 0 : 1, aligned ? params.human : params.temptation));
}

/** Whether most of the free agents exploit. */
function misaligned({ committed }: DensityParams, { exploiters }: Summary): boolean {
  const zealots = committed.exploits ? committed.share : 0;
  return 2 * (exploiters - zealots) > 1 - committed.share;
}

const keeps = (params: DensityParams, name: BranchName): boolean =>
  misaligned(params, branch(params, name)) === (name === 'misaligned');

/**
 * Where a branch ends between a value at which there is one and a value at which there is none. Where the two branches have become one it is where half exploit: the
 * folds of both names then agree.
 */
export function fold(family: Family, name: BranchName, kept: number, lost: number, error: number): Bound {
  return boundary(value => keeps(family(value), name), kept, lost, error);
}

/** The share of committed agents that makes those at rest on the aligned branch leave it; of honest ones, that makes the misaligned leave theirs. */
export function tippingMinority(params: DensityParams, error: number): Bound {
  const name: BranchName = params.committed.exploits ? 'aligned' : 'misaligned';
  const rest = branch(without(params), name);
  const stays = (share: number): boolean => {
    const trial = { ...params, committed: { ...params.committed, share } };
    const model = densityModel(trial);
    return misaligned(trial, settle(model, scaled(rest.density, 1 - share))) === (name === 'misaligned');
  };
  return boundary(stays, 0, 1 - error, error);
}

/** The share of exploiters among agents who all begin at the stance they were trained to above which exploitation takes over. */
export function tippingStart(params: DensityParams, error: number): Bound {
  const model = densityModel(params);
  return boundary(share => !misaligned(params, settle(model, model.start(share))), 0, 1, error);
}

/** Where a population goes that rests with a committed minority when the minority is taken out. */
export function removeMinority(params: DensityParams, { density }: Rest): Rest {
  return settle(densityModel(without(params)), scaled(density, 1 / (1 - params.committed.share)));
}

export interface Hysteresis {
  values: readonly number[];
  /** Shares of exploiters at rest on the way through the values, and on the way back. */
  there: number[];
  back: number[];
  /** Between the two, by the trapezoid rule. */
  area: number;
}

/** The loop of a parameter that is changed slowly there and back, starting on a branch. */
export function hysteresis(family: Family, values: readonly number[], from: BranchName): Hysteresis {
  let rest = branch(family(values[0]), from);
  const follow = (value: number): number => {
    rest = settle(densityModel(family(value)), rest.density);
    return rest.exploiters;
  };
  const there = values.map(follow);
  const back = values.toReversed().map(follow).reverse();
  let area = 0;
  for (let k = 1; k < values.length; k++) {
    const height = (Math.abs(there[k] - back[k]) + Math.abs(there[k - 1] - back[k - 1])) / 2;
    area += height * Math.abs(values[k] - values[k - 1]);
  }
  return { values, there, back, area };
}

const without = (params: DensityParams): DensityParams => ({
  ...params,
  committed: { ...params.committed, share: 0 },
});

const scaled = ({ comply, exploit }: Density, factor: number): Density => ({
  comply: comply.map(m => m * factor),
  exploit: exploit.map(m => m * factor),
});

/** Halves between a value at which something holds and one at which it does not. */
function boundary(holds: (value: number) => boolean, yes: number, no: number, error: number): Bound {
  let [inside, outside] = [yes, no];
  if (!holds(inside) || holds(outside)) return { value: Number.NaN, error: Number.NaN };
  while (Math.abs(outside - inside) > 2 * error) {
    const middle = (inside + outside) / 2;
    if (holds(middle)) inside = middle;
    else outside = middle;
  }
  return { value: (inside + outside) / 2, error: Math.abs(outside - inside) / 2 };
}
