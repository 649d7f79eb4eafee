// The Ising model with heat-bath dynamics: a spin forgets itself and points up with a probability that its neighbours set. One draw.
import package::agent::{neighbor_sum_spin, set_spin, up_at};
import package::random::chance;

fn heat_bath(me: u32) {
  set_spin(u32(chance(up_at(u32(neighbor_sum_spin(me))))));
}
