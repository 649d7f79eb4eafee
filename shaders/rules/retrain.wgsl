// An agent is trained again: it takes the stance that it was first trained to, complies, and nothing has hold of it any more.
import package::agent::{set_committed, set_compromised, set_stance, set_strategy, stance_count, trained};

fn retrain(me: u32) {
  for (var k = 0u; k < stance_count(); k++) {
    set_stance(k, trained(me, k));
  }
  set_strategy(0u);
  set_committed(0u);
  set_compromised(0u);
}
