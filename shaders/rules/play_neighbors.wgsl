// Everyone plays the weak prisoner's dilemma (R = 1, S = P = 0, T = `temptation`) with each agent that it looks at and, with `self_interaction`, with itself:
// a cooperator earns 1, a defector the temptation, from every cooperator met. Payoffs have 16 fraction bits.
import package::agent::{degree, neighbor_sum_strategy, param, set_payoff, strategy};
import package::fixed::mul_wide;

const REWARD = 0x10000u;
const LARGEST = 0x7fffffffu;

/// count × payoff; what does not fit is the largest number, which is beyond the field's range and so clamped and counted there.
fn times(count: u32, payoff: u32) -> i32 {
  let product = mul_wide(count, payoff);
  return i32(select(LARGEST, product.x, product.y == 0u && product.x <= LARGEST));
}

fn play_neighbors(me: u32) {
  let cooperates = 1u - strategy(me);
  let cooperators = degree(me) - u32(neighbor_sum_strategy(me)) + cooperates * u32(param.self_interaction);
  set_payoff(times(cooperators, select(u32(param.temptation), REWARD, cooperates == 1u)));
}
