// Whom an agent of `tri-alignment` listens to, and how far what it hears moves it. An agent weighs another by its influence times the strength of the relation of their
// groups: all that it looks at, or some draws in proportion to that (draws that are uniform, weighed afterwards, would be biased).
import package::agent::{degree, group, influence, neighbor, param, population, relation, relation_strength, shown, stance, stance_count};
@if(complete) import package::agent::{group_count, largest_influence, loudness, voice};
@if(reordered) import package::agent::{agent_number, agent_numbered};
import package::fixed::{add_product, add_signed, divide_wide, fraction, magnitude, mul_fixed, mul_shares, mul_wide};
@if(complete) import package::fixed::round_wide;
@if(!complete) import package::fixed::{add_wide, wide_quotient};
import package::random::{below, chance, chance_at, draw, draw_at, scale};

const COOPERATIVE = 1u;
const COMPETITIVE = 2u;
/// Most value questions.
const MOST_QUESTIONS = 8u;
/// Draws that a listener on a complete graph makes until it accepts one; then it has heard nobody. With the largest influence r times the mean that happens with
/// probability (1 − 1/r)^256.
const TRIES = 256u;
const UNIT = 0x80000000u;
/// 1 as a share of all influence, 30 fraction bits.
@if(complete) const ALL = 0x40000000u;

/// The pull on each question, 29 fraction bits.
var<private> heard_pull: array<i32, MOST_QUESTIONS>;
var<private> pull_sum: array<vec2u, MOST_QUESTIONS>;

/// What a difference of stances is worth to an agent: all of it; all if it is within the confidence (Deffuant et al. 2000; Hegselmann & Krause 2002); or a bounded repulsion
/// (after Flache & Mäs 2008), strongest at half the confidence.
fn response_to(difference: i32, kind: u32) -> i32 {
  let confidence = param.confidence << 13u;
  if (kind == COOPERATIVE) {
    return select(0, difference, magnitude(difference) <= u32(confidence));
  }
  if (kind == COMPETITIVE) {
    let size = magnitude(difference);
    if (size >= u32(confidence)) {
      return 0;
    }
    let closeness = 0x40000000 - i32(fraction(size, u32(confidence), 30u));
    return -mul_fixed(mul_fixed(difference, closeness, 30u), param.repulsion, 16u);
  }
  return difference;
}

/// How much an agent weighs another, 12 fraction bits.
fn attention_weight(me: u32, other: u32) -> u32 {
  let strength = relation_strength(group(me), group(other));
  let loud = u32(influence(other));
  if (strength == UNIT) {
    return loud;
  }
  return mul_shares(loud, strength);
}

/// Anyone else, by 64 random bits; the agent itself if it is alone.
@if(!reordered)
fn anyone_else(me: u32, bits: vec2u) -> u32 {
  if (population() == 1u) {
    return me;
  }
  let other = scale(bits, population() - 1u);
  return other + u32(other >= me);
}

@if(reordered)
fn anyone_else(me: u32, bits: vec2u) -> u32 {
  if (population() == 1u) {
    return me;
  }
  let other = scale(bits, population() - 1u);
  return agent_numbered(other + u32(other >= agent_number(me)));
}

/// A random one of those that the agent looks at, or with probability `rotation` of all others; the agent itself: nobody.
fn someone_near(me: u32) -> u32 {
  if (param.rotation != 0u && chance(param.rotation)) {
    return anyone_else(me, draw());
  }
  let choices = degree(me);
  if (choices == 0u) {
    return me;
  }
  return neighbor(me, below(choices));
}

/// One of those that the agent looks at, in proportion to their weight; the agent itself: nobody.
@if(complete)
fn hear_one(me: u32, turn: u32) -> u32 {
  let most = u32(max(largest_influence(), 0));
  if (most == 0u || degree(me) == 0u) {
    return me;
  }
  for (var k = 0u; k < TRIES; k++) {
    let bits = draw_at(turn * TRIES + k);
    let other = neighbor(me, mul_wide(bits.x, degree(me)).y);
    if (mul_wide(bits.y, most).y < attention_weight(me, other)) {
      return other;
    }
  }
  return me;
}

