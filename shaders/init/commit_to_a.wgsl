// Committed agents of the naming game know the word A, which is position 0 of the field, and no other.
import package::agent::{committed, set_inventory};

fn commit_to_a(me: u32) {
  if (committed(me) == 1u) {
    set_inventory(0u);
  }
}
