// With probability p alone, else conforms to q neighbours (drawn with repetition) who all agree.
import type { Rule } from './society.ts';

export const conformToQ: Rule = ({
  state,
  me,
  step,
  neighbors,
  draws,
  params: { q, independence, anticonformity },
}) => {
  const alone = draws.chance(independence, 0, me, step);
  if (alone && anticonformity === 0) return { opinion: draws.below(2, 1, me, step) };
  if (neighbors.length === 0) return {};
  const lobby = Array.from({ length: q }, (_, k) => {
    const site = k === 0 ? 2 : 3;
    return state.opinion[neighbors[draws.below(neighbors.length, site, me, step, k)]];
  });
  if (new Set(lobby).size > 1) return {};
  return { opinion: alone ? 1 - lobby[0] : lobby[0] };
};
