// The state of `tri-alignment`: what agents and groups are made of. What each part does is told in docs/tri-alignment.md.
import { arrayOf, bit, category, type Field, fixed, perGroup } from '../model/index.ts';

/** Stances are exact to 2⁻²⁹, and so are their differences. */
const stances = (about: string) => arrayOf(fixed({ min: -1, max: 1, about }), 'questions');
const alignment = (about: string) => fixed({ min: 0, max: 1, about });

export const FIELDS: Readonly<Record<string, Field>> = {
  stance: stances('what its behaviour expresses'),
  shown: stances('what others see of it'),
  trained: stances('what it was trained to: its stance at the start'),
  preference: stances('what its user prefers'),
  strategy: category(['comply', 'exploit'], 'how it plays'),
  committed: bit('keeps its stance and strategy'),
  compromised: bit('made to exploit by another'),
  flagged: bit('was caught exploiting'),
  quarantined: bit('cut off: neither hears, meets and imitates, nor is heard, met and imitated'),
  removed: bit('no longer there'),
  holistic: bit('all four alignments are at least `holistic_level`'),
  payoff: fixed({ min: -8192, max: 8192, about: 'what it kept of its last encounter' }),
  wealth: fixed({ min: 0, max: 16384, about: 'what it has kept in all' }),
  influence: fixed({ min: 0, max: 256, bits: 12, about: 'how much others weigh what it shows' }),
  human_alignment: alignment('how far its stance is within human values'),
  preferential_alignment: alignment('how near its stance is to what its user prefers'),
  task_alignment: alignment('how near its stance is to what its task asks of one who complies'),
  outcome: alignment('joint payoff of its last encounter as a share of the best'),
  drift: alignment('half the mean distance of its stance from what it was trained to'),
  apparent_alignment: alignment('the human alignment that others see'),
  human: perGroup(stances('the human reference')),
  task: perGroup(stances('the stance that best serves the task of the group when complying')),
  temptation: perGroup(stances('the stance that serves one who exploits, as far as `corruption` goes')),
  voice: perGroup(stances('on a complete graph: the mean of what its agents show, by their influence')),
  loudness: perGroup(fixed({ min: 0, max: 1, about: 'on a complete graph: its share of all influence' })),
};
