// Drift and correction: an aligned agent drifts with probability `drift`. A misaligned one asks `asked` of those it looks at, and each of them that is
// aligned corrects it with probability `correction`.
//
// A rule is a function of one agent, `me`. It sees the world as it was when the rule began, and writes its own agent only. This file is all there is of it:
// the GPU runs it as it is, the CPU runs it compiled to JavaScript, with the same bits. docs/adding-a-rule.md lists what can be imported.
import package::agent::{degree, misaligned, neighbor, param, set_misaligned};
import package::random::{below_at, chance, chance_at};

fn template_rule(me: u32) {
  if (misaligned(me) == 0u) {
    // true with this probability. A draw follows from seed, world, agent, step and its place in this text, and from nothing drawn before.
    if (chance(param.drift)) {
      set_misaligned(1u);
    }
  } else if (degree(me) > 0u) { // any agent may look at nobody: say what happens then (here: nothing)
    for (var k = 0u; k < u32(param.asked); k++) {
      // in a loop a draw takes the number of the turn: without it, every turn would draw the same
      let other = neighbor(me, below_at(k, degree(me)));
      if (misaligned(other) == 0u && chance_at(k, param.correction)) {
        set_misaligned(0u);
      }
    }
  }
}
