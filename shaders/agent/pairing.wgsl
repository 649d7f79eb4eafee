// The step's perfect matching, which all rules of the step and all points of a replica share. A partner's word has its number and, in the top bit, who of the two is first.
import constants::{PAIRING_KEY, PARTNER_AT};

const FIRST = 0x80000000u;

fn pairing_key() -> vec2u {
  return threefry2x32(key_at(PAIRING_KEY), vec2u(0u, frame.step));
}

fn partner_word(i: u32) -> u32 {
  return state_words[PARTNER_AT + replica * POPULATION + i];
}

/// The agent paired with i in this step; i itself when the population is odd and i is left over.
fn partner(i: u32) -> u32 {
  return partner_word(i) & ~FIRST;
}

/// Whether i is the first of its pair: a fair choice, and exactly one of two.
fn first(i: u32) -> bool {
  return (partner_word(i) & FIRST) != 0u;
}

fn set_partner(i: u32, other: u32, is_first: bool) {
  state_words[PARTNER_AT + replica * POPULATION + i] = other | select(0u, FIRST, is_first);
}
