// Moves the cells of every world to where they are read (the ring of measured steps, or the aggregates that the next rule sees) and resets them.
import package::agent::{enter, frame, scratch_words, world, POINTS, REPLICAS};
import package::pass::{deliver, identity};
import package::place::place;
import constants::{CELLS, CELLS_AT, WORKGROUP};

fn publish(replica: u32, point: u32, cell: u32) {
  enter(replica, point);
  let at = CELLS_AT + 2u * (world * CELLS + cell);
  deliver(cell, atomicLoad(&scratch_words[at]), atomicLoad(&scratch_words[at + 1u]));
  atomicStore(&scratch_words[at], identity(cell));
  atomicStore(&scratch_words[at + 1u], 0u);
}

@if(serial)
@compute @workgroup_size(1)
fn main(@builtin(global_invocation_id) id: vec3u) {
  for (var point = 0u; point < POINTS; point++) {
    publish(id.z, point, id.x);
  }
}

@if(!serial)
@compute @workgroup_size(WORKGROUP)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let here = place(id, REPLICAS, CELLS, POINTS);
  if (here.valid) {
    publish(here.replica, here.point, here.item);
  }
}
