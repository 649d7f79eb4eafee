// The measured adoption law of language models (De Marzo et al. 2026, arXiv:2605.10721): adopt + with probability [1 + tanh β(m + h)] / 2 = logistic(2β(m + h)),
// m the mean (±1) of those it looks at. The stubborn never change; who hears nobody keeps its state.
import package::agent::{degree, neighbor_sum_opinion, param, set_opinion, zealot};
import package::choice::logistic;
import package::fixed::{fraction, magnitude, mul_fixed};
import package::random::chance;

/// 2 × part / whole − 1 with 16 fraction bits, odd in its two halves: exchanging + and − changes the sign and nothing else.
fn balance(part: u32, whole: u32) -> i32 {
  let lead = i32(part) - i32(whole - part);
  let size = i32(fraction(magnitude(lead), whole, 16u));
  return select(size, -size, lead < 0);
}

fn conform_to_majority(me: u32) {
  let heard = degree(me);
  if (heard > 0u && zealot(me) == 0u) {
    let force = balance(u32(neighbor_sum_opinion(me)), heard) + param.bias * param.bias_sign;
    // 2 β (m + h): one fraction bit less in the product doubles it
    set_opinion(u32(chance(logistic(mul_fixed(param.majority_force, force, 15u)))));
  }
}