@if(!complete)
fn hear_one(me: u32, turn: u32) -> u32 {
  var whole = vec2u(0u);
  for (var n = 0u; n < degree(me); n++) {
    whole = add_wide(whole, vec2u(attention_weight(me, neighbor(me, n)), 0u));
  }
  let mark = wide_share(draw_at(turn), whole);
  var passed = vec2u(0u);
  for (var n = 0u; n < degree(me); n++) {
    let other = neighbor(me, n);
    passed = add_wide(passed, vec2u(attention_weight(me, other), 0u));
    if (mark.y < passed.y || (mark.y == passed.y && mark.x < passed.x)) {
      return other;
    }
  }
  return me;
}

/// A uniform number below `whole`, which is below 2⁶³, from 64 random bits: the high half of their product.
@if(!complete)
fn wide_share(bits: vec2u, whole: vec2u) -> vec2u {
  let low = mul_wide(bits.x, whole.x);
  let left = mul_wide(bits.y, whole.x);
  let right = mul_wide(bits.x, whole.y);
  let middle = add_wide(add_wide(left, vec2u(low.y, 0u)), vec2u(right.x, 0u));
  return add_wide(mul_wide(bits.y, whole.y), add_wide(vec2u(middle.y, 0u), vec2u(right.y, 0u)));
}

/// The mean response to `param.attention` draws.
fn hear_some(me: u32) {
  let turns = u32(param.attention);
  let questions = stance_count();
  for (var turn = 0u; turn < turns; turn++) {
    var other = hear_one(me, turn);
    if (param.rotation != 0u && chance_at(turn, param.rotation)) {
      other = anyone_else(me, draw_at(turn));
      other = select(other, me, influence(other) == 0);
    }
    if (other != me) {
      let kind = relation(group(me), group(other));
      for (var k = 0u; k < questions; k++) {
        pull_sum[k] = add_signed(pull_sum[k], response_to(shown(other, k) - stance(me, k), kind));
      }
    }
  }
  for (var k = 0u; k < questions; k++) {
    heard_pull[k] = divide_wide(pull_sum[k], turns);
  }
}

/// The mean response to everyone, by group: agents of one group pull as their mean does, where what they are worth is their difference.
@if(complete)
fn hear_everyone(me: u32) {
  let own = group(me);
  var whole = 0u;
  for (var g = 0u; g < group_count(); g++) {
    let weight = mul_shares(u32(loudness(g)), relation_strength(own, g));
    whole += weight;
    for (var k = 0u; k < stance_count(); k++) {
      let difference = voice(g, k) - stance(me, k);
      pull_sum[k] = add_product(pull_sum[k], weight, difference);
    }
  }
  for (var k = 0u; k < stance_count(); k++) {
    // where all relations are of full strength, the shares sum to 1
    if (whole == ALL) {
      heard_pull[k] = round_wide(pull_sum[k], 30u);
    } else {
      heard_pull[k] = divide_wide(pull_sum[k], whole);
    }
  }
}

/// The mean response to all neighbours by their weights, summed in two words and rounded once.
@if(!complete)
fn hear_everyone(me: u32) {
  let own = group(me);
  let questions = stance_count();
  var whole = vec2u(0u);
  for (var n = 0u; n < degree(me); n++) {
    let other = neighbor(me, n);
    let weight = attention_weight(me, other);
    let kind = relation(own, group(other));
    whole = add_wide(whole, vec2u(weight, 0u));
    for (var k = 0u; k < questions; k++) {
      pull_sum[k] = add_product(pull_sum[k], weight, response_to(shown(other, k) - stance(me, k), kind));
    }
  }
  for (var k = 0u; k < questions; k++) {
    heard_pull[k] = wide_quotient(pull_sum[k], whole);
  }
}

/// Fills `heard_pull`.
fn hear_others(me: u32) {
  for (var k = 0u; k < stance_count(); k++) {
    pull_sum[k] = vec2u(0u);
  }
  if (param.attention > 0) {
    hear_some(me);
  } else {
    hear_everyone(me);
  }
}
