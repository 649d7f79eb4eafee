// Checked mode: what the instrumented text of a rule calls. A fault is noted in the world's block at the end of the scratch arena, the first one in full, and
// the rule goes on with a value that does no harm. Where a check stands in the author's text, its site, is a number that the planner knows.
import package::agent::{degree, group_count, population, scratch_words, world, WORLDS};
import package::random::draw_counter;
import constants::{CHECKED_WORDS, LIBRARY_SITES};

/// The rule that runs, and the last site in the model's own text from which something was called.
var<private> check_rule: u32;
var<private> check_from: u32;

fn check_fault(site: u32, value: u32, low: u32, high: u32) {
  let at = arrayLength(&scratch_words) - (WORLDS - world) * CHECKED_WORDS;
  if (atomicAdd(&scratch_words[at], 1u) == 0u) {
    atomicStore(&scratch_words[at + 1u], site);
    atomicStore(&scratch_words[at + 2u], check_from);
    atomicStore(&scratch_words[at + 3u], check_rule);
    atomicStore(&scratch_words[at + 4u], draw_counter.x);
    atomicStore(&scratch_words[at + 5u], draw_counter.y);
    atomicStore(&scratch_words[at + 6u], value);
    atomicStore(&scratch_words[at + 7u], low);
    atomicStore(&scratch_words[at + 8u], high);
  }
}

/// Notes a call from the model's own text.
fn check_call(site: u32) {
  if (site < LIBRARY_SITES) {
    check_from = site;
  }
}

/// The agent whose rule runs.
fn check_self() -> u32 {
  return draw_counter.x;
}

/// How many links an agent has.
fn check_degree(i: u32) -> u32 {
  return degree(i);
}

fn check_groups() -> u32 {
  return group_count();
}

fn check_population() -> u32 {
  return population();
}

/// A number below `count`, or 0.
fn check_index(value: u32, count: u32, site: u32) -> u32 {
  if (value < count) {
    return value;
  }
  check_fault(site, value, 0u, count - 1u);
  return 0u;
}

fn check_signed_index(value: i32, count: u32, site: u32) -> i32 {
  if (value >= 0 && u32(value) < count) {
    return value;
  }
  check_fault(site, bitcast<u32>(value), 0u, count - 1u);
  return 0;
}

/// A value for a field; its setter clamps it.
fn check_value_u32(value: u32, low: u32, high: u32, site: u32) -> u32 {
  if (value < low || value > high) {
    check_fault(site, value, low, high);
  }
  return value;
}

fn check_value_i32(value: i32, low: i32, high: i32, site: u32) -> i32 {
  if (value < low || value > high) {
    check_fault(site, bitcast<u32>(value), bitcast<u32>(low), bitcast<u32>(high));
  }
  return value;
}

/// A divisor, or 1.
fn check_divisor_u32(value: u32, site: u32) -> u32 {
  if (value != 0u) {
    return value;
  }
  check_fault(site, 0u, 1u, 0u);
  return 1u;
}

fn check_divisor_i32(value: i32, site: u32) -> i32 {
  return bitcast<i32>(check_divisor_u32(bitcast<u32>(value), site));
}

fn check_divisor_vec2u(value: vec2u, site: u32) -> vec2u {
  return vec2u(check_divisor_u32(value.x, site), check_divisor_u32(value.y, site));
}

fn check_divisor_vec3u(value: vec3u, site: u32) -> vec3u {
  return vec3u(check_divisor_vec2u(value.xy, site), check_divisor_u32(value.z, site));
}

fn check_divisor_vec4u(value: vec4u, site: u32) -> vec4u {
  return vec4u(check_divisor_vec2u(value.xy, site), check_divisor_vec2u(value.zw, site));
}

fn check_divisor_vec2i(value: vec2i, site: u32) -> vec2i {
  return bitcast<vec2i>(check_divisor_vec2u(bitcast<vec2u>(value), site));
}

fn check_divisor_vec3i(value: vec3i, site: u32) -> vec3i {
  return bitcast<vec3i>(check_divisor_vec3u(bitcast<vec3u>(value), site));
}

fn check_divisor_vec4i(value: vec4i, site: u32) -> vec4i {
  return bitcast<vec4i>(check_divisor_vec4u(bitcast<vec4u>(value), site));
}
