// The naming game of two words with committed agents (Xie et al. 2011, arXiv:1102.3931). The first of a pair says a word that it knows, either of two with the
// same probability. If the other knows the word, both forget all but this one; if not, the other learns it. The committed never change.
import package::agent::{committed, first, inventory, partner, set_inventory};
import package::random::chance_with;

/// Values of an inventory: 0 is A alone, 1 is B alone. A word has the same number.
const BOTH = 2u;
const HALF = 0x40000000u;

/// The word that the speaker says; one coin for the pair, so that both hear the same.
fn word_of(speaker: u32, other: u32) -> u32 {
  let known = inventory(speaker);
  return select(known, u32(chance_with(other, HALF)), known == BOTH);
}

fn negotiate_name(me: u32) {
  let other = partner(me);
  if (other == me || committed(me) == 1u) {
    return;
  }
  let speaks = first(me);
  let word = word_of(select(other, me, speaks), other);
  let heard_by = inventory(select(me, other, speaks));
  if (heard_by == word || heard_by == BOTH) {
    set_inventory(word);
  } else if (!speaks) {
    set_inventory(BOTH);
  }
}
