// A stored graph, one of several realisations: row i lists the agents that i looks at.
import constants::GRAPH_IN_ROW;

fn graph_row(i: u32) -> u32 {
  return setup_words[bundle_row + GRAPH_IN_ROW] + i;
}

fn degree(i: u32) -> u32 {
  let at = graph_row(i);
  return row_words[at + 1u] - row_words[at];
}

fn neighbor(i: u32, k: u32) -> u32 {
  return column_words[row_words[graph_row(i)] + k];
}

/// The links of i are column_words[links_begin(i)] … column_words[links_end(i) − 1].
fn links_begin(i: u32) -> u32 {
  return row_words[graph_row(i)];
}

fn links_end(i: u32) -> u32 {
  return row_words[graph_row(i) + 1u];
}

/// The number of the k-th link of i among the links of all graphs.
fn link_of(i: u32, k: u32) -> u32 {
  return row_words[graph_row(i)] + k;
}
