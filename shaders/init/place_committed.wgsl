// Places committed agents at random: exactly the share `committed` of all, rounded to the nearest number of agents (half up). What they are committed to is
// the affair of the setup rule after this one.
import package::agent::{param, population, rank, set_committed};
import package::fixed::{add_wide, mul_wide};

/// Half an agent, where a share has 31 fraction bits.
const HALF = 0x40000000u;

fn place_committed(me: u32) {
  let rounded = add_wide(mul_wide(param.committed, population()), vec2u(HALF, 0u));
  let agents = (rounded.x >> 31u) | (rounded.y << 1u);
  set_committed(u32(rank(me) < agents));
}
