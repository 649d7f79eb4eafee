// How strategies spread between neighbours by the payoffs of the last games: each takes that of the best (Nowak & May 1992), or looks at a random neighbour and imitates
// it with the Fermi probability (Szabó & Tőke 1998). Who looks at nobody keeps its strategy.
import package::agent::{degree, neighbor, param, payoff, set_strategy, strategy};
import package::imitation::fermi_at_noise;
import package::random::{below, chance};

/// Position of the option of `how`; `fermi` is the other.
const BEST = 0u;

/// Takes the strategy of the largest payoff among the agent and those it looks at. If both strategies reach it, the agent keeps its own: no other tie matters.
fn imitate_best(me: u32) {
  let own = strategy(me);
  var alike = payoff(me);
  var unlike = -1;
  for (var k = 0u; k < degree(me); k++) {
    let other = neighbor(me, k);
    if (strategy(other) == own) {
      alike = max(alike, payoff(other));
    } else {
      unlike = max(unlike, payoff(other));
    }
  }
  if (unlike > alike) {
    set_strategy(1u - own);
  }
}

fn imitate_random(me: u32) {
  let model = neighbor(me, below(degree(me)));
  if (strategy(model) != strategy(me) && chance(fermi_at_noise(payoff(model) - payoff(me), param.noise))) {
    set_strategy(strategy(model));
  }
}

fn learn_from_neighbors(me: u32) {
  if (param.how == BEST) {
    imitate_best(me);
  } else if (degree(me) > 0u) {
    imitate_random(me);
  }
}
