// A maximal matching of an undirected graph: the edges taken greedily in a random order, fresh in each step, which all points of a replica share. In parallel
// form: an edge that precedes all others at both of its ends is taken; its ends leave; again (Birn et al. 2013). An agent's candidate is the other end of its
// first edge to an agent that is still alone; two agents that are each other's candidates become partners.
import package::mix::mix;
import constants::CANDIDATE_AT;

/// The place of the edge in the step's order: 64 bits, lower ones first. Different edges have different places, since `mix` is a bijection.
@if(!reordered)
fn edge_place(i: u32, j: u32, key: vec2u) -> vec2u {
  return mix(mix(vec2u(min(i, j), max(i, j)) ^ key) + key.yx);
}

@if(reordered)
fn edge_place(i: u32, j: u32, key: vec2u) -> vec2u {
  let one = agent_number(i);
  let other = agent_number(j);
  return mix(mix(vec2u(min(one, other), max(one, other)) ^ key) + key.yx);
}

/// Whether i is first of the pair of i and j: a coin of the edge and the step, of which the two see different sides.
@if(!reordered)
fn is_first_of(i: u32, j: u32) -> bool {
  let lower_is_first = (threefry2x32(pairing_key(), vec2u(min(i, j), max(i, j))).x >> 31u) == 1u;
  return (i < j) == lower_is_first;
}

@if(reordered)
fn is_first_of(i: u32, j: u32) -> bool {
  let one = agent_number(i);
  let other = agent_number(j);
  let lower_is_first = (threefry2x32(pairing_key(), vec2u(min(one, other), max(one, other))).x >> 31u) == 1u;
  return (one < other) == lower_is_first;
}

fn is_alone(i: u32) -> bool {
  return partner(i) == i;
}

/// The agent that i would be paired with next; i itself when there is none.
fn match_candidate(i: u32) -> u32 {
  return state_words[CANDIDATE_AT + replica * POPULATION + i];
}

/// A round's first half: whoever is alone names its candidate. Before the first round (`frame.part` 0) everyone is alone, and the partners are those of
/// the step before. A candidate that is still alone stays the best, since the others only become fewer.
fn propose_match(i: u32) {
  let fresh = frame.part == 0u;
  if (fresh) {
    set_partner(i, i, false);
  } else {
    let before = match_candidate(i);
    if (before == i || is_alone(before) || !is_alone(i)) {
      return;
    }
  }
  let key = pairing_key();
  var best = i;
  var best_place = vec2u(0xffffffffu, 0xffffffffu);
  for (var k = 0u; k < degree(i); k++) {
    let other = neighbor(i, k);
    if (other != i && (fresh || is_alone(other))) {
      let its_place = edge_place(i, other, key);
      if (best == i || its_place.x < best_place.x || (its_place.x == best_place.x && its_place.y < best_place.y)) {
        best = other;
        best_place = its_place;
      }
    }
  }
  state_words[CANDIDATE_AT + replica * POPULATION + i] = best;
}

/// A round's second half: agents that are each other's candidates are partners from now on.
fn accept_match(i: u32) {
  let other = match_candidate(i);
  if (other != i && match_candidate(other) == i && is_alone(i)) {
    set_partner(i, other, is_first_of(i, other));
  }
}
