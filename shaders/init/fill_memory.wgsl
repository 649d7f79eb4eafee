// The start of a convention: committed agents say the new word, and everyone's memory is full of the word that it says itself.
import package::agent::{committed, param, set_memory, set_word, word};

fn fill_memory(me: u32) {
  let said = max(word(me), committed(me));
  let full = (1u << u32(param.memory_length)) - 1u;
  set_word(said);
  set_memory(said * full);
}
