// The heat bath of the Ising model (Glauber 1963): whatever it held, an agent takes opinion 1 with probability 1 / (1 + e^(−2Σ/T)), Σ the sum of ±1 over
// those it looks at.
import package::agent::{degree, neighbor_sum_opinion, param, set_opinion};
import package::imitation::fermi_at_noise;
import package::random::chance;

/// At the highest temperature, 1023, the probability is that of the end of its table from here on; 2Σ with 16 fraction bits fits 32 bits up to here.
const FARTHEST = 0x3fff;

fn choose_by_heat_bath(me: u32) {
  let sum = clamp(2 * neighbor_sum_opinion(me) - i32(degree(me)), -FARTHEST, FARTHEST);
  set_opinion(u32(chance(fermi_at_noise(sum << 17u, param.temperature))));
}
