import { activeLinks, bit, defineModel, integer, type ScalarMap, share, type TheoryContext } from '../model/index.ts';
import { actingShare } from './mean-field.ts';

/** Whether every agent is looked at by as many as it looks at, all alike: then a copy is as likely to spread one opinion as the other. */
function isRegular({ topology: { kind, degrees } }: TheoryContext): boolean {
  return kind === 'complete' || (degrees?.length === 1 && degrees[0].in === degrees[0].out);
}

/** Expected share of opinion 1 after a step from the share before, on complete graphs: linear, hence exact for every N. */
function expectedShare(context: TheoryContext): ScalarMap | undefined {
  const { params, population, topology } = context;
  const { zealots_up, zealots_down } = params;
  if (topology.kind !== 'complete' || zealots_up + zealots_down === 0 || population < 2) return undefined;
  const free = population - zealots_up - zealots_down;
  const rate = actingShare(context);
  return share => {
    const up = share * population;
    const freeUp = up - zealots_up;
    // a free agent meets one of the other N − 1: of those with opinion 1, not itself
    return (up + rate * ((free * up - freeUp) / (population - 1) - freeUp)) / population;
  };
}

/** The voter model with zealots: an agent takes the opinion of the one it meets; zealots never change theirs. */
export const voter = defineModel({
  name: 'voter',
  about: 'Agents copy the opinion of whom they meet; zealots never change theirs.',
  source: 'Clifford & Sudbury 1973; Holley & Liggett 1975; zealots: Mobilia, Petersen & Redner 2007',
  updates: ['pairing', 'synchronous', 'activation', 'sublattice', 'sequential'],
  published: {
    update: 'sequential',
    note: 'Exit probabilities and mean-field points agree for every update. Fluctuations do not: with zealots the variance of the share is about half as large when synchronous.',
  },
  fields: { opinion: bit('0 or 1'), zealot: bit('1: never changes its opinion') },
  params: {
    zealots_up: integer({ default: 0, shared: true, about: 'number of zealots that hold opinion 1' }),
    zealots_down: integer({ default: 0, shared: true, about: 'number of zealots that hold opinion 0' }),
  },
  init: { opinion: [0.5, 0.5] },
  setup: ['place_zealots'],
  rules: ['copy_contact'],
  measures: {
    up: share('opinion', 1),
    free_up: share('opinion', 1, { among: { field: 'zealot', is: 0 } }),
    active_links: activeLinks('opinion'),
    zealots: share('zealot', 1),
  },
  invariants: [
    { kind: 'conserved', measure: 'zealots' },
    { kind: 'within', measure: 'up', min: 0, max: 1 },
  ],
  mechanisms: { zealots: { about: 'some never change', off: { zealots_up: 0, zealots_down: 0 } } },
  theory: [
    {
      kind: 'map',
      measure: 'up',
      about: 'expected share with zealots',
      source: 'Mobilia, Petersen & Redner 2007; linear in the share, hence for every N',
      status: 'exact',
      predict: expectedShare,
    },
    {
      kind: 'steady',
      measure: 'up',
      about: 'expected share: that of opinion 1 among the zealots (complete graphs, rings and lattices)',
      source: 'Mobilia, Petersen & Redner 2007',
      status: 'exact',
      predict({ params: { zealots_up, zealots_down }, topology: { kind } }) {
        // Each agent ends up with the opinion of a zealot; which zealots hold which is drawn at random, so that it holds on every connected graph, in the mean over draws.
        if (zealots_up + zealots_down === 0 || !['complete', 'ring', 'lattice'].includes(kind)) return undefined;
        return [{ value: zealots_up / (zealots_up + zealots_down), stable: true }];
      },
    },
    {
      kind: 'trajectory',
      measure: 'up',
      about: 'conserved in the mean over replicas (regular graphs, no zealots)',
      source: 'Clifford & Sudbury 1973; Holley & Liggett 1975',
      status: 'exact',
      predict(context, steps) {
        const { params, initial } = context;
        if (params.zealots_up + params.zealots_down > 0 || !isRegular(context)) return undefined;
        return steps.map(() => initial.up);
      },
    },
    {
      kind: 'steady',
      measure: 'up',
      about: 'share of replicas that end in consensus on opinion 1: the initial share (regular graphs, no zealots)',
      source: 'Clifford & Sudbury 1973; Holley & Liggett 1975',
      status: 'exact',
      predict(context) {
        const { params, initial } = context;
        if (params.zealots_up + params.zealots_down > 0 || !isRegular(context)) return undefined;
        return [{ value: initial.up, stable: true }];
      },
    },
  ],
});
