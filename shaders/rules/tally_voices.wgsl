// On a complete graph, what a group says as a whole: the mean of the stances that its agents show, by their influence, and its share of all influence. Elsewhere
// agents listen to neighbours, and nothing is tallied.
@if(complete) import package::agent::{group_count, influence_sum, set_loudness, set_voice, stance_count, voice_sum};
@if(complete) import package::fixed::{add_wide, wide_fraction, wide_quotient};

/// The share of all influence that the first `n` groups have, 31 fraction bits.
@if(complete)
fn share_of_first(n: u32) -> u32 {
  var part = vec2u(0u);
  var whole = vec2u(0u);
  for (var g = 0u; g < group_count(); g++) {
    whole = add_wide(whole, influence_sum(g));
    if (g + 1u == n) {
      part = whole;
    }
  }
  if ((whole.x | whole.y) == 0u) {
    return 0u;
  }
  return wide_fraction(part, whole);
}

@if(complete)
fn tally_voices(g: u32) {
  for (var k = 0u; k < stance_count(); k++) {
    set_voice(k, wide_quotient(voice_sum(g, k), influence_sum(g)));
  }
  // as differences, so that the shares sum to 1 exactly
  set_loudness(i32((share_of_first(g + 1u) >> 1u) - (share_of_first(g) >> 1u)));
}

@if(!complete)
fn tally_voices(g: u32) {}
