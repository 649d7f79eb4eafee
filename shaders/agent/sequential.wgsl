// The agent that acts in an elementary update, uniform over the population.
import package::random::scale;
import constants::SEQUENTIAL_KEY;

@if(!reordered)
fn active_agent(step: u32) -> u32 {
  return scale(threefry2x32(key_at(SEQUENTIAL_KEY), vec2u(0u, step)), POPULATION);
}

@if(reordered)
fn active_agent(step: u32) -> u32 {
  return agent_numbered(scale(threefry2x32(key_at(SEQUENTIAL_KEY), vec2u(0u, step)), POPULATION));
}
