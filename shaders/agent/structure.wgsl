// Who stands where: roles of agents, and what groups are to each other. None of it changes in a run.
import constants::{RELATED, RELATIONS_AT, ROLE_BLOCKS, ROLE_COUNT, ROLES_AT};

/// The number of roles; 1 when nobody has one.
fn role_count() -> u32 {
  return u32(ROLE_COUNT);
}

/// The number of the agent's role, from 0 in the order of the spec.
fn role(i: u32) -> u32 {
  if (role_count() == 1u) {
    return 0u;
  }
  return setup_words[u32(ROLES_AT) + replica % u32(ROLE_BLOCKS) * POPULATION + i];
}

/// What group `h` is to group `g`: 0 collaborative, 1 cooperative, 2 competitive.
fn relation(g: u32, h: u32) -> u32 {
  if (RELATED == 0) {
    return 0u;
  }
  return setup_words[u32(RELATIONS_AT) + 2u * (g * GROUPS + h)];
}

/// How strongly, with 31 fraction bits.
fn relation_strength(g: u32, h: u32) -> u32 {
  if (RELATED == 0) {
    return 0x80000000u;
  }
  return setup_words[u32(RELATIONS_AT) + 2u * (g * GROUPS + h) + 1u];
}
