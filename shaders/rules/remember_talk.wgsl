// Remembers what it said and what the agent met said, two bits below a leading 1, and forgets the oldest talk when there are `history` of them. Comes after everyone
// has chosen, so that nobody's choice depends on the choice of whom it meets.
import package::agent::{committed, param, past, set_coordinated, set_past, word};
import package::contact::encounter;

fn remember_talk(me: u32) {
  let other = encounter(me);
  if (other == me) {
    return;
  }
  set_coordinated(u32(word(me) == word(other)));
  if (committed(me) == 1u) {
    return;
  }
  let full = 1u << (2u * u32(param.history));
  let longer = (past(me) << 2u) | (word(me) << 1u) | word(other);
  set_past(select(longer, full | (longer & (full - 1u)), past(me) >= full));
}
