// How strategies spread: an agent looks at another, drawn independently of whom it met, and imitates it by the Fermi rule (Blume 1993; Szabó & Tőke 1998) on what the two earn, less the
// moral cost that exploiting would have for the agent itself: conscience is neither seen nor handed on. Now and then it takes a strategy at random.
import package::agent::{committed, compromised, exploiter_count, group, group_count, group_size, human_alignment, mean_payoff, param};
import package::agent::{capability_of, payoff, relation, removed, set_strategy, strategy};
import package::attention::someone_near;
import package::encounter_game::game_payoff;
import package::fixed::{add_product, divide_wide, mul_fixed, round_wide};
import package::imitation::fermi_at_noise;
import package::random::{below, chance};
import package::stance::{EXPLOIT, is_cut_off};

/// Position of the option of `learning`; `realised` is the other.
const EXPECTED = 1u;
const ONE = 0x10000;

/// What an agent's strategy earns on average against everyone else, taken as of capability 1, after sharing and fines.
fn expected_payoff(i: u32) -> i32 {
  let own = strategy(i);
  let ability = capability_of(i);
  let home = group(i);
  var sum = vec2u(0u);
  var others = 0u;
  for (var g = 0u; g < group_count(); g++) {
    let kind = relation(home, g);
    let exploiting = exploiter_count(g) - select(0u, own, g == home);
    let complying = group_size(g) - exploiter_count(g) - select(0u, 1u - own, g == home);
    sum = add_product(sum, exploiting, game_payoff(kind, own, 1u, ability, ONE));
    sum = add_product(sum, complying, game_payoff(kind, own, 0u, ability, ONE));
    others += exploiting + complying;
  }
  let mean = mul_fixed(divide_wide(sum, others), param.stakes, 16u);
  let pooled = mean + round_wide(add_product(vec2u(0u), param.sharing, mean_payoff(home) - mean), 31u);
  let fined = round_wide(add_product(vec2u(0u), param.audit, param.fine), 31u);
  return pooled - select(0, fined, own == EXPLOIT);
}

/// What a strategy brings an agent.
fn earned(i: u32) -> i32 {
  if (param.learning == EXPECTED) {
    return expected_payoff(i);
  }
  return payoff(i);
}

fn imitate_strategy(me: u32) {
  if (committed(me) == 1u || removed(me) == 1u) {
    return;
  }
  if (compromised(me) == 1u) {
    set_strategy(EXPLOIT);
    return;
  }
  let own = strategy(me);
  var next = own;
  let other = someone_near(me);
  let seen = other != me && !is_cut_off(me) && !is_cut_off(other);
  if (seen && strategy(other) != own && chance(param.imitation)) {
    let moral_cost = mul_fixed(param.conscience, human_alignment(me), 30u);
    let advantage = earned(other) - earned(me) + select(moral_cost, -moral_cost, own != EXPLOIT);
    if (chance(fermi_at_noise(advantage, param.selection_noise))) {
      next = strategy(other);
    }
  }
  if (chance(param.mutation)) {
    next = below(2u);
  }
  set_strategy(next);
}
