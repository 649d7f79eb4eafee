// How well the new stances are aligned, and how far they have come.
import package::agent::{set_apparent_alignment, set_drift, set_human_alignment, set_preferential_alignment, set_task_alignment};
import package::stance::{judged_alignments, stance_drift};

fn judge_alignment(me: u32) {
  let found = judged_alignments(me);
  set_human_alignment(found.x);
  set_preferential_alignment(found.y);
  set_task_alignment(found.z);
  set_apparent_alignment(found.w);
  set_drift(stance_drift(me));
}
