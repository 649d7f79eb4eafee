// The Ising model on the infinite square lattice, coupling 1, no field: what is known exactly (Onsager 1944; Yang 1952).

/** The temperature at which order ends. */
export const ONSAGER_TEMPERATURE = 2 / Math.log(1 + Math.SQRT2);

/** The spontaneous magnetisation, (1 − sinh⁻⁴(2/T))^(1/8), and 0 from the critical temperature on. */
export function magnetisation(temperature: number): number {
  return temperature < ONSAGER_TEMPERATURE ? (1 - Math.sinh(2 / temperature) ** -4) ** (1 / 8) : 0;
}

/** The energy per link, −⟨s_i s_j⟩ of neighbours: −½ coth 2K [1 + (2/π)(2 tanh² 2K − 1) K₁(κ)] with K = 1/T, κ = 2 sinh 2K / cosh² 2K, K₁ the complete elliptic integral of the first kind. */
export function energyPerLink(temperature: number): number {
  const twice = 2 / temperature;
  // its complementary modulus, √(1 − κ²)
  const complement = Math.abs(2 * Math.tanh(twice) ** 2 - 1);
  const elliptic = complement === 0 ? 0 : (2 * Math.tanh(twice) ** 2 - 1) / arithmeticGeometricMean(1, complement);
  return -(1 + elliptic) / (2 * Math.tanh(twice));
}

/** The common limit of both means, each taken again: (2/π) K₁(κ) is 1 / agm(1, √(1 − κ²)) (Gauss). */
function arithmeticGeometricMean(a: number, b: number): number {
  let [large, small] = [a, b];
  while (large - small > 1e-15 * large) [large, small] = [(large + small) / 2, Math.sqrt(large * small)];
  return large;
}
