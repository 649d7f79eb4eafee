// Friedkin & Johnsen: the new opinion is a share `susceptibility` of what the agent hears, and for the rest the opinion that it started with. Heard is the mean of
// those it looks at, by the weights of the links; on a complete graph the mean of everyone, itself included. Who looks at nobody hears itself.
@if(complete) import package::agent::mean_opinion;
@if(!complete) import package::agent::neighbor_mean_opinion;
import package::agent::{innate, param, set_opinion};
import package::fixed::{add_product, round_wide};

/// 1 with the fraction bits of a probability.
const WHOLE = 0x80000000u;

@if(complete)
fn heard(me: u32) -> i32 {
  return mean_opinion();
}

@if(!complete)
fn heard(me: u32) -> i32 {
  return neighbor_mean_opinion(me);
}

fn weigh_opinions(me: u32) {
  let yielded = add_product(vec2u(0u), param.susceptibility, heard(me));
  set_opinion(round_wide(add_product(yielded, WHOLE - param.susceptibility, innate(me)), 31u));
}
