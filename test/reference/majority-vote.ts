// Opinion 1 with probability 1 − q if more hold it than 0, q if fewer, and ½ on a tie.
import type { Rule } from './society.ts';

export const voteWithMajority: Rule = ({ state, me, step, neighbors, draws, params: { noise } }) => {
  const up = neighbors.filter(j => state.opinion[j] === 1).length;
  const down = neighbors.length - up;
  const probability = up > down ? 1 - noise : up < down ? noise : 0.5;
  return { opinion: draws.chance(probability, 0, me, step) ? 1 : 0 };
};
