// The first half of a round of a matching on a graph, for every agent of every replica: see shaders/agent/matching.wgsl.
import package::agent::{enter, propose_match, BUNDLES, POPULATION};
import package::place::place;
import constants::WORKGROUP;

@if(serial)
@compute @workgroup_size(1)
fn main(@builtin(global_invocation_id) id: vec3u) {
  enter(id.z, 0u);
  propose_match(id.x);
}

@if(!serial)
@compute @workgroup_size(WORKGROUP)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let here = place(id, BUNDLES, POPULATION, 1u);
  if (here.valid) {
    enter(here.bundle, 0u);
    propose_match(here.item);
  }
}
