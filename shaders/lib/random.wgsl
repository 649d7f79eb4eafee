// Random draws: Threefry-2x32 with 20 rounds (Salmon, Moraes, Dror & Shaw 2011). No state and no order: a draw is a function of
// its key (stream and rule), its counter (agent and step) and the place in the rule's text where it stands, its site. The compiler
// numbers the sites and passes them on: `draw`, `draw_at` and `draw_for` are called without their first parameter.
import package::fixed::mul_wide;
@if(reordered) import package::agent::agent_number;

/// Key of (stream, rule); set by the kernel before the rule runs.
var<private> draw_key: vec2u;
/// Agent and step.
var<private> draw_counter: vec2u;

const PARITY = 0x1bd11bdau;

fn threefry_round(x: vec2u, rotation: u32) -> vec2u {
  let sum = x.x + x.y;
  return vec2u(sum, ((x.y << rotation) | (x.y >> (32u - rotation))) ^ sum);
}

fn threefry_four(x: vec2u, r0: u32, r1: u32, r2: u32, r3: u32) -> vec2u {
  return threefry_round(threefry_round(threefry_round(threefry_round(x, r0), r1), r2), r3);
}

fn threefry2x32(key: vec2u, counter: vec2u) -> vec2u {
  let last = key.x ^ key.y ^ PARITY;
  var x = counter + key;
  x = threefry_four(x, 13u, 15u, 26u, 6u) + vec2u(key.y, last + 1u);
  x = threefry_four(x, 17u, 29u, 16u, 24u) + vec2u(last, key.x + 2u);
  x = threefry_four(x, 13u, 15u, 26u, 6u) + vec2u(key.x, key.y + 3u);
  x = threefry_four(x, 17u, 29u, 16u, 24u) + vec2u(key.y, last + 4u);
  return threefry_four(x, 13u, 15u, 26u, 6u) + vec2u(last, key.x + 5u);
}

/// 64 random bits of this agent, step and site.
fn draw(site: u32) -> vec2u {
  return threefry2x32(vec2u(draw_key.x, draw_key.y + site), draw_counter);
}

/// The same, for iteration `k` (below 65,536) of a loop.
fn draw_at(site: u32, k: u32) -> vec2u {
  return threefry2x32(vec2u(draw_key.x, draw_key.y + site + (k << 16u)), draw_counter);
}

/// The draw that this agent shares with `other`: both see the same bits, those of the smaller number.
@if(!reordered)
fn draw_for(site: u32, other: u32) -> vec2u {
  return threefry2x32(vec2u(draw_key.x, draw_key.y + site), vec2u(min(draw_counter.x, other), draw_counter.y));
}

@if(reordered)
fn draw_for(site: u32, other: u32) -> vec2u {
  return threefry2x32(vec2u(draw_key.x, draw_key.y + site), vec2u(min(draw_counter.x, agent_number(other)), draw_counter.y));
}

/// 64 random bits as an integer in [0, bound); the shares of the values differ by less than bound / 2⁶⁴.
fn scale(bits: vec2u, bound: u32) -> u32 {
  let high = mul_wide(bits.x, bound);
  let low = mul_wide(bits.y, bound);
  let sum = high.x + low.y;
  return high.y + u32(sum < high.x);
}

/// A uniform integer in [0, bound); 0 when bound is 0.
fn below(bound: u32) -> u32 {
  return scale(draw(), bound);
}

fn below_at(k: u32, bound: u32) -> u32 {
  return scale(draw_at(k), bound);
}

/// True with the given probability (31 fraction bits): never at 0, always at 1.
fn chance(probability: u32) -> bool {
  return (draw().x >> 1u) < probability;
}

fn chance_at(k: u32, probability: u32) -> bool {
  return (draw_at(k).x >> 1u) < probability;
}

/// One coin for a pair: both agents see the same side.
fn chance_with(other: u32, probability: u32) -> bool {
  return (draw_for(other).x >> 1u) < probability;
}
