// Susceptible (0), infected (1), removed (2): an infected agent infects each susceptible one that looks at it with probability `infection`, then may recover.
import package::agent::{degree, neighbor, param, set_state, state};
import package::random::{chance, chance_at};

fn sir(me: u32) {
  if (state(me) == 1u) {
    if (chance(param.recovery)) {
      set_state(2u);
    }
  } else if (state(me) == 0u) {
    var caught = false;
    for (var k = 0u; k < degree(me); k++) {
      if (state(neighbor(me, k)) == 1u && chance_at(k, param.infection)) {
        caught = true;
      }
    }
    if (caught) {
      set_state(1u);
    }
  }
}
