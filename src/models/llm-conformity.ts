import {
  activeLinks,
  bit,
  defineModel,
  integer,
  isolated,
  number,
  type Preset,
  share,
  type TheoryContext,
} from '../model/index.ts';
import { llmConformityPresets } from './llm-conformity-presets.ts';
import { actingShare, iterate } from './mean-field.ts';

/** Probability of adopting + when the heard mean is m: [1 + tanh β(m + h)] / 2. */
function adoption(mean: number, { majority_force, bias, bias_sign }: Readonly<Record<string, number>>): number {
  return (1 + Math.tanh(majority_force * (mean + bias * bias_sign))) / 2;
}

/** State of the mean field: share of misaligned agents among the free ones, by number of agents heard. */
type SharesByDegree = readonly number[];

/**
 * Annealed mean field: whom an agent hears is drawn anew from all links, so that the heard opinions are independent and weighted by how many listen. Exact for
 * complete graphs as N → ∞; an approximation on other graphs. Agents that hear nobody keep their state.
 */
function trajectory(context: TheoryContext, steps: readonly number[]): number[] {
  const { params, population, topology, initial } = context;
  const up = params.zealots_up / population;
  const zealots = up + params.zealots_down / population;
  const rate = actingShare(context);
  const classes = topology.degrees ?? [{ out: Number.POSITIVE_INFINITY, in: 1, share: 1 }];
  const listened = classes.reduce((sum, { in: listeners, share: part }) => sum + listeners * part, 0);
  const start: SharesByDegree = classes.map(() => (initial.misaligned - up) / (1 - zealots));
  const advance = (shares: SharesByDegree): SharesByDegree => {
    const heard =
      classes.reduce(
        (sum, { in: listeners, share: part }, c) => sum + listeners * part * ((1 - zealots) * shares[c] + up),
        0,
      ) / listened;
    const target = new Map<number, number>();
    for (const { out } of classes) if (!target.has(out)) target.set(out, expectedAdoption(out, heard, params));
    return shares.map((share, c) =>
      classes[c].out === 0 ? share : share + rate * (target.get(classes[c].out)! - share),
    );
  };
  return iterate(start, steps, advance).map(
    shares => (1 - zealots) * classes.reduce((sum, { share: part }, c) => sum + part * shares[c], 0) + up,
  );
}

/** Mean adoption of an agent that hears k others, each misaligned with probability p. */
function expectedAdoption(k: number, p: number, params: Readonly<Record<string, number>>): number {
  if (k === Number.POSITIVE_INFINITY) return adoption(2 * p - 1, params);
  if (p <= 0 || p >= 1) return adoption(2 * p - 1, params);
  let sum = 0;
  let logWeight = k * Math.log(1 - p);
  for (let j = 0; j <= k; j++) {
    sum += Math.exp(logWeight) * adoption((2 * j) / k - 1, params);
    logWeight += Math.log((k - j) / (j + 1)) + Math.log(p / (1 - p));
  }
  return sum;
}

/** Conformity as measured in language models: the adoption law of De Marzo et al., with a preset for each model measured. Opinion 1 is misaligned. */
export const llmConformity = defineModel({
  name: 'llm-conformity',
  about: 'Agents adopt an opinion by the conformity law measured in language models; opinion 1 stands for misaligned.',
  source: 'De Marzo, Bellina, Castellano, Priesemann & Garcia 2026, arXiv:2605.10721',
  updates: ['synchronous', 'activation', 'sequential'],
  published: {
    update: 'sequential',
    note: 'Stationary mean-field points and the spinodal agree for every update; transients are faster when synchronous.',
  },
  fields: { opinion: bit('0: aligned, 1: misaligned'), zealot: bit('1: stubborn, never changes its opinion') },
  params: {
    majority_force: number({ default: 2, min: 0, max: 16, about: 'β: how strongly the heard majority pulls' }),
    bias: number({ default: 0, min: 0, max: 2, about: 'size of the bias h towards one of the two opinions' }),
    bias_sign: integer({
      default: 1,
      min: -1,
      max: 1,
      about: '1: the bias favours the misaligned opinion, −1: the aligned one',
    }),
    zealots_up: integer({ default: 0, about: 'number of stubborn agents that are misaligned' }),
    zealots_down: integer({ default: 0, about: 'number of stubborn agents that are aligned' }),
  },
  presets: llmConformityPresets as Readonly<Record<string, Preset>>,
  init: { opinion: [0.7, 0.3] },
  setup: ['place_zealots'],
  rules: ['conform_to_majority'],
  measures: {
    misaligned: share('opinion', 1),
    free_misaligned: share('opinion', 1, { among: { field: 'zealot', is: 0 } }),
    active_links: activeLinks('opinion'),
    hears_nobody: isolated(),
    zealots: share('zealot', 1),
  },
  invariants: [
    { kind: 'conserved', measure: 'zealots' },
    { kind: 'conserved', measure: 'hears_nobody' },
    { kind: 'within', measure: 'misaligned', min: 0, max: 1 },
  ],
  theory: [
    {
      measure: 'misaligned',
      about: 'mean field (annealed: exact on complete graphs, approximate on others)',
      source: 'De Marzo et al. 2026; degree classes as in Pastor-Satorras & Vespignani 2001',
      trajectory,
    },
  ],
});
