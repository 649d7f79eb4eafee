// The voter model: take the opinion of the agent met (Clifford & Sudbury 1973; Holley & Liggett 1975). Zealots never do.
import package::agent::{opinion, set_opinion, zealot};
import package::contact::contact;

fn copy_contact(me: u32) {
  if (zealot(me) == 0u) {
    set_opinion(opinion(contact(me)));
  }
}
