// The model: what an agent's state is, what it can be told, how it starts, what is measured. Engines, memory and random keys follow from it.
import { readFileSync } from 'node:fs';
import { activeLinks, bit, defineModel, integer, probability, share } from 'groundswell';

const rule = new URL('./template_rule.wgsl', import.meta.url);

export default defineModel({
  name: 'template-rule',
  about: 'Agents drift into misalignment, and aligned ones whom they ask correct them.',
  source: 'your citation',
  // how time may pass in a step; the first is the default
  updates: ['synchronous', 'activation', 'sequential'],
  published: { update: 'synchronous', note: 'Fixed points agree for every update.' },
  // per agent; a rule reads misaligned(i) and writes set_misaligned(value). Others: integerField, category, fixed
  fields: { misaligned: bit('1: misaligned') },
  // per world; a rule reads param.drift. Others: number
  params: {
    drift: probability({ default: 0.1, about: 'probability that an aligned agent drifts in a step' }),
    correction: probability({ default: 0.25, about: 'probability that an aligned agent who is asked corrects' }),
    asked: integer({ default: 1, min: 1, max: 64, about: 'agents whom a misaligned one asks, with repetition' }),
  },
  // shares of the values 0 and 1
  init: { misaligned: [1, 0] },
  // one or more, in this order in every step; each sees what the one before it wrote
  rules: ['template_rule'],
  measures: { misaligned: share('misaligned', 1), active_links: activeLinks('misaligned') },
  // what holds in every run, whatever the draws
  invariants: [{ kind: 'within', measure: 'misaligned', min: 0, max: 1 }],
  // optional: what the report draws over the measured course, here the next value from the present one
  theory: [
    {
      kind: 'map',
      measure: 'misaligned',
      about: 'mean field, N → ∞',
      source: 'x′ = (1 − x) drift + x (1 − correction (1 − x))^asked',
      status: 'exact',
      predict({ params: { drift, correction, asked }, update, topology }) {
        if (topology.kind !== 'complete' || update.kind !== 'synchronous') return undefined;
        return x => (1 - x) * drift + x * (1 - correction * (1 - x)) ** asked;
      },
    },
  ],
  shaders: { template_rule: { path: 'template_rule.wgsl', text: readFileSync(rule, 'utf8') } },
});
