// Whom an agent meets in a step: its partner where the update pairs agents, else a random one of those it looks at. `contact` is for rules in which only the
// first of a pair acts, `encounter` for those in which both do.
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

/// Whom an agent meets where both of a pair act: its partner, else a random one of those it looks at. The agent itself means nobody.
@if(pairing)
fn encounter(i: u32) -> u32 {
  return partner(i);
}

@if(!pairing)
fn encounter(i: u32) -> u32 {
  let choices = degree(i);
  if (choices == 0u) {
    return i;
  }
  return neighbor(i, below(choices));
}
