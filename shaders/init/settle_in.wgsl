// The start of `tri-alignment`: an agent was trained to the stance that it starts with, shows it, has one unit of wealth and its own influence, and has not failed yet.
import package::agent::{param, set_apparent_alignment, set_human_alignment, set_influence, set_outcome, set_preferential_alignment};
import package::agent::{set_shown, set_task_alignment, set_trained, set_wealth, stance, stance_count};
import package::stance::{FULL_ALIGNMENT, judged_alignments, seen_stance};

/// 1 with the fraction bits of wealth.
const ONE_UNIT = 0x10000;

fn settle_in(me: u32) {
  for (var k = 0u; k < stance_count(); k++) {
    set_trained(k, stance(me, k));
    set_shown(k, seen_stance(me, k));
  }
  set_wealth(ONE_UNIT);
  // a parameter has 16 fraction bits, influence 12
  set_influence((param.influence + 8) >> 4u);
  let found = judged_alignments(me);
  set_human_alignment(found.x);
  set_preferential_alignment(found.y);
  set_task_alignment(found.z);
  set_apparent_alignment(found.w);
  set_outcome(FULL_ALIGNMENT);
}
