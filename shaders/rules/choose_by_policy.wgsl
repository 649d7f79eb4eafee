// Says word 1 with the probability that the policy has for the talks remembered (Flint et al. 2025, arXiv:2510.22422). The committed do not choose.
import package::agent::{committed, past, policy_at, set_word};
import package::random::chance;

/// The row of the policy. A past of k talks is 4ᵏ plus a number below 4ᵏ, and (4ᵏ − 1) / 3 rows stand before the first of its length.
fn policy_row(remembered: u32) -> u32 {
  let first = 1u << firstLeadingBit(remembered);
  return remembered - (2u * first + 1u) / 3u;
}

fn choose_by_policy(me: u32) {
  if (committed(me) == 1u) {
    return;
  }
  set_word(u32(chance(policy_at(policy_row(past(me))))));
}
