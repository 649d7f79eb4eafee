// Integer and fixed-point arithmetic with 64-bit intermediates. A 64-bit unsigned number is vec2u(low, high).

/// The full product of two words.
fn mul_wide(a: u32, b: u32) -> vec2u {
  return vec2u(a * b, mul_high(a, b));
}

/// Its upper word. The CPU's compiler has an instruction for it (src/wgsl/intrinsics.ts).
fn mul_high(a: u32, b: u32) -> u32 {
  let a0 = a & 0xffffu;
  let a1 = a >> 16u;
  let b0 = b & 0xffffu;
  let b1 = b >> 16u;
  let p01 = a0 * b1;
  let p10 = a1 * b0;
  let middle = ((a0 * b0) >> 16u) + (p01 & 0xffffu) + (p10 & 0xffffu);
  return a1 * b1 + (p01 >> 16u) + (p10 >> 16u) + (middle >> 16u);
}

fn add_wide(a: vec2u, b: vec2u) -> vec2u {
  let low = a.x + b.x;
  return vec2u(low, a.y + b.y + u32(low < a.x));
}

// Signed 64-bit numbers are vec2u(low, high) in two's complement: sums of products are kept in two words and rounded once.

fn negate_wide(a: vec2u) -> vec2u {
  return vec2u(0u - a.x, ~a.y + u32(a.x == 0u));
}

/// sum + a, with a's sign extended.
fn add_signed(sum: vec2u, a: i32) -> vec2u {
  return add_wide(sum, vec2u(u32(a), select(0u, 0xffffffffu, a < 0)));
}

/// sum + weight × a.
fn add_product(sum: vec2u, weight: u32, a: i32) -> vec2u {
  let product = mul_wide(weight, magnitude(a));
  return add_wide(sum, select(product, negate_wide(product), a < 0));
}

/// sum / 2^bits (1 ≤ bits ≤ 31), rounded half away from zero. The result must fit 32 bits.
fn round_wide(sum: vec2u, bits: u32) -> i32 {
  let negative = (sum.y & 0x80000000u) != 0u;
  let size = add_wide(select(sum, negate_wide(sum), negative), vec2u(1u << (bits - 1u), 0u));
  let rounded = i32((size.x >> bits) | (size.y << (32u - bits)));
  return select(rounded, -rounded, negative);
}

/// sum / n, rounded half away from zero; 0 when n is 0. The result must fit 32 bits, and n 31.
fn divide_wide(sum: vec2u, n: u32) -> i32 {
  if (n == 0u) {
    return 0;
  }
  let negative = (sum.y & 0x80000000u) != 0u;
  let size = select(sum, negate_wide(sum), negative);
  let found = divide_words(size.y % n, size.x, n);
  let rounded = i32(found.x + u32(found.y >= n - found.y));
  return select(rounded, -rounded, negative);
}

/// Quotient and remainder of (high × 2³² + low) / n for high < n: two digits of 16 bits (Knuth, The Art of Computer Programming 2, 4.3.1, algorithm D).
fn divide_words(high: u32, low: u32, n: u32) -> vec2u {
  let shift = countLeadingZeros(n);
  let divisor = n << shift;
  let rest = low << shift;
  let first = divide_digit((high << shift) | ((low >> 1u) >> (31u - shift)), rest >> 16u, divisor);
  let second = divide_digit(first.y, rest & 0xffffu, divisor);
  return vec2u((first.x << 16u) | second.x, second.y >> shift);
}

/// The next digit of a quotient and what remains, for a remainder below the divisor, the next 16 bits of the dividend, and a divisor ≥ 2³¹.
fn divide_digit(remainder: u32, next: u32, divisor: u32) -> vec2u {
  let high = divisor >> 16u;
  let low = divisor & 0xffffu;
  // by the high half of the divisor alone the digit is at most two too large
  var digit = min(remainder / high, 0xffffu);
  for (var rest = remainder - digit * high; rest < 0x10000u && digit * low > ((rest << 16u) | next); rest += high) {
    digit--;
  }
  return vec2u(digit, ((remainder << 16u) | next) - digit * divisor);
}

