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
