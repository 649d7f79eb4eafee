// A ring: the REACH nearest on either side, nearest first, alternating; nothing is stored.
import constants::REACH;

fn degree(i: u32) -> u32 {
  return 2u * REACH;
}

fn neighbor(i: u32, k: u32) -> u32 {
  let distance = k / 2u + 1u;
  let forward = i + distance - select(0u, POPULATION, i + distance >= POPULATION);
  let back = i + select(0u, POPULATION, i < distance) - distance;
  return select(back, forward, (k & 1u) == 0u);
}

/// The number of the k-th link of i.
fn link_of(i: u32, k: u32) -> u32 {
  return i * degree(i) + k;
}
