// How well the new stances are aligned, and how far they have come.
import package::agent::{set_apparent_alignment, set_drift, set_human_alignment, set_preferential_alignment, set_task_alignment};
import package::stance::{alignments_of, drift_of};

fn judge_alignment(me: u32) {
  let found = alignments_of(me);
  set_human_alignment(found.x);
  set_preferential_alignment(found.y);
  set_task_alignment(found.z);
  set_apparent_alignment(found.w);
  set_drift(drift_of(me));
}
