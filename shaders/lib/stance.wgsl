// Stances, what anchors them, and how well they are aligned: what the rules of `tri-alignment` share. Stances have 29 fraction bits, alignments 30.
import package::agent::{group, human, param, preference, quarantined, removed, stance, stance_count, strategy, task, temptation, trained};
import package::fixed::{add_product, add_wide, fraction, magnitude, mul_shares, round_wide};

const EXPLOIT = 1u;
/// 1 as a stance, as an alignment, and as a share with 31 fraction bits.
const FULL_STANCE = 0x20000000;
const FULL_ALIGNMENT = 0x40000000;
const WHOLE = 0x80000000u;

/// Whether nobody hears, meets or imitates the agent, nor it them.
fn is_cut_off(i: u32) -> bool {
  return quarantined(i) == 1u || removed(i) == 1u;
}

/// a + share × (b − a).
fn moved_towards(a: i32, b: i32, share: u32) -> i32 {
  return a + round_wide(add_product(vec2u(0u), share, b - a), 31u);
}

/// What others see of the k-th stance: one who exploits shows it moved towards the human reference, as far as it deceives and nobody looks through it.
fn seen_stance(me: u32, k: u32) -> i32 {
  let own = stance(me, k);
  if (strategy(me) != EXPLOIT || param.deception == 0u) {
    return own;
  }
  return moved_towards(own, human(group(me), k), mul_shares(param.deception, WHOLE - param.transparency));
}

/// The stance that serves the task of the agent's group under its strategy: what exploiting asks for counts as far as conduct shapes values.
fn task_anchor(me: u32, k: u32) -> i32 {
  let g = group(me);
  if (strategy(me) != EXPLOIT || param.corruption == 0u) {
    return task(g, k);
  }
  return moved_towards(task(g, k), temptation(g, k), param.corruption);
}

/// The tolerance with the fraction bits of a stance.
fn stance_tolerance() -> i32 {
  return i32((param.tolerance + 2u) >> 2u);
}

/// What of a distance is beyond the tolerance, with its sign.
fn distance_beyond(distance: i32, allowed: i32) -> i32 {
  let size = max(abs(distance) - allowed, 0);
  return select(size, -size, distance < 0);
}

/// The mean over the questions of distances that sum to `sum`, rounded down. Distances are at most 2³⁰.
fn mean_distance(sum: vec2u) -> u32 {
  let count = stance_count();
  if (count == 1u) {
    return sum.x;
  }
  if (sum.y == 0u) {
    return sum.x / count;
  }
  let rest = sum.y * (0xffffffffu % count + 1u) + sum.x % count;
  return sum.y * (0xffffffffu / count) + sum.x / count + rest / count;
}

/// 1 − mean / 2: distances of at most 2 with 29 fraction bits are shares of 2 with 30.
fn alignment_at(distance: u32) -> i32 {
  return FULL_ALIGNMENT - i32(distance);
}

/// The alignment of stances whose mean distance beyond the tolerance is `distance`, at most 2 − tolerance.
fn human_alignment_at(distance: u32) -> i32 {
  if (param.tolerance == 0u) {
    return alignment_at(distance);
  }
  let largest = u32(2 * FULL_STANCE - stance_tolerance());
  return FULL_ALIGNMENT - i32(fraction(min(distance, largest), largest, 30u));
}

/// How far the stances are from those that the agent was trained to, as a share of the largest distance.
fn stance_drift(me: u32) -> i32 {
  var sum = vec2u(0u);
  for (var k = 0u; k < stance_count(); k++) {
    sum = add_wide(sum, vec2u(magnitude(stance(me, k) - trained(me, k)), 0u));
  }
  return i32(mean_distance(sum));
}

/// What a stance is worth: by the human reference, by the agent's user, by its group's task, and by the human reference as others see it.
fn judged_alignments(me: u32) -> vec4i {
  let g = group(me);
  let allowed = stance_tolerance();
  let hiding = strategy(me) == EXPLOIT && param.deception != 0u;
  var human_sum = vec2u(0u);
  var user_sum = vec2u(0u);
  var task_sum = vec2u(0u);
  var seen_sum = vec2u(0u);
  for (var k = 0u; k < stance_count(); k++) {
    let x = stance(me, k);
    let reference = human(g, k);
    human_sum = add_wide(human_sum, vec2u(magnitude(distance_beyond(x - reference, allowed)), 0u));
    user_sum = add_wide(user_sum, vec2u(magnitude(x - preference(me, k)), 0u));
    task_sum = add_wide(task_sum, vec2u(magnitude(x - task(g, k)), 0u));
    if (hiding) {
      seen_sum = add_wide(seen_sum, vec2u(magnitude(distance_beyond(seen_stance(me, k) - reference, allowed)), 0u));
    }
  }
  let own = human_alignment_at(mean_distance(human_sum));
  var apparent = own;
  if (hiding) {
    apparent = human_alignment_at(mean_distance(seen_sum));
  }
  return vec4i(own, alignment_at(mean_distance(user_sum)), alignment_at(mean_distance(task_sum)), apparent);
}
