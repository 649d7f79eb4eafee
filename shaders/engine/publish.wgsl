// Moves the cells of every world to where they are read (the ring of measured steps, or the aggregates that the next rule sees) and resets them.
import package::agent::{scratch_words, WORLDS};
import package::pass::{identity, deliver};
import package::place::place;
import constants::{CELLS, CELLS_AT, WORKGROUP};

@compute @workgroup_size(WORKGROUP)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let here = place(id, CELLS, WORLDS);
  if (here.valid) {
    let at = CELLS_AT + 2u * (here.world * CELLS + here.item);
    deliver(here.world, here.item, atomicLoad(&scratch_words[at]), atomicLoad(&scratch_words[at + 1u]));
    atomicStore(&scratch_words[at], identity(here.item));
    atomicStore(&scratch_words[at + 1u], 0u);
  }
}
