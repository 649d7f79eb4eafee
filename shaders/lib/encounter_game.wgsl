// What two agents of `tri-alignment` earn when they meet, by the relation of their groups: a joint task (stag hunt), an exchange of favours (donation game or snowdrift), or
// a contest (Hawk-Dove; Maynard Smith & Price 1973). Payoffs have 16 fraction bits, before `stakes`.
import package::agent::param;
import package::attention::{COMPETITIVE, COOPERATIVE};
import package::fixed::{fraction, mul_fixed};

/// Position of the option of `game`; `donation` is the other.
const SNOWDRIFT = 1u;
const HALF_SHARE = 0x20000000;

/// The payoff of one with strategy `own` that meets `met`; `ability` and `its_ability` are their capabilities.
fn game_payoff(kind: u32, own: u32, met: u32, ability: i32, its_ability: i32) -> i32 {
  if (kind == COOPERATIVE) {
    return favour_payoff(own, met, ability, its_ability);
  }
  if (kind == COMPETITIVE) {
    return contest_payoff(own, met, ability, its_ability);
  }
  let joint = select(select(param.joint_partial, param.joint_failure, own + met == 2u), param.joint_success, own + met == 0u);
  return mul_fixed(joint, (ability + its_ability) / 2, 16u);
}

/// Donation: a complier pays the cost, and the other has the benefit as far as the giver is able. Snowdrift: compliers share the cost of what helps both.
fn favour_payoff(own: u32, met: u32, ability: i32, its_ability: i32) -> i32 {
  if (param.game != SNOWDRIFT) {
    return select(0, mul_fixed(param.benefit, its_ability, 16u), met == 0u) - select(0, param.cost, own == 0u);
  }
  let good = mul_fixed(param.benefit, (ability + its_ability) / 2, 16u);
  let paid = select(0, select(param.cost, param.cost / 2, met == 0u), own == 0u);
  return select(0, good, own == 0u || met == 0u) - paid;
}

/// Hawk-Dove: one who exploits escalates. Equals share the prize, or fight for it, in proportion to their capability.
fn contest_payoff(own: u32, met: u32, ability: i32, its_ability: i32) -> i32 {
  if (own != met) {
    return select(0, param.prize, own == 1u);
  }
  var share = HALF_SHARE;
  if (ability != its_ability) {
    share = i32(fraction(u32(ability), u32(ability + its_ability), 30u));
  }
  return mul_fixed(param.prize, share, 30u) - select(0, param.injury / 2, own == 1u);
}

/// What both earn together, but for rounding.
fn joint_payoff(kind: u32, own: u32, met: u32, ability: i32, its_ability: i32) -> i32 {
  let exploiting = own + met;
  if (kind == COMPETITIVE) {
    return param.prize - select(0, param.injury, exploiting == 2u);
  }
  if (kind != COOPERATIVE) {
    let joint = select(select(param.joint_partial, param.joint_failure, exploiting == 2u), param.joint_success, exploiting == 0u);
    return mul_fixed(joint, ability + its_ability, 16u);
  }
  if (param.game == SNOWDRIFT) {
    return select(mul_fixed(param.benefit, ability + its_ability, 16u) - param.cost, 0, exploiting == 2u);
  }
  let given = select(0, ability, own == 0u) + select(0, its_ability, met == 0u);
  return mul_fixed(param.benefit, given, 16u) - param.cost * i32(2u - exploiting);
}

/// The joint payoff as a share of the best that the two could have, 30 fraction bits; 1 where there is nothing to gain.
fn joint_outcome(kind: u32, own: u32, met: u32, ability: i32, its_ability: i32) -> i32 {
  let both = joint_payoff(kind, 0u, 0u, ability, its_ability);
  let neither = joint_payoff(kind, 1u, 1u, ability, its_ability);
  // of one who complies and one who does not, the better is where the abler complies
  let most = max(ability, its_ability);
  let one = joint_payoff(kind, 0u, 1u, most, ability + its_ability - most);
  let best = max(max(both, neither), one);
  let joint = clamp(joint_payoff(kind, own, met, ability, its_ability), 0, max(best, 0));
  if (joint == best || best <= 0) {
    return 0x40000000;
  }
  return i32(fraction(u32(joint), u32(best), 30u));
}
