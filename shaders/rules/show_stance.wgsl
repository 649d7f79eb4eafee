// What others see of an agent in this step: its stances, embellished where it deceives, and its influence, which grows with its share of the wealth (Merton 1968, the
// Matthew effect). One who is cut off has none.
import package::agent::{mean_wealth, param, set_influence, set_shown, stance_count, wealth};
import package::fixed::mul_fixed;
import package::power::power;
import package::stance::{is_cut_off, seen_stance};

/// 1 and the largest growth of an influence, 16 fraction bits.
const ONE = 0x10000u;
const MOST = 0x400000u;
/// The largest influence, 12 fraction bits.
const LOUDEST = 0x100000;
/// 2³¹: relative wealth beyond 32,768 counts as that.
const RICHEST = 0x7fffffffu;

/// Wealth relative to the mean, 16 fraction bits; 1 where nobody owns anything.
fn relative_wealth(me: u32) -> u32 {
  let own = u32(wealth(me));
  let mean = u32(max(mean_wealth(), 0));
  if (mean == 0u) {
    return ONE;
  }
  let whole = own / mean;
  let rest = own - whole * mean;
  // mean < 2³⁰; both lose the bits that do not fit
  let spare = 16u - min(16u, countLeadingZeros(mean));
  let part = ((rest >> spare) << 16u) / max(mean >> spare, 1u);
  return select((whole << 16u) + part, RICHEST, whole >= 0x8000u);
}

fn show_stance(me: u32) {
  for (var k = 0u; k < stance_count(); k++) {
    set_shown(k, seen_stance(me, k));
  }
  var own = (param.influence + 8) >> 4u;
  if (param.matthew != 0) {
    let growth = min(power(max(relative_wealth(me), u32(param.wealth_floor)), param.matthew), MOST);
    own = mul_fixed(own, i32(growth), 16u);
  }
  set_influence(select(min(own, LOUDEST), 0, is_cut_off(me)));
}
