// Deterministic majority: do as most of those looked at; a tie changes nothing.
import package::agent::{degree, neighbor_sum_opinion, opinion, set_opinion};

fn majority_of_neighbors(me: u32) {
  let twice = 2u * u32(neighbor_sum_opinion(me));
  if (twice != degree(me)) {
    set_opinion(u32(twice > degree(me)));
  }
}
