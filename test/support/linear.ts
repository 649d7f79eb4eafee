// Dense linear systems, for tests that know a stationary state as a solution.

/** Solves A x = b by Gaussian elimination without pivoting, for matrices whose diagonal dominates their rows. A and b are used up. */
export function solveDominant(matrix: readonly Float64Array[], right: Float64Array): Float64Array {
  const n = matrix.length;
  for (let k = 0; k < n; k++) {
    const pivot = matrix[k];
    for (let i = k + 1; i < n; i++) {
      const row = matrix[i];
      if (row[k] === 0) continue;
      const factor = row[k] / pivot[k];
      for (let j = k; j < n; j++) row[j] -= factor * pivot[j];
      right[i] -= factor * right[k];
    }
  }
  for (let k = n - 1; k >= 0; k--) {
    const row = matrix[k];
    let value = right[k];
    for (let j = k + 1; j < n; j++) value -= row[j] * right[j];
    right[k] = value / row[k];
  }
  return right;
}
