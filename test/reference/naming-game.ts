// The first of a pair says A or B, the second hears it: if it knows the word, both know only that, else the second learns it. Values: 0 A, 1 B, 2 both.
import type { NamedRule, SocietyOptions } from './society.ts';

/** The lowest ranks are committed to A. */
export const placeCommittedToA =
  (count: number): SocietyOptions['setup'] =>
  (_, __, rank) =>
    rank < count ? { committed: 1, inventory: 0 } : {};

export const negotiateName: NamedRule = {
  name: 'negotiate_name',
  act({ state: { inventory, committed }, me, step, pair, draws }) {
    const { partner, first } = pair!;
    if (partner === me || committed[me] === 1) return {};
    const [speaker, listener] = first ? [me, partner] : [partner, me];
    const saysB = draws.chance(0.5, 0, Math.min(me, partner), step);
    const word = inventory[speaker] === 2 ? Number(saysB) : inventory[speaker];
    const known = inventory[listener] === word || inventory[listener] === 2;
    if (known) return { inventory: word };
    return me === listener ? { inventory: 2 } : {};
  },
};
