// Susceptible, infected, susceptible: who looks at k infected catches it with probability `infection_at(k)`, who has it recovers. One draw.
import package::agent::{infected, infection_at, neighbor_sum_infected, param, set_infected};
import package::random::chance;

fn contagion(me: u32) {
  let before = infected(me);
  var change = param.recovery;
  if (before == 0u) {
    change = infection_at(u32(neighbor_sum_infected(me)));
  }
  if (chance(change)) {
    set_infected(1u - before);
  }
}
