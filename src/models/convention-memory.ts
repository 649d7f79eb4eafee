import { bit, defineModel, integer, integerField, probability, share, type TheoryContext } from '../model/index.ts';

/** Probability that most of independent words are new, where word k is new with probability `chances[k]`; a tie counts half. */
export function majorityChance(chances: readonly number[]): number {
  let counts = [1];
  for (const chance of chances) {
    const next = [...counts.map(count => count * (1 - chance)), 0];
    counts.forEach((count, k) => {
      next[k + 1] += count * chance;
    });
    counts = next;
  }
  return counts.reduce((sum, count, k) => sum + count * (1 + Math.sign(2 * k - chances.length)), 0) / 2;
}

/**
 * The committed share above which the new word wins from a population that says the old one: the maximum over x < ½ of p(x), where x = p + (1 − p) B(x) for the
 * stationary share x that says the new word, B(x) the chance that most of M words are new. The memory of an agent holds words of M random others, which are
 * independent as N → ∞, so that this is exact there. M = 3: 1/9.
 */
export function conventionThreshold(memoryLength: number): number {
  const committedAt = (x: number): number => {
    const chosen = majorityChance(new Array<number>(memoryLength).fill(x));
    return (x - chosen) / (1 - chosen);
  };
  // p(x) rises from 0 to one maximum and falls to 0 at ½: golden section
  const ratio = (Math.sqrt(5) - 1) / 2;
  let [low, high] = [0, 0.5];
  while (high - low > 1e-9) {
    const [left, right] = [high - ratio * (high - low), low + ratio * (high - low)];
    if (committedAt(left) < committedAt(right)) low = left;
    else high = right;
  }
  return committedAt((low + high) / 2);
}

/**
 * Share that says the new word. In a step everyone chooses and then hears one word, so that after t steps a memory holds the last words that it heard, one of each step,
 * and what it started with: exact as N → ∞.
 */
function trajectory({ update, topology, params, initial }: TheoryContext, steps: readonly number[]) {
  if (topology.kind !== 'complete' || (update.kind !== 'pairing' && update.kind !== 'synchronous')) return undefined;
  const { committed } = initial;
  const free = 1 - committed;
  const startedNew = free > 0 ? (initial.adopters - committed) / free : 0;
  const said = [initial.adopters];
  while (said.length <= (steps.at(-1) ?? 0)) {
    const heard = said.slice(1).slice(-params.memory_length);
    const older = params.memory_length - heard.length;
    const chosen = [0, 1].map(start => majorityChance([...heard, ...new Array<number>(older).fill(start)]));
    said.push(committed + free * ((1 - startedNew) * chosen[0] + startedNew * chosen[1]));
  }
  return steps.map(step => said[step]);
}

/** A convention held in memory: agents say what they heard most, and a committed minority of a quarter can change it. */
export const conventionMemory = defineModel({
  name: 'convention-memory',
  about: 'Agents say the word that they heard most among the last few; a committed minority says the new one.',
  source:
    'Centola, Becker, Brackbill & Baronchelli 2018, Science 360 1116; best response to memory as in Young 1993, Econometrica 61 57',
  updates: ['pairing', 'synchronous', 'activation', 'sequential'],
  published: {
    update: 'pairing',
    note: 'Rounds of pairs, in which both choose before both remember. Tipping points agree for every update; when synchronous everyone hears a random other, also of a graph.',
  },
  fields: {
    memory: integerField({
      max: 2 ** 31 - 1,
      about: 'the last words heard, a bit each, the latest lowest; 1 is the new one',
    }),
    word: bit('what the agent says, 0: the old word, 1: the new one'),
    committed: bit('1: says the new word, for ever'),
  },
  params: {
    memory_length: integer({ default: 12, min: 1, max: 31, about: 'words that an agent remembers' }),
    committed: probability({
      default: 0.25,
      about: 'share of all agents that is committed to the new word, rounded to agents',
    }),
  },
  init: { word: [1, 0] },
  setup: ['place_committed', 'fill_memory'],
  rules: ['choose_convention', 'remember_convention'],
  measures: {
    adopters: share('word', 1),
    free_adopters: share('word', 1, { among: { field: 'committed', is: 0 } }),
    committed: share('committed', 1),
  },
  invariants: [
    { kind: 'conserved', measure: 'committed' },
    { kind: 'within', measure: 'adopters', min: 0, max: 1 },
  ],
  theory: [
    {
      measure: 'adopters',
      about: 'mean field with memory: a majority of independent words, one of each of the last steps',
      source: 'derived from the rule; its fold gives the published tipping points',
      trajectory,
    },
  ],
});
