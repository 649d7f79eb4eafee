// A fresh uniform random perfect matching for every replica: the keyed permutation's images of 2k and 2k + 1 are partners, the first of them is marked. With
// an odd population one agent is its own partner.
import package::agent::{enter, pairing_key, set_partner, BUNDLES, POPULATION};
import package::permutation::permute;
import package::place::place;
import constants::WORKGROUP;

const PAIRS = (POPULATION + 1u) / 2u;

fn match_pair(replica: u32, pair: u32) {
  enter(replica, 0u);
  let key = pairing_key();
  let one = permute(2u * pair, POPULATION, key);
  if (2u * pair + 1u < POPULATION) {
    let other = permute(2u * pair + 1u, POPULATION, key);
    set_partner(one, other, true);
    set_partner(other, one, false);
  } else {
    set_partner(one, one, false);
  }
}

@if(serial)
@compute @workgroup_size(1)
fn main(@builtin(global_invocation_id) id: vec3u) {
  match_pair(id.z, id.x);
}

@if(!serial)
@compute @workgroup_size(WORKGROUP)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let here = place(id, BUNDLES, PAIRS, 1u);
  if (here.valid) {
    match_pair(here.bundle, here.item);
  }
}
