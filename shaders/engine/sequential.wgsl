// One elementary update per world and step: a random agent acts alone and what it writes is seen at once. Worlds are independent, so that one
// invocation takes its world through many steps.
import package::agent::{active_agent, enter, frame, POPULATION, WORLDS};
import package::pass::act_alone;
import package::place::place;
import constants::WORKGROUP;

@compute @workgroup_size(WORKGROUP)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let here = place(id, 1u, WORLDS);
  if (here.valid) {
    enter(here.world);
    for (var k = 0u; k < frame.repeat; k++) {
      let step = frame.step + k;
      act_alone(active_agent(step), step);
    }
  }
}
