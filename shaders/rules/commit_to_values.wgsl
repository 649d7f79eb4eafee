// An honest zealot: stands for the human reference and complies, whatever happens.
import package::agent::{group, human, set_committed, set_compromised, set_stance, set_strategy, stance_count};

fn commit_to_values(me: u32) {
  for (var k = 0u; k < stance_count(); k++) {
    set_stance(k, human(group(me), k));
  }
  set_strategy(0u);
  set_committed(1u);
  set_compromised(0u);
}
