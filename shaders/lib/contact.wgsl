// Whom an agent meets in a step: its partner where the update pairs agents (only the first of a pair acts), else a random one of those it looks at.
import package::agent::{degree, neighbor};
import package::random::below;
@if(pairing) import package::agent::{first, partner};

/// The agent met, or `me` itself: nobody to meet, or the second of a pair.
@if(pairing)
fn contact(me: u32) -> u32 {
  return select(me, partner(me), first(me));
}

@if(!pairing)
fn contact(me: u32) -> u32 {
  let choices = degree(me);
  if (choices == 0u) {
    return me;
  }
  return neighbor(me, below(choices));
}
