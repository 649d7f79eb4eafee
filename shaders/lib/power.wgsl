// Powers of positive numbers by their logarithms to base 2, from integer tables (src/exact.ts).
import package::agent::{table_exp2, table_log2};
import package::fixed::{mul_fixed, mul_shares};

/// log₂ of x > 0 (16 fraction bits), 24 fraction bits.
fn log2_fixed(x: u32) -> i32 {
  let zeros = countLeadingZeros(x);
  let mantissa = (x << zeros) & 0x7fffffffu;
  let index = mantissa >> 23u;
  let low = table_log2(index);
  // steps of the table have up to 17 bits
  let part = ((table_log2(index + 1u) - low) * ((mantissa >> 9u) & 0x3fffu)) >> 14u;
  return (15 - i32(zeros)) * 0x1000000 + i32(low + part);
}

/// 2^y for y with 24 fraction bits, 16 fraction bits, rounded; at most 2¹⁴.
fn exp2_fixed(y: i32) -> u32 {
  let whole = y >> 24u;
  if (whole >= 14) {
    return 0x40000000u;
  }
  if (whole < -17) {
    return 0u;
  }
  let index = (u32(y) >> 16u) & 0xffu;
  let low = table_exp2(index);
  let value = low + ((table_exp2(index + 1u) - low) >> 8u) * ((u32(y) >> 8u) & 0xffu);
  let dropped = u32(14 - whole);
  return (value + (1u << (dropped - 1u))) >> dropped;
}

/// x^exponent for x > 0 and an exponent with 16 fraction bits and |exponent × log₂ x| < 128; the result has 16 fraction bits and is at most 2¹⁴. Relative
/// error below 1e-5 × (1 + exponent), and half a unit of the last place.
fn power(x: u32, exponent: i32) -> u32 {
  return exp2_fixed(mul_fixed(log2_fixed(x), exponent, 16u));
}

/// share^exponent for an exponent below 16, without a branch: contacts are few, and how many differs from agent to agent.
fn share_power_below_16(share: u32, exponent: u32) -> u32 {
  let square = mul_shares(share, share);
  let fourth = mul_shares(square, square);
  let eighth = mul_shares(fourth, fourth);
  var result = select(0x80000000u, share, (exponent & 1u) == 1u);
  result = select(result, mul_shares(result, square), (exponent & 2u) == 2u);
  result = select(result, mul_shares(result, fourth), (exponent & 4u) == 4u);
  return select(result, mul_shares(result, eighth), (exponent & 8u) == 8u);
}

/// share^exponent for a share with 31 fraction bits, by squaring (Knuth, The Art of Computer Programming 2, 4.6.3); share^0 is 1. Every product is rounded
/// down, and a squaring doubles what was lost before: the result is less than (exponent + 32) / 2³¹ too small.
fn share_power(share: u32, exponent: u32) -> u32 {
  if (exponent < 16u) {
    return share_power_below_16(share, exponent);
  }
  var result = 0x80000000u;
  var square = share;
  for (var rest = exponent; rest > 0u; rest >>= 1u) {
    if ((rest & 1u) == 1u) {
      result = mul_shares(result, square);
    }
    square = mul_shares(square, square);
  }
  return result;
}
