// Agents lie in another order than that of their numbers, each graph's in its own: whatever is drawn, and the digest, go by the numbers. A block of numbers by
// agent, and one of agents by number, for each graph.
import constants::{NUMBERED_AT, NUMBERS_AT};

/// The number by which the user knows an agent.
fn agent_number(i: u32) -> u32 {
  return setup_words[NUMBERS_AT + setup_words[bundle_row + GROUPS_IN_ROW] + i];
}

/// The agent of a number.
fn agent_numbered(n: u32) -> u32 {
  return setup_words[NUMBERED_AT + setup_words[bundle_row + GROUPS_IN_ROW] + n];
}
