// One rule for every agent, every agent of a class, or every group of every world.
import package::agent::{BUNDLES, STRANDS};
@if(!serial) import package::agent::STRIDE;
import package::pass::act;
@if(!serial) import package::pass::settle;
@if(!serial) import package::place::place_by_words;
import constants::{ITEMS, WORKGROUP};

@if(serial && !direct)
@compute @workgroup_size(1)
fn main(@builtin(global_invocation_id) id: vec3u) {
  act(id.z, 0u, id.x);
}

@if(serial && direct)
@compute @workgroup_size(1)
fn main(@builtin(global_invocation_id) id: vec3u) {
  for (var strand = 0u; strand < STRANDS; strand++) {
    act(id.z, strand, id.x);
  }
}

@if(!serial)
@compute @workgroup_size(WORKGROUP)
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(local_invocation_index) lane: u32) {
  let here = place_by_words(id, BUNDLES, ITEMS, STRIDE);
  let valid = here.valid && here.strand < STRANDS;
  if (valid) {
    act(here.bundle, here.strand, here.item);
  }
  settle(lane, here.bundle, here.value, valid);
}
