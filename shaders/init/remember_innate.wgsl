// An agent's innate opinion is the one that it starts with.
import package::agent::{opinion, set_innate};

fn remember_innate(me: u32) {
  set_innate(opinion(me));
}
