import { activeLinks, bit, defineModel, integer, probability, share, type TheoryContext } from '../model/index.ts';
import { actingShare, iterate } from './mean-field.ts';

/** Share of opinion 1 after every agent acted once, in the limit of large complete graphs. */
function advance(up: number, { q, independence, anticonformity }: Readonly<Record<string, number>>): number {
  const unanimousUp = up ** q;
  const unanimousDown = (1 - up) ** q;
  const undecided = up * (1 - unanimousUp - unanimousDown);
  const alone = anticonformity === 1 ? unanimousDown + undecided : 0.5;
  return independence * alone + (1 - independence) * (unanimousUp + undecided);
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
  theory: [
    {
      measure: 'up',
      about: 'mean field',
      source: 'Nyczka, Sznajd-Weron & Cisło 2012',
      trajectory(context: TheoryContext, steps) {
        if (context.topology.kind !== 'complete') return undefined;
        const rate = actingShare(context);
        return iterate(context.initial.up, steps, up => up + rate * (advance(up, context.params) - up));
      },
    },
  ],
});
