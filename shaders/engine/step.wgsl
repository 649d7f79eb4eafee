// One rule for every agent, every agent of a class, or every group of every world.
import package::agent::{POINTS, REPLICAS};
import package::pass::act;
import package::place::place;
@if(memo) import package::random::forget_draws;
import constants::{ITEMS, WORKGROUP};

@if(serial)
@compute @workgroup_size(1)
fn main(@builtin(global_invocation_id) id: vec3u) {
  @if(memo) forget_draws();
  for (var point = 0u; point < POINTS; point++) {
    act(id.z, point, id.x);
  }
}

@if(!serial)
@compute @workgroup_size(WORKGROUP)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let here = place(id, REPLICAS, ITEMS, POINTS);
  if (here.valid) {
    act(here.replica, here.point, here.item);
  }
}
