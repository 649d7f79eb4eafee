// Classes of agents that may act at once, since nobody in one looks at another of it. Of each graph the setup arena has the place in a list at which each class
// begins, and one more where the last ends, then the list of all agents by class. `frame.part` is the number of the class whose turn it is.
import constants::{CLASSES_AT, CLASSES_IN_ROW, CLASS_COUNT};

fn class_table() -> u32 {
  return CLASSES_AT + setup_words[bundle_row + CLASSES_IN_ROW];
}

fn class_size() -> u32 {
  let at = class_table() + frame.part;
  return setup_words[at + 1u] - setup_words[at];
}

/// The k-th agent of the class, k below its size.
fn class_member(k: u32) -> u32 {
  let at = class_table();
  return setup_words[at + CLASS_COUNT + 1u + setup_words[at + frame.part] + k];
}
