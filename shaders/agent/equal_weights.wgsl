// Links without weights: all weigh 1.

/// The weight of the k-th link of i, 16 fraction bits.
fn weight(i: u32, k: u32) -> i32 {
  return 0x10000;
}

/// Its share of all that i looks at, 31 fraction bits; the shares of an agent sum to 1 exactly.
fn weight_share(i: u32, k: u32) -> u32 {
  let links = degree(i);
  let equal = 0x80000000u / links;
  return equal + u32(k < 0x80000000u - equal * links);
}
