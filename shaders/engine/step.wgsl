// One rule for every agent, every agent of a class, or every group of every world.
import package::agent::{POINTS, REPLICAS};
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
  for (var point = 0u; point < POINTS; point++) {
    act(id.z, point, id.x);
  }
}

@if(!serial)
@compute @workgroup_size(WORKGROUP)
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(local_invocation_index) lane: u32) {
  let here = place_by_words(id, REPLICAS, ITEMS, STRIDE);
  let valid = here.valid && here.point < POINTS;
  if (valid) {
    act(here.replica, here.point, here.item);
  }
  settle(lane, here.replica, here.value, valid);
}
