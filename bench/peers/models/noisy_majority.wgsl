// The majority-vote model: do as most of those looked at, with probability `noise` as the fewest; a tie is decided by a coin. One draw.
import package::agent::{degree, neighbor_sum_opinion, param, set_opinion};
import package::random::draw;

fn noisy_majority(me: u32) {
  let bits = draw();
  let twice = 2u * u32(neighbor_sum_opinion(me));
  if (twice == degree(me)) {
    set_opinion(bits.y >> 31u);
  } else {
    set_opinion(u32(twice > degree(me)) ^ u32((bits.x >> 1u) < param.noise));
  }
}
