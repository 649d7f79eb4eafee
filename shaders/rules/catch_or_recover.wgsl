// Contagion without immunity, SIS: each infected agent that a susceptible one looks at infects it with probability `infection`, independently of the others;
// who was infected when the step began recovers with probability `recovery`, and is not infected again in that step (Gómez et al. 2010, without reinfection).
import package::agent::{infected, neighbor_sum_infected, param, set_infected};
import package::power::share_power;
import package::random::chance;

const ONE = 0x80000000u;

fn catch_or_recover(me: u32) {
  // counted for the infected too: who is infected cannot be foreseen, and a wrong guess costs a processor more than to look
  let caught = ONE - share_power(ONE - param.infection, u32(neighbor_sum_infected(me)));
  if (chance(select(caught, param.recovery, infected(me) == 1u))) {
    set_infected(1u - infected(me));
  }
}
