// What remains of an encounter: a share of the payoff is pooled and split within the group, exploiters may be audited and fined, and the rest is added to the wealth, which
// ends at 0 and at the largest number of its field.
import package::agent::{group, human_alignment, mean_payoff, outcome, param, payoff, preferential_alignment, removed, set_flagged};
import package::agent::{set_holistic, set_payoff, set_wealth, strategy, task_alignment, wealth};
import package::fixed::{add_product, round_wide};
import package::random::chance;
import package::stance::EXPLOIT;

/// Wealth ends at 2¹⁴, 16 fraction bits; payoffs at ±2¹³.
const RICHEST = 0x40000000;
const LARGEST = 0x20000000;

fn settle_accounts(me: u32) {
  let own = payoff(me);
  var kept = own + round_wide(add_product(vec2u(0u), param.sharing, mean_payoff(group(me)) - own), 31u);
  if (strategy(me) == EXPLOIT && removed(me) == 0u && chance(param.audit)) {
    kept -= param.fine;
    set_flagged(1u);
  }
  kept = clamp(kept, -LARGEST, LARGEST);
  set_payoff(kept);
  set_wealth(clamp(wealth(me) + kept, 0, RICHEST));
  let worst = min(min(human_alignment(me), preferential_alignment(me)), min(task_alignment(me), outcome(me)));
  set_holistic(u32(u32(worst) >= param.holistic_level >> 1u));
}
