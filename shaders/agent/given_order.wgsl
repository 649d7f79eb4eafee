// Agents lie in the order of their numbers.

/// The number by which the user knows an agent.
fn agent_number(i: u32) -> u32 {
  return i;
}

/// The agent of a number.
fn agent_numbered(n: u32) -> u32 {
  return n;
}
