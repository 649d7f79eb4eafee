// Susceptible, infected, susceptible: who looks at k infected catches it with probability `infection_at(k)`, who has it recovers. One draw.
import package::agent::{infected, infection_at, neighbor_sum_infected, param, set_infected};
import package::random::chance;

fn contagion(me: u32) {
  let before = infected(me);
  // counted for the infected too: a wrong guess of a processor costs more than to look
  let caught = infection_at(u32(neighbor_sum_infected(me)));
  if (chance(select(caught, param.recovery, before == 1u))) {
    set_infected(1u - before);
  }
}
