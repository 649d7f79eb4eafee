// Probabilities (31 fraction bits) of imitating an agent whose payoff exceeds one's own by `advantage`. Payoffs have 16 fraction bits.
import package::choice::logistic;
import package::fixed::{fraction, mul_fixed_saturated};

/// The Fermi rule, 1 / (1 + e^(−strength × advantage)) (Blume 1993; Szabó & Tőke 1998): `strength` (16 fraction bits) is the inverse of the noise.
fn fermi(advantage: i32, strength: i32) -> u32 {
  return logistic(mul_fixed_saturated(advantage, strength, 16u));
}

/// Proportional imitation, max(0, advantage) / largest (Helbing 1992; Schlag 1998): `largest` is the largest possible advantage.
fn proportional(advantage: i32, largest: i32) -> u32 {
  if (advantage <= 0) {
    return 0u;
  }
  return fraction(u32(min(advantage, largest)), u32(largest), 31u);
}
