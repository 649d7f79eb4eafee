// A trace: what the instrumented text of a rule calls to tell of one agent in one step of one world. The end of the scratch arena holds a head (entries
// wanted; the agent that acted, plus 1; the traced agent's partner, plus 1; whether it is the first of its pair) and a list of entries in the order of the
// calls: site, depth of calls, words of the arguments, words of the result. A rule that begins is an entry too.
import package::agent::{group, scratch_words, world};
import package::random::draw_counter;
@if(pairing) import package::agent::{first, partner};
import constants::{TRACED_AGENT, TRACED_STEP, TRACED_WORLD, TRACE_ENTRIES, TRACE_HEAD, TRACE_ENTRY_WORDS, TRACE_RULES};

const NO_ENTRY = 0xffffffffu;

var<private> tracing: bool;
var<private> trace_depth: u32;

fn trace_at() -> u32 {
  return arrayLength(&scratch_words) - TRACE_HEAD - TRACE_ENTRIES * TRACE_ENTRY_WORDS;
}

/// A rule begins to act on an agent.
fn trace_rule(rule: u32) {
  let here = world == TRACED_WORLD && draw_counter.y == TRACED_STEP;
  tracing = here && draw_counter.x == TRACED_AGENT;
  trace_depth = 0u;
  if (here && !tracing) {
    atomicStore(&scratch_words[trace_at() + 1u], draw_counter.x + 1u);
  }
  if (tracing) {
    @if(pairing) atomicStore(&scratch_words[trace_at() + 2u], partner(draw_counter.x) + 1u);
    @if(pairing) atomicStore(&scratch_words[trace_at() + 3u], u32(first(draw_counter.x)));
    trace_close(trace_open(TRACE_RULES + rule));
  }
}

/// A rule begins to act on a group: that of the agent is told of.
fn trace_group_rule(rule: u32) {
  tracing = world == TRACED_WORLD && draw_counter.y == TRACED_STEP && draw_counter.x == group(TRACED_AGENT);
  trace_depth = 0u;
  if (tracing) {
    trace_close(trace_open(TRACE_RULES + rule));
  }
}

/// The first word of a new entry; NO_ENTRY when there is nothing to tell, or no room.
fn trace_open(site: u32) -> u32 {
  if (!tracing) {
    return NO_ENTRY;
  }
  trace_depth += 1u;
  let number = atomicAdd(&scratch_words[trace_at()], 1u);
  if (number >= TRACE_ENTRIES) {
    return NO_ENTRY;
  }
  let entry = trace_at() + TRACE_HEAD + number * TRACE_ENTRY_WORDS;
  atomicStore(&scratch_words[entry], site);
  atomicStore(&scratch_words[entry + 1u], trace_depth - 1u);
  return entry;
}

fn trace_word(entry: u32, word: u32, value: u32) {
  if (entry != NO_ENTRY) {
    atomicStore(&scratch_words[entry + word], value);
  }
}

fn trace_close(entry: u32) {
  if (tracing) {
    trace_depth -= 1u;
  }
}
