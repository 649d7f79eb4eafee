// One rule for every agent of every world.
import package::agent::{POPULATION, WORLDS};
import package::pass::act;
import package::place::place;
import constants::WORKGROUP;

@compute @workgroup_size(WORKGROUP)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let here = place(id, POPULATION, WORLDS);
  if (here.valid) {
    act(here.world, here.item);
  }
}
