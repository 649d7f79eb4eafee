// A stored graph in which everybody looks at equally many, one of several realisations: no offsets are needed.
import constants::{DEGREE, GRAPH_IN_ROW};

fn degree(i: u32) -> u32 {
  return u32(DEGREE);
}

/// The links of i are column_words[links_begin(i)] … column_words[links_end(i) − 1].
fn links_begin(i: u32) -> u32 {
  return setup_words[bundle_row + GRAPH_IN_ROW] + i * u32(DEGREE);
}

fn links_end(i: u32) -> u32 {
  return links_begin(i) + u32(DEGREE);
}

fn neighbor(i: u32, k: u32) -> u32 {
  return column_words[links_begin(i) + k];
}

/// The number of the k-th link of i among the links of all graphs.
fn link_of(i: u32, k: u32) -> u32 {
  return links_begin(i) + k;
}
