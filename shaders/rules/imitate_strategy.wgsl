// How strategies spread: an agent looks at another, drawn independently of whom it met, and imitates it by the Fermi rule (Blume 1993; Szabó & Tőke 1998) on what the two earn, less the
// moral cost that exploiting would have for the agent itself: conscience is neither seen nor handed on. Now and then it takes a strategy at random.
import package::agent::{committed, compromised, degree, exploiter_count, group, group_count, group_size, human_alignment, mean_payoff, neighbor, param};
import package::agent::{capability_of, payoff, quarantined, relation, removed, set_strategy, strategy};
import package::attention::anyone_else;
import package::encounter_game::game_payoff;
import package::fixed::{add_signed, divide_wide, mul_fixed, mul_wide, add_wide, negate_wide, magnitude, add_product, round_wide};
import package::imitation::fermi_at_noise;
import package::random::{below, chance, draw};

const EXPLOIT = 1u;
/// Position of the option of `learning`; `realised` is the other.
const EXPECTED = 1u;
const ONE = 0x10000;

/// Whom the agent looks at; the agent itself: nobody.
fn looked_at(me: u32) -> u32 {
  if (param.rotation != 0u && chance(param.rotation)) {
    return anyone_else(me, draw());
  }
  let choices = degree(me);
  if (choices == 0u) {
    return me;
  }
  return neighbor(me, below(choices));
}

fn add_amount(sum: vec2u, agents: u32, amount: i32) -> vec2u {
  let product = mul_wide(agents, magnitude(amount));
  return add_wide(sum, select(product, negate_wide(product), amount < 0));
}

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
    sum = add_amount(sum, exploiting, game_payoff(kind, own, 1u, ability, ONE));
    sum = add_amount(sum, complying, game_payoff(kind, own, 0u, ability, ONE));
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
  let other = looked_at(me);
  let seen = other != me && quarantined(me) == 0u && quarantined(other) == 0u && removed(other) == 0u;
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
