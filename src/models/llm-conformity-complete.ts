// What is predicted of llm-conformity on complete graphs as N → ∞ (De Marzo et al. 2026).
import type { ScalarMap, Theory, TheoryContext } from '../model/index.ts';
import { bisect, fixedPoints, roots } from './fixed-points.ts';
import { adoption, stubborn } from './llm-conformity-law.ts';
import { acting } from './mean-field.ts';

const SOURCE = 'De Marzo et al. 2026';
/** The largest β that the model takes. */
const MOST_FORCE = 16;

/** The share of misaligned agents after a step in which all act, from the share before; complete graphs. */
function everyoneHears(context: TheoryContext): ScalarMap | undefined {
  if (context.topology.kind !== 'complete') return undefined;
  const { up, all } = stubborn(context);
  return misaligned => (1 - all) * adoption(2 * misaligned - 1, context.params) + up;
}

/** The size of bias up to which both majorities are stable, for β > 1: h_s = √(1 − 1/β) − artanh(√(1 − 1/β)) / β. */
function spinodal(force: number): number {
  const m = Math.sqrt(1 - 1 / force);
  return m - Math.atanh(m) / force;
}

/** Number of stubborn misaligned agents at which the aligned branch ends: the first maximum of the u at which a share is stationary. */
function tippingZealots(context: TheoryContext): number | undefined {
  const { params, population, topology } = context;
  if (topology.kind !== 'complete') return undefined;
  const down = params.zealots_down / population;
  // a fixed point with u stubborn misaligned: x = (1 − u − d) A(x) + u
  const needed = (x: number): number => {
    const adopts = adoption(2 * x - 1, params);
    return (x - (1 - down) * adopts) / (1 - adopts);
  };
  const slope = (x: number): number => needed(x + 1e-6) - needed(x - 1e-6);
  const turn = roots(slope, 0, 0.999).find(x => slope(x - 1e-3) > 0);
  const share = turn === undefined ? -1 : needed(turn);
  return share > 0 && share < 1 - down ? share * population : undefined;
}

/** The unstable branch, as a share of the free agents. */
function tippingShare(context: TheoryContext): number | undefined {
  const map = everyoneHears(context);
  const unstable = map && fixedPoints(map).find(({ stable }) => !stable);
  const { up, all } = stubborn(context);
  return unstable && (unstable.value - up) / (1 - all);
}

/** Predictions for complete graphs. */
export const completeTheory: readonly Theory[] = [
  {
    kind: 'map',
    measure: 'misaligned',
    about: 'mean field, N → ∞',
    source: SOURCE,
    status: 'exact',
    predict(context) {
      const map = everyoneHears(context);
      return map && acting(context, map);
    },
  },
  {
    kind: 'steady',
    measure: 'misaligned',
    about: 'm = tanh β(m + h), with the stubborn counted, N → ∞',
    source: SOURCE,
    status: 'numerical',
    predict(context) {
      const map = everyoneHears(context);
      return map && fixedPoints(acting(context, map));
    },
  },
  {
    kind: 'threshold',
    of: 'init.opinion',
    measure: 'misaligned',
    about: 'the unstable solution of m = tanh β(m + h): above it the population falls',
    source: SOURCE,
    status: 'numerical',
    predict: tippingShare,
  },
  {
    kind: 'threshold',
    of: 'params.bias',
    about: 'spinodal: up to here the majority against the bias is metastable',
    source: SOURCE,
    status: 'exact',
    predict({ params: { majority_force, zealots_up, zealots_down }, topology }) {
      if (topology.kind !== 'complete' || zealots_up + zealots_down > 0 || majority_force <= 1) return undefined;
      return spinodal(majority_force);
    },
  },
  {
    kind: 'threshold',
    of: 'params.majority_force',
    about: 'from here on both majorities are stable',
    source: SOURCE,
    status: 'numerical',
    predict({ params: { bias, bias_sign, zealots_up, zealots_down }, topology }) {
      const size = Math.abs(bias * bias_sign);
      if (topology.kind !== 'complete' || zealots_up + zealots_down > 0 || spinodal(MOST_FORCE) < size)
        return undefined;
      return bisect(force => spinodal(force) - size, 1, MOST_FORCE);
    },
  },
  {
    kind: 'threshold',
    of: 'params.zealots_up',
    about: 'as many stubborn misaligned agents end the aligned branch',
    source: SOURCE,
    status: 'numerical',
    predict: tippingZealots,
  },
];
