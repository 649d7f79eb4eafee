import {
  activeLinks,
  bit,
  defineModel,
  integer,
  probability,
  type ScalarMap,
  share,
  type TheoryContext,
} from '../model/index.ts';
import { fixedPoints } from './fixed-points.ts';
import { acting } from './mean-field.ts';

/** Share of opinion 1 after every agent acted once, in the limit of large complete graphs. */
function advance(up: number, { q, independence, anticonformity }: Readonly<Record<string, number>>): number {
  const unanimousUp = up ** q;
  const unanimousDown = (1 - up) ** q;
  const undecided = up * (1 - unanimousUp - unanimousDown);
  const alone = anticonformity === 1 ? unanimousDown + undecided : 0.5;
  return independence * alone + (1 - independence) * (unanimousUp + undecided);
}

/** Share of opinion 1 after a step from the share before. */
function meanField(context: TheoryContext): ScalarMap | undefined {
  if (context.topology.kind !== 'complete') return undefined;
  return acting(context, up => advance(up, context.params));
}

/** Where the disordered state loses its stability: (q − 1) / (q − 1 + 2^(q−1)), or (q − 1) / 2q with anticonformity. */
function criticalNoise({ params: { q, anticonformity }, topology }: TheoryContext): number | undefined {
  if (topology.kind !== 'complete' || q < 2) return undefined;
  return anticonformity === 1 ? (q - 1) / (2 * q) : (q - 1) / (q - 1 + 2 ** (q - 1));
}

/** The q-voter model with independence or anticonformity: conformity to a unanimous few against a will of one's own. */
export const noisyQVoter = defineModel({
  name: 'noisy-q-voter',
  about:
    'Agents conform to q unanimous neighbours, or act on their own with some probability: groupthink against independence.',
  source: 'Nyczka, Sznajd-Weron & Cisło 2012, PRE 86 011105',
  updates: ['synchronous', 'activation', 'sequential'],
  published: {
    update: 'sequential',
    note: 'Stationary mean-field points agree for every update; transients and fluctuations do not.',
  },
  fields: { opinion: bit('0 or 1') },
  params: {
    q: integer({ default: 3, min: 1, max: 64, about: 'neighbours that must agree, drawn with repetition' }),
    independence: probability({ default: 0.1, about: 'probability p of acting on one’s own in a step' }),
    anticonformity: integer({
      default: 0,
      min: 0,
      max: 1,
      about: '0: alone means a random state; 1: the opposite of q unanimous neighbours',
    }),
  },
  init: { opinion: [0, 1] },
  rules: ['conform_to_q'],
  measures: { up: share('opinion', 1), active_links: activeLinks('opinion') },
  invariants: [{ kind: 'within', measure: 'up', min: 0, max: 1 }],
  mechanisms: { independence: { about: 'agents act on their own now and then', off: { independence: 0 } } },
  theory: [
    {
      kind: 'map',
      measure: 'up',
      about: 'mean field, N → ∞',
      source: 'Nyczka, Sznajd-Weron & Cisło 2012',
      status: 'exact',
      predict: meanField,
    },
    {
      kind: 'steady',
      measure: 'up',
      about: 'fixed points of the mean field, N → ∞',
      source: 'Nyczka, Sznajd-Weron & Cisło 2012',
      status: 'numerical',
      predict(context) {
        const map = meanField(context);
        return map && fixedPoints(map);
      },
    },
    {
      kind: 'threshold',
      of: 'params.independence',
      about: 'from here on disorder is stable; order ends here too with anticonformity or q ≤ 5',
      source: 'Nyczka, Sznajd-Weron & Cisło 2012, N → ∞',
      status: 'exact',
      predict: criticalNoise,
    },
  ],
});
