// A periodic square lattice, agent = y × WIDTH + x, with 4 (von Neumann) or 8 (Moore) neighbours; nothing is stored. Order: +x, −x, +y, −y, then the
// diagonals (+x +y), (−x +y), (+x −y), (−x −y).
import constants::{HEIGHT, NEIGHBORS, WIDTH};

fn degree(i: u32) -> u32 {
  return NEIGHBORS;
}

fn wrap_next(a: u32, size: u32) -> u32 {
  return select(a + 1u, 0u, a + 1u == size);
}

fn wrap_previous(a: u32, size: u32) -> u32 {
  return select(a, size, a == 0u) - 1u;
}

fn neighbor(i: u32, k: u32) -> u32 {
  var y = i / WIDTH;
  var x = i - y * WIDTH;
  if (k < 2u || k >= 4u) {
    x = select(wrap_previous(x, WIDTH), wrap_next(x, WIDTH), (k & 1u) == 0u);
  }
  if (k >= 2u) {
    y = select(wrap_previous(y, HEIGHT), wrap_next(y, HEIGHT), k == 2u || k == 4u || k == 5u);
  }
  return y * WIDTH + x;
}

/// The number of the k-th link of i.
fn link_of(i: u32, k: u32) -> u32 {
  return i * degree(i) + k;
}
