// Keyed permutations of 0 … n − 1, evaluated one element at a time: swap-or-not (Hoang, Morris & Rogaway 2012) for small n, where it is close to
// uniform over all permutations; a Feistel network with cycle walking above.
import package::mix::mix;

const SMALL = 4096u;
const SWAP_ROUNDS = 24u;
const FEISTEL_ROUNDS = 10u;

/// The image of `i` (below n) under the permutation of `key`.
fn permute(i: u32, n: u32, key: vec2u) -> u32 {
  if (n < SMALL) {
    return swap_or_not(i, n, key);
  }
  return feistel(i, n, key);
}

fn swap_or_not(i: u32, n: u32, key: vec2u) -> u32 {
  var x = i;
  for (var round = 0u; round < SWAP_ROUNDS; round++) {
    let secret = mix(vec2u(key.x + round, key.y));
    let shift = secret.x % n;
    let reflected = shift + select(n, 0u, x <= shift) - x;
    let larger = max(x, reflected);
    if ((mix(vec2u(larger ^ secret.y, key.x)).x & 0x80000000u) != 0u) {
      x = reflected;
    }
  }
  return x;
}

fn feistel(i: u32, n: u32, key: vec2u) -> u32 {
  let bits = 32u - countLeadingZeros(n - 1u);
  var x = feistel_turn(i, bits, key);
  // about n / 2^bits of the images lie below n: the walk takes fewer than two turns on average
  while (x >= n) {
    x = feistel_turn(x, bits, key);
  }
  return x;
}

/// The image of x under a permutation of all numbers of so many bits.
fn feistel_turn(x: u32, bits: u32, key: vec2u) -> u32 {
  let low_bits = bits / 2u;
  let low_mask = (1u << low_bits) - 1u;
  let high_mask = (1u << (bits - low_bits)) - 1u;
  var low = x & low_mask;
  var high = x >> low_bits;
  for (var round = 0u; round < FEISTEL_ROUNDS; round += 2u) {
    high ^= (mix(vec2u(low ^ key.x, key.y + round)).x >> 7u) & high_mask;
    low ^= (mix(vec2u(high ^ key.y, key.x + round)).x >> 7u) & low_mask;
  }
  return (high << low_bits) | low;
}
