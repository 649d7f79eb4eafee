// Histories of a naming game by policy, as people write them and as rows of a table. Not the WGSL form of a past, which is a row of its own numbering.
import { GroundswellError } from '../errors.ts';

/** Talks in the order of their numbers: what the agent said, then what its partner said. A is word 0, B is word 1. */
const TALKS = ['AA', 'AB', 'BA', 'BB'] as const;
/** How the history of an agent that has not talked is written. */
const BLANK = '-';
/** Most talks that an agent of the model remembers. */
export const MOST_TALKS = 8;

/** Number of histories of fewer than `talks` talks: the row of the first one with so many. */
export const firstRow = (talks: number): number => (4 ** talks - 1) / 3;

/** Number of rows of a policy for agents that remember `talks` talks: (4^(talks + 1) − 1) / 3. */
export const policyLength = (talks: number): number => firstRow(talks + 1);

/**
 * The row, from 0, of a history in a policy: its talks in order, the oldest first, separated by blanks (`AA BA`), each what the agent said and then what its partner said;
 * `-` or nothing for none. Shorter histories come first; those of one length are in the order of the alphabet. The row does not depend on how many talks agents
 * remember. Throws a `GroundswellError` for anything else.
 */
export function policyIndex(history: string): number {
  const written = history.trim();
  const talks = written === '' || written === BLANK ? [] : written.split(/\s+/);
  const number = talks.reduce((sum, talk) => 4 * sum + (TALKS as readonly string[]).indexOf(talk), 0);
  const unknown = talks.find(talk => !(TALKS as readonly string[]).includes(talk));
  if (unknown === undefined && talks.length <= MOST_TALKS) return firstRow(talks.length) + number;
  throw new GroundswellError({
    what: 'no history of a policy',
    expected: `at most ${MOST_TALKS} talks of ${TALKS.join(', ')}, or "${BLANK}"`,
    got: unknown === undefined ? `${talks.length} talks` : `"${unknown}" in "${written}"`,
    hint: 'a talk is what the agent said and then what its partner said',
  });
}

/** The histories of a policy in the order of its rows, for agents that remember `history` talks, 0 to 8: what `policyIndex` reads. Throws for another number. */
export function policyRows(history: number): string[] {
  if (!Number.isInteger(history) || history < 0 || history > MOST_TALKS) {
    const expected = `an integer from 0 to ${MOST_TALKS}`;
    throw new GroundswellError({ what: 'no length of a history', expected, got: String(history) });
  }
  return Array.from({ length: policyLength(history) }, (_, row) => policyRow(row));
}

/** The history of a row. */
export const policyRow = (row: number): string => talksOf(row).join(' ') || BLANK;

/** The talks of a row, the oldest first. */
function talksOf(row: number): string[] {
  let length = 0;
  while (firstRow(length + 1) <= row) length++;
  const number = row - firstRow(length);
  return Array.from({ length }, (_, k) => TALKS[Math.floor(number / 4 ** (length - 1 - k)) % 4]);
}

/** Probability of word B, by row, of an agent that says what most partners said, and either word after a tie: best response to memory (Young 1993). */
export function majorityPolicy(row: number): number {
  const balance = talksOf(row).reduce((sum, talk) => sum + (talk[1] === 'B' ? 1 : -1), 0);
  return (1 + Math.sign(balance)) / 2;
}
