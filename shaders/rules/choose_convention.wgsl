// Best response to memory: say what most of the last words were that one heard; a tie is settled by a coin. The committed do not choose.
import package::agent::{committed, memory, param, set_word};
import package::random::below;

fn choose_convention(me: u32) {
  if (committed(me) == 1u) {
    return;
  }
  let length = u32(param.memory_length);
  let twice = 2u * countOneBits(memory(me));
  if (twice == length) {
    set_word(below(2u));
  } else {
    set_word(u32(twice > length));
  }
}
