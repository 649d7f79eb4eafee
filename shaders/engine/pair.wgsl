// A fresh uniform random perfect matching: the keyed permutation's images of 2k and 2k + 1 are partners, the first of them is marked. With an odd
// population one agent is its own partner.
import package::agent::{enter, pairing_key, set_partner, POPULATION, WORLDS};
import package::permutation::permute;
import package::place::place;
import constants::WORKGROUP;

const PAIRS = (POPULATION + 1u) / 2u;

@compute @workgroup_size(WORKGROUP)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let here = place(id, PAIRS, WORLDS);
  if (here.valid) {
    enter(here.world);
    let key = pairing_key();
    let one = permute(2u * here.item, POPULATION, key);
    if (2u * here.item + 1u < POPULATION) {
      let other = permute(2u * here.item + 1u, POPULATION, key);
      set_partner(one, other, true);
      set_partner(other, one, false);
    } else {
      set_partner(one, one, false);
    }
  }
}
