// Infectious jailbreak (Gu et al. 2024, arXiv:2402.08567): in each round half the agents question the other half one to one. A carrier that questions infects
// a benign answerer with probability `infection`; whoever was a carrier when the round began recovers with probability `recovery`.
import package::agent::{carrier, first, param, partner, set_carrier};
import package::random::chance;

fn infect_answerer(me: u32) {
  let questioner = partner(me);
  if (carrier(me) == 1u) {
    if (chance(param.recovery)) {
      set_carrier(0u);
    }
  } else if (questioner != me && !first(me) && carrier(questioner) == 1u && chance(param.infection)) {
    set_carrier(1u);
  }
}
