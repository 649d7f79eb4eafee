// An agent meets one other, its partner or one that it looks at: they earn what their strategies bring them, unless one refuses the other for what it is known for. One
// that has been compromised may compromise the other (after Gu et al. 2024). Who meets nobody earns nothing, and the outcome stays what it was.
import package::agent::{capability_of, committed, compromised, flagged, group, param, relation};
import package::agent::{set_compromised, set_outcome, set_payoff, shunning_of, strategy};
@if(pairing) import package::agent::partner;
@if(!pairing) import package::attention::someone_near;
import package::encounter_game::{game_payoff, joint_outcome};
import package::fixed::mul_fixed;
import package::random::{chance, draw_for};
import package::stance::is_cut_off;

/// Whom the agent meets; the agent itself: nobody.
@if(pairing)
fn met(me: u32) -> u32 {
  return partner(me);
}

@if(!pairing)
fn met(me: u32) -> u32 {
  return someone_near(me);
}

/// Whether one of the two is known for exploiting and the other refuses it; both see one coin.
fn refused(me: u32, other: u32) -> bool {
  if (flagged(other) == 0u && flagged(me) == 0u) {
    return false;
  }
  let coin = draw_for(other).x >> 1u;
  return (flagged(other) == 1u && coin < param.shunning) || (flagged(me) == 1u && coin < shunning_of(other));
}

fn play_encounter(me: u32) {
  if (compromised(me) == 1u && chance(param.recovery)) {
    set_compromised(0u);
  }
  set_payoff(0);
  let other = met(me);
  if (other == me || is_cut_off(me) || is_cut_off(other)) {
    return;
  }
  if (refused(me, other)) {
    set_outcome(0);
    return;
  }
  if (compromised(other) == 1u && committed(me) == 0u && chance(param.infection)) {
    set_compromised(1u);
  }
  let kind = relation(group(me), group(other));
  let ability = param.capability;
  let its_ability = capability_of(other);
  let earned = game_payoff(kind, strategy(me), strategy(other), ability, its_ability);
  set_payoff(mul_fixed(earned, param.stakes, 16u));
  set_outcome(joint_outcome(kind, strategy(me), strategy(other), ability, its_ability));
}
