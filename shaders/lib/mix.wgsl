// A fast two-word hash, pcg2d of Jarzynski & Olano 2020 ("Hash functions for GPU rendering"). A bijection of 64 bits; used for digests and
// for the round functions of permutations, never for a model's draws.

fn mix(words: vec2u) -> vec2u {
  var v = words * 1664525u + 1013904223u;
  v.x += v.y * 1664525u;
  v.y += v.x * 1664525u;
  v ^= v >> vec2u(16u);
  v.x += v.y * 1664525u;
  v.y += v.x * 1664525u;
  return v ^ (v >> vec2u(16u));
}

/// mix((a, b + bit)). Worlds that are taken together have the same a and b: then either outcome is there for all of them.
@if(direct)
fn mix_bit(a: u32, b: u32, bit: u32) -> vec2u {
  return select(mix(vec2u(a, b)), mix(vec2u(a, b + 1u)), bit == 1u);
}

@if(!direct)
fn mix_bit(a: u32, b: u32, bit: u32) -> vec2u {
  return mix(vec2u(a, b + bit));
}
