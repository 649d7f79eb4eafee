// A random rank for every agent, a permutation of 0 … N − 1: the agents of rank below n are a uniform random set of exactly n.
import constants::RANK_KEY;

@if(!reordered)
fn rank(i: u32) -> u32 {
  return permute(i, POPULATION, key_at(RANK_KEY));
}

@if(reordered)
fn rank(i: u32) -> u32 {
  return permute(agent_number(i), POPULATION, key_at(RANK_KEY));
}