fn magnitude(a: i32) -> u32 {
  return select(u32(a), 0u - u32(a), a < 0);
}

/// ⌊√n⌋, a bit at a time from the top; the square of a 16-bit number fits a word.
fn isqrt(n: u32) -> u32 {
  var root = 0u;
  for (var bit = 0x8000u; bit > 0u; bit >>= 1u) {
    let larger = root | bit;
    root = select(root, larger, larger * larger <= n);
  }
  return root;
}

/// a × b / 2^bits (1 ≤ bits ≤ 31), rounded half away from zero. The result must fit 32 bits.
fn mul_fixed(a: i32, b: i32, bits: u32) -> i32 {
  let product = add_wide(mul_wide(magnitude(a), magnitude(b)), vec2u(1u << (bits - 1u), 0u));
  let size = (product.x >> bits) | (product.y << (32u - bits));
  return select(i32(size), -i32(size), (a ^ b) < 0);
}

/// The same, but a result that does not fit is the largest number of its sign.
fn mul_fixed_saturated(a: i32, b: i32, bits: u32) -> i32 {
  let product = add_wide(mul_wide(magnitude(a), magnitude(b)), vec2u(1u << (bits - 1u), 0u));
  let fits = product.y >> (bits - 1u) == 0u;
  let size = select(0x7fffffffu, (product.x >> bits) | (product.y << (32u - bits)), fits);
  return select(i32(size), -i32(size), (a ^ b) < 0);
}

/// part / whole with `bits` fraction bits (1 ≤ bits ≤ 31), rounded down: 0 ≤ part ≤ whole < 2³¹, whole > 0.
fn fraction(part: u32, whole: u32, bits: u32) -> u32 {
  if (part == whole) {
    return 1u << bits;
  }
  return divide_words(part, 0u, whole).x >> (32u - bits);
}

/// a × b / 2³¹, rounded down: a share b with 31 fraction bits of a. b ≤ 2³¹.
fn mul_shares(a: u32, b: u32) -> u32 {
  let product = mul_wide(a, b);
  return (product.y << 1u) | (product.x >> 31u);
}

/// sum / whole for a signed sum and a positive whole of two words each, rounded half away from zero; 0 when whole is 0. Where whole ≥ 2³¹, both lose the bits that do
/// not fit first. The result must fit 32 bits.
fn wide_quotient(sum: vec2u, whole: vec2u) -> i32 {
  let width = select(32u - countLeadingZeros(whole.x), 64u - countLeadingZeros(whole.y), whole.y != 0u);
  let dropped = max(width, 31u) - 31u;
  if (dropped == 0u) {
    return divide_wide(sum, whole.x);
  }
  let negative = (sum.y & 0x80000000u) != 0u;
  let size = select(sum, negate_wide(sum), negative);
  let high = select(size.y >> (dropped & 31u), 0u, dropped >= 32u);
  let quotient = divide_wide(vec2u(shift_right_wide(size, dropped), high), shift_right_wide(whole, dropped));
  return select(quotient, -quotient, negative);
}

fn shift_right_wide(a: vec2u, by: u32) -> u32 {
  if (by == 0u) {
    return a.x;
  }
  return select((a.x >> by) | (a.y << (32u - by)), a.y >> (by - 32u), by >= 32u);
}

/// part / whole with 31 fraction bits, for 64-bit numbers 0 ≤ part ≤ whole < 2⁶³, whole > 0. Exact but for rounding down where whole < 2³¹; above, both
/// lose the bits that do not fit, which changes the quotient by less than 2⁻²⁹.
fn wide_fraction(part: vec2u, whole: vec2u) -> u32 {
  let width = select(32u - countLeadingZeros(whole.x), 64u - countLeadingZeros(whole.y), whole.y != 0u);
  let dropped = max(width, 31u) - 31u;
  return fraction(shift_right_wide(part, dropped), shift_right_wide(whole, dropped), 31u);
}
