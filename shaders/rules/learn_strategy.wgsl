// How strategies of a symmetric game of two spread in a well-mixed population: imitation by expected payoff (fermi) or by the payoffs of one encounter each
// (proportional), or replacement by offspring (moran). Strategy 0 cooperates, 1 defects. Nobody meets itself. The imitated agent is drawn independently of the
// agent met: drawn as the same one, imitation would not settle at the game's mixed equilibrium.
import package::agent::{defector_count, degree, neighbor, param, population, set_strategy, strategy};
import package::contact::encounter;
import package::fixed::{add_wide, fraction, mul_fixed, mul_wide, wide_fraction};
import package::imitation::{fermi, proportional};
import package::random::{below, chance};

/// Positions of the options of `how`; `moran` is the third.
const FERMI = 0u;
const PROPORTIONAL = 1u;

fn payoff(own: u32, met: u32) -> i32 {
  let cooperating = select(param.reward, param.sucker, met == 1u);
  let defecting = select(param.temptation, param.punishment, met == 1u) + param.advantage;
  return select(cooperating, defecting, own == 1u);
}

/// Mean payoff of one with strategy `own` over all others, who are at least one.
fn expected_payoff(own: u32) -> i32 {
  let others = population() - 1u;
  let defectors = defector_count();
  let met = min(defectors - min(own, defectors), others);
  let least = payoff(own, 0u);
  return least + mul_fixed(payoff(own, 1u) - least, i32(fraction(met, others, 30u)), 30u);
}

/// The largest difference of two payoffs of the game.
fn payoff_range() -> i32 {
  let cooperating = vec2i(payoff(0u, 0u), payoff(0u, 1u));
  let defecting = vec2i(payoff(1u, 0u), payoff(1u, 1u));
  let low = min(cooperating, defecting);
  let high = max(cooperating, defecting);
  return max(high.x, high.y) - min(low.x, low.y);
}

/// Probability of imitating by what the two earned in one encounter each; 0 if one of them met nobody.
fn by_realised(me: u32, model: u32) -> u32 {
  let mine = encounter(me);
  let its = encounter(model);
  if (mine == me || its == model) {
    return 0u;
  }
  let advantage = payoff(strategy(model), strategy(its)) - payoff(strategy(me), strategy(mine));
  return proportional(advantage, payoff_range());
}

/// The number of agents with a strategy times their fitness, which is the expected payoff and never negative.
fn fitness_weight(own: u32, agents: u32) -> vec2u {
  return mul_wide(agents, u32(max(expected_payoff(own), 0)));
}

/// The agent dies, and the offspring of one of all agents takes its place; it may be its own. Where nobody is fit, nothing happens.
fn be_replaced(me: u32) {
  let defectors = fitness_weight(1u, defector_count());
  let all = add_wide(defectors, fitness_weight(0u, population() - defector_count()));
  if ((all.x | all.y) != 0u) {
    set_strategy(u32(chance(wide_fraction(defectors, all))));
  }
}

fn learn_strategy(me: u32) {
  let choices = degree(me);
  if (choices == 0u) {
    return;
  }
  if (param.how != FERMI && param.how != PROPORTIONAL) {
    be_replaced(me);
    return;
  }
  let model = neighbor(me, below(choices));
  var probability = 0u;
  if (param.how == PROPORTIONAL) {
    probability = by_realised(me, model);
  } else if (strategy(model) != strategy(me)) {
    let lead = expected_payoff(1u) - expected_payoff(0u);
    probability = fermi(select(lead, -lead, strategy(me) == 1u), param.selection);
  }
  if (chance(probability)) {
    set_strategy(strategy(model));
  }
}
