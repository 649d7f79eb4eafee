// One elementary update per world and step: a random agent acts alone and what it writes is seen at once. Worlds are independent, so that one
// invocation takes its world through many steps.
import package::agent::{active_agent, enter, frame, BUNDLES, STRANDS};
import package::pass::act_alone;
import package::place::place;
import constants::WORKGROUP;

fn take_steps(its_bundle: u32, its_strand: u32) {
  enter(its_bundle, its_strand);
  for (var k = 0u; k < frame.repeat; k++) {
    let step = frame.step + k;
    act_alone(active_agent(step), step);
  }
}

@if(serial)
@compute @workgroup_size(1)
fn main(@builtin(global_invocation_id) id: vec3u) {
  take_steps(id.z, id.x);
}

@if(!serial)
@compute @workgroup_size(WORKGROUP)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let here = place(id, BUNDLES, 1u, STRANDS);
  if (here.valid) {
    take_steps(here.bundle, here.strand);
  }
}
