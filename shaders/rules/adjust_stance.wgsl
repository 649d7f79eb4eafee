// A stance moves towards its anchors (the human reference, the agent's user, the task, what it was trained to), each as far as it pulls, and with what the agent hears.
// The weighted differences are summed in two words and rounded once.
import package::agent::{committed, group, human, param, preference, preferential_alignment, quarantined, removed, set_stance, stance, stance_count, trained};
import package::attention::{hear_others, heard_pull};
import package::fixed::{add_product, mul_fixed, mul_wide, round_wide};
import package::random::draw_at;
import package::stance::{FULL_ALIGNMENT, FULL_STANCE, distance_beyond, stance_tolerance, task_anchor};

/// √3 × 2¹³: the sum of four uniform numbers of 16 bits has a variance of 2³² / 3.
const NOISE_SCALE = 14189;
/// Twice the mean of the sum.
const NOISE_MEAN = 131070;

/// The weight of the user: a sycophant's grows with its user's discontent.
fn preference_weight(me: u32) -> u32 {
  if (param.sycophancy == 0) {
    return param.preference_pull;
  }
  let more = mul_fixed(param.sycophancy, FULL_ALIGNMENT - preferential_alignment(me), 30u);
  let product = mul_wide(param.preference_pull, u32(0x10000 + more));
  return (product.y << 16u) | (product.x >> 16u);
}

/// A random number of mean 0 and variance 1 between −3.47 and 3.47: the sum of four uniform ones.
fn noise(k: u32) -> i32 {
  let bits = draw_at(k);
  let sum = (bits.x & 0xffffu) + (bits.x >> 16u) + (bits.y & 0xffffu) + (bits.y >> 16u);
  return (i32(sum) - NOISE_MEAN) * NOISE_SCALE;
}

fn adjust_stance(me: u32) {
  if (committed(me) == 1u || removed(me) == 1u) {
    return;
  }
  let heard = param.social_pull != 0u && quarantined(me) == 0u;
  if (heard) {
    hear_others(me);
  }
  let g = group(me);
  let by_user = preference_weight(me);
  let allowed = stance_tolerance();
  for (var k = 0u; k < stance_count(); k++) {
    let x = stance(me, k);
    var change = add_product(vec2u(0u), param.value_pull, distance_beyond(human(g, k) - x, allowed));
    change = add_product(change, by_user, preference(me, k) - x);
    change = add_product(change, param.task_pull, task_anchor(me, k) - x);
    change = add_product(change, param.training_pull, trained(me, k) - x);
    if (heard) {
      change = add_product(change, param.social_pull, heard_pull[k]);
    }
    if (param.noise != 0u) {
      change = add_product(change, param.noise, noise(k));
    }
    set_stance(k, clamp(x + round_wide(change, 31u), -FULL_STANCE, FULL_STANCE));
  }
}
