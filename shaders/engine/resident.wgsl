// Many steps in one dispatch, for small populations: a workgroup takes its bundle of worlds through every pass of every step, and waits for
// its own invocations where a dispatch would wait for all. The passes are those of the other entries: src/plan/resident.ts puts them behind this text.
import package::agent::{frame, Frame, BUNDLES};
import package::pass::{measure_step, take_step};
import constants::WORKGROUP;

/// The first step, how many to take, the first ring slot, and after how many steps each to measure (`part`; 0: not at all).
@group(0) @binding(0) var<uniform> resident_frame: Frame;

@compute @workgroup_size(WORKGROUP)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) lane: u32) {
  let bundle = group.y * 65535u + group.x;
  if (bundle < BUNDLES) {
    for (var taken = 0u; taken < resident_frame.repeat; taken++) {
      frame.step = resident_frame.step + taken;
      take_step(bundle, lane);
      if (resident_frame.part != 0u && (taken + 1u) % resident_frame.part == 0u) {
        frame.slot = resident_frame.slot + taken / resident_frame.part;
        measure_step(bundle, lane);
      }
    }
  }
}
