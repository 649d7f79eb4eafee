// Hears the word that the agent met says, and forgets the oldest. A memory is a word of bits, the latest lowest. Comes after everyone has chosen, so that
// nobody's choice depends on the choice of whom it meets.
import package::agent::{committed, memory, param, set_memory, word};
import package::contact::encounter;

fn remember_convention(me: u32) {
  let other = encounter(me);
  if (other == me || committed(me) == 1u) {
    return;
  }
  let kept = (1u << u32(param.memory_length)) - 1u;
  set_memory(((memory(me) << 1u) | word(other)) & kept);
}
