// The start of a naming game by policy: committed agents say word 1, and everyone remembers nothing, or only talks in which both said the word that it says itself.
import package::agent::{committed, param, set_past, set_word, word};

/// Position of the option `agreed` of `start`.
const AGREED = 1u;

fn start_pasts(me: u32) {
  let said = max(word(me), committed(me));
  let full = 1u << (2u * u32(param.history));
  set_word(said);
  set_past(select(1u, full | (said * (full - 1u)), param.start == AGREED));
}
