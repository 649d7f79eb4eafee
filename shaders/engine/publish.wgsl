// Moves the cells of every world to where they are read (the ring of measured steps, or the aggregates that the next rule sees) and resets them.
import package::agent::{enter, frame, scratch_words, world, BUNDLES, STRANDS};
import package::pass::{deliver, identity};
import package::place::place;
import constants::{CELLS, CELLS_AT, WORKGROUP};

fn publish(its_bundle: u32, its_strand: u32, cell: u32) {
  enter(its_bundle, its_strand);
  let at = CELLS_AT + 2u * (world * CELLS + cell);
  deliver(cell, atomicLoad(&scratch_words[at]), atomicLoad(&scratch_words[at + 1u]));
  atomicStore(&scratch_words[at], identity(cell));
  atomicStore(&scratch_words[at + 1u], 0u);
}

@if(serial && !direct)
@compute @workgroup_size(1)
fn main(@builtin(global_invocation_id) id: vec3u) {
  publish(id.z, 0u, id.x);
}

@if(serial && direct)
@compute @workgroup_size(1)
fn main(@builtin(global_invocation_id) id: vec3u) {
  for (var strand = 0u; strand < STRANDS; strand++) {
    publish(id.z, strand, id.x);
  }
}

@if(!serial)
@compute @workgroup_size(WORKGROUP)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let here = place(id, BUNDLES, CELLS, STRANDS);
  if (here.valid) {
    publish(here.bundle, here.strand, here.item);
  }
}
