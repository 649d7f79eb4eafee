// One coin per agent and step decides whether the rules of the step act on it.
import constants::{ACTIVATION, ACTIVATION_KEY};

@if(!reordered)
fn acts(me: u32) -> bool {
  return (threefry2x32(key_at(ACTIVATION_KEY), vec2u(me, frame.step)).x >> 1u) < ACTIVATION;
}

@if(reordered)
fn acts(me: u32) -> bool {
  return (threefry2x32(key_at(ACTIVATION_KEY), vec2u(agent_number(me), frame.step)).x >> 1u) < ACTIVATION;
}
