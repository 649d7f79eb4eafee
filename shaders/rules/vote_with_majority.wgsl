// Majority vote with noise (Oliveira 1992): as most of those it looks at with probability 1 − `noise`, as the fewest with probability `noise`; a tie, and
// nobody to look at, is a coin.
import package::agent::{degree, neighbor_sum_opinion, param, set_opinion};
import package::random::chance;

const ONE = 0x80000000u;

fn vote_with_majority(me: u32) {
  let lead = 2 * neighbor_sum_opinion(me) - i32(degree(me));
  var up = ONE >> 1u;
  if (lead != 0) {
    up = select(param.noise, ONE - param.noise, lead > 0);
  }
  set_opinion(u32(chance(up)));
}
