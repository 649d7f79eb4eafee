// Agents say B with the probability of the row of their history, then remember what they and one other said. A history is a list of talks, the oldest first, and its row is
// found by counting through all histories in order.
import type { NamedRule, SocietyOptions } from './society.ts';

type Talk = readonly [said: number, heard: number];

/** A past is a 1 and then, in base 4, its talks. */
function talksOf(past: number): Talk[] {
  return [...past.toString(4)].slice(1).map(digit => [Math.floor(Number(digit) / 2), Number(digit) % 2]);
}

const pastOf = (talks: readonly Talk[]): number =>
  Number.parseInt(`1${talks.map(([said, heard]) => 2 * said + heard).join('')}`, 4);

/** All histories of at most `most` talks in the order of the table. */
function histories(most: number): Talk[][] {
  const talks: Talk[] = [0, 1].flatMap(said => [0, 1].map(heard => [said, heard] as const));
  let longest: Talk[][] = [[]];
  const all = [...longest];
  for (let length = 1; length <= most; length++) {
    longest = longest.flatMap(history => talks.map(talk => [...history, talk]));
    all.push(...longest);
  }
  return all;
}

/** The lowest ranks are committed to B; everyone remembers nothing, or `agreed` talks in which both said its word. */
export const placeCommittedToB =
  (count: number, agreed: number): SocietyOptions['setup'] =>
  ({ word }, me, rank) => {
    const said = rank < count ? 1 : word[me];
    const talks = new Array<Talk>(agreed).fill([said, said]);
    return { committed: Number(rank < count), word: said, past: pastOf(talks) };
  };

/** The probability of the only history that is this one, by comparison with every row. */
export function chooseByPolicy(policy: readonly number[], most: number): NamedRule {
  const rows = new Map(histories(most).map((history, row) => [pastOf(history), row]));
  return {
    name: 'choose_by_policy',
    act({ state: { past, committed }, me, step, draws }) {
      if (committed[me] === 1) return {};
      return { word: Number(draws.chance(policy[rows.get(past[me])!], 0, me, step)) };
    },
  };
}

export const rememberTalk: NamedRule = {
  name: 'remember_talk',
  act({ state: { past, word, committed }, me, step, pair, neighbors, draws, params }) {
    const met = pair
      ? pair.partner
      : neighbors.length === 0
        ? me
        : neighbors[draws.below(neighbors.length, 0, me, step)];
    if (met === me) return {};
    const coordinated = Number(word[me] === word[met]);
    if (committed[me] === 1) return { coordinated };
    const talks: Talk[] = [...talksOf(past[me]), [word[me], word[met]]];
    return { coordinated, past: pastOf(talks.slice(Math.max(0, talks.length - params.history))) };
  },
};
