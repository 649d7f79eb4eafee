import { activeLinks, bit, defineModel, integer, isolated, number, type Preset, share } from '../model/index.ts';
import { annealedTheory } from './llm-conformity-annealed.ts';
import { completeTheory } from './llm-conformity-complete.ts';
import { llmConformityPresets } from './llm-conformity-presets.ts';

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
  theory: [...completeTheory, ...annealedTheory],
});
