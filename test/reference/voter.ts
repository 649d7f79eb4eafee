// Takes the opinion of the agent met, unless a zealot.
import { contact, type Rule } from './society.ts';

export const copyContact: Rule = sight => {
  const { state, me } = sight;
  return state.zealot[me] === 1 ? {} : { opinion: state.opinion[contact(sight)] };
};
