// Probabilities (31 fraction bits) of imitating an agent whose payoff exceeds one's own by `advantage`. Payoffs have 16 fraction bits.
import package::choice::logistic;
import package::fixed::{fraction, magnitude, mul_fixed_saturated};

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

/// The Fermi rule by its noise K > 0 (16 fraction bits, at most 1023), 1 / (1 + e^(−advantage / K)). The quotient is rounded towards 0 and ends at ±32, where the
/// logistic function does.
fn fermi_at_noise(advantage: i32, noise: i32) -> u32 {
  let end = u32(noise) << 5u;
  let size = i32(fraction(min(magnitude(advantage), end), end, 21u));
  return logistic(select(size, -size, advantage < 0));
}
