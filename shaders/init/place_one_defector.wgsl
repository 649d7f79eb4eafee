// With the start `one-defector` everyone cooperates but one agent, number ⌊N/2⌋: the centre of a lattice with odd sides. On a torus any place is as good.
import package::agent::{param, population, set_strategy};
@if(reordered) import package::agent::agent_number;

/// Position of the option of `start`.
const ONE_DEFECTOR = 1u;

@if(!reordered)
fn place_one_defector(me: u32) {
  if (param.start == ONE_DEFECTOR) {
    set_strategy(u32(me == population() / 2u));
  }
}

@if(reordered)
fn place_one_defector(me: u32) {
  if (param.start == ONE_DEFECTOR) {
    set_strategy(u32(agent_number(me) == population() / 2u));
  }
}
