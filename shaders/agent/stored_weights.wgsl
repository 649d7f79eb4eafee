// The weights of a stored graph, in the order of its links.
import constants::{SHARES_AT, WEIGHTS_AT};

/// The weight of the k-th link of i, 16 fraction bits.
fn weight(i: u32, k: u32) -> i32 {
  return bitcast<i32>(column_words[WEIGHTS_AT + link_of(i, k)]);
}

/// Its share of all that i looks at, 31 fraction bits; the shares of an agent sum to 1 exactly.
fn weight_share(i: u32, k: u32) -> u32 {
  return column_words[SHARES_AT + link_of(i, k)];
}
