// Choice functions: from an advantage (i32, 16 fraction bits) to a probability (u32, 31 fraction bits).
import package::agent::table_logistic;
import package::fixed::magnitude;

const ONE = 0x80000000u;
/// The table's inputs are 1/128 apart, up to 32: 9 of the 16 fraction bits interpolate.
const STEP_BITS = 9u;
const LAST = 4096u;

/// 1 / (1 + e^−x), by linear interpolation in a table (error below 7.4e-7); logistic(−x) = 1 − logistic(x) exactly.
fn logistic(x: i32) -> u32 {
  let size = magnitude(x);
  let index = min(size >> STEP_BITS, LAST - 1u);
  let offset = select(size & 0x1ffu, 0x200u, size >> STEP_BITS >= LAST);
  let low = table_logistic(index);
  let value = low + (((table_logistic(index + 1u) - low) * offset) >> STEP_BITS);
  return select(value, ONE - value, x < 0);
}
