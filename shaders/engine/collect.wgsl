// Measures the population: every agent contributes to sums and extremes, which are reduced exactly into the world's cells of the scratch arena (two
// words each): a tree in the workgroup, then two-word atomics with carry. On a CPU one invocation walks through agents of its bundle's worlds.
import package::pass::{flush, gather};
import package::agent::{enter, enter_world, frame, POPULATION, STRANDS, WORLDS};
@if(!serial) import package::reduce::clear_bins;
import constants::WORKGROUP;

@if(serial && direct)
@compute @workgroup_size(1)
fn main(@builtin(global_invocation_id) id: vec3u) {
  for (var me = frame.agent_begin; me < frame.agent_end; me++) {
    for (var strand = 0u; strand < STRANDS; strand++) {
      enter(id.z, strand);
      gather(me);
    }
  }
}

@if(serial && !direct)
@compute @workgroup_size(1)
fn main(@builtin(global_invocation_id) id: vec3u) {
  enter(id.z, 0u);
  for (var me = frame.agent_begin; me < frame.agent_end; me++) {
    gather(me);
  }
  flush(0u);
}

@if(!serial)
@compute @workgroup_size(WORKGROUP)
fn main(@builtin(local_invocation_index) lane: u32, @builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let number = group.z * groups.y + group.y;
  if (number < WORLDS) {
    enter_world(number);
    clear_bins(lane);
    for (var me = group.x * WORKGROUP + lane; me < POPULATION; me += groups.x * WORKGROUP) {
      gather(me);
    }
    flush(lane);
  }
}
