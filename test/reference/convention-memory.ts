// Everyone says what most of its remembered words are (a tie: a coin), then hears the word of one other. The memory is read as a list, the latest word first.
import type { NamedRule, SocietyOptions } from './society.ts';

const wordsOf = (memory: number, length: number): number[] =>
  Array.from({ length }, (_, k) => Math.floor(memory / 2 ** k) % 2);
const memoryOf = (words: readonly number[]): number => words.reduce((sum, word, k) => sum + word * 2 ** k, 0);

/** The lowest ranks are committed to the new word; memories are full of the word said. */
export const placeCommittedToNew =
  (count: number, length: number): SocietyOptions['setup'] =>
  ({ word }, me, rank) => {
    const said = rank < count ? 1 : word[me];
    return { committed: Number(rank < count), word: said, memory: memoryOf(new Array<number>(length).fill(said)) };
  };

export const chooseConvention: NamedRule = {
  name: 'choose_convention',
  act({ state: { memory, committed }, me, step, draws, params }) {
    if (committed[me] === 1) return {};
    const words = wordsOf(memory[me], params.memory_length);
    const newer = words.filter(word => word === 1).length;
    const older = words.length - newer;
    return { word: newer === older ? draws.below(2, 0, me, step) : Number(newer > older) };
  },
};

export const rememberConvention: NamedRule = {
  name: 'remember_convention',
  act({ state: { memory, word, committed }, me, step, pair, neighbors, draws, params }) {
    const met = pair
      ? pair.partner
      : neighbors.length === 0
        ? me
        : neighbors[draws.below(neighbors.length, 0, me, step)];
    if (met === me || committed[me] === 1) return {};
    const words = [word[met], ...wordsOf(memory[me], params.memory_length)];
    return { memory: memoryOf(words.slice(0, params.memory_length)) };
  },
};
