// The noisy q-voter model (Nyczka, Sznajd-Weron & Cisło 2012): with probability `independence` act on one's own, else conform to q neighbours, drawn
// with repetition, if they all agree. On one's own: a random state, or with `anticonformity` = 1 the opposite of q unanimous neighbours.
import package::agent::{degree, neighbor, opinion, param, set_opinion};
import package::random::{below, below_at, chance};

const UNDECIDED = 2u;

/// The opinion that all q drawn neighbours share, or UNDECIDED.
fn unanimous(me: u32) -> u32 {
  let choices = degree(me);
  let agreed = opinion(neighbor(me, below_at(0u, choices)));
  for (var k = 1u; k < u32(param.q); k++) {
    if (opinion(neighbor(me, below_at(k, choices))) != agreed) {
      return UNDECIDED;
    }
  }
  return agreed;
}

fn conform_to_q(me: u32) {
  let alone = chance(param.independence);
  if (alone && param.anticonformity == 0) {
    set_opinion(below(2u));
  } else if (degree(me) > 0u) {
    let agreed = unanimous(me);
    if (agreed != UNDECIDED) {
      set_opinion(select(agreed, 1u - agreed, alone));
    }
  }
}
