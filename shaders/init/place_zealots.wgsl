// Places zealots at random: exactly `zealots_up` agents that hold opinion 1 for ever and `zealots_down` that hold 0.
import package::agent::{param, rank, set_opinion, set_zealot};

fn place_zealots(me: u32) {
  let place = rank(me);
  let up = u32(param.zealots_up);
  if (place < up + u32(param.zealots_down)) {
    set_zealot(1u);
    set_opinion(u32(place < up));
  }
}
