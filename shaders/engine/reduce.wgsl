// Exact reductions of what the invocations gathered. Sums are two words; a bin is a sum that many agents share by a key (group, value).
import package::agent::{scratch_words, world};
import package::fixed::add_wide;
import constants::{BINS, CELLS, CELLS_AT, WORKGROUP};

fn cell(index: u32) -> u32 {
  return CELLS_AT + 2u * (world * CELLS + index);
}

fn add_to_cell(index: u32, value: vec2u) {
  let at = cell(index);
  let before = atomicAdd(&scratch_words[at], value.x);
  let carry = u32(before + value.x < before);
  if (value.y + carry != 0u) {
    atomicAdd(&scratch_words[at + 1u], value.y + carry);
  }
}

@if(serial)
fn flush_sum(lane: u32, index: u32, value: vec2u) {
  add_to_cell(index, value);
}

@if(serial)
fn flush_min(lane: u32, index: u32, value: u32) {
  atomicMin(&scratch_words[cell(index)], value);
}

@if(serial)
fn flush_max(lane: u32, index: u32, value: u32) {
  atomicMax(&scratch_words[cell(index)], value);
}

// Few bins are kept by the invocation, so that threads that share a world do not get in each other's way.
@if(serial && kept) var<private> bins: array<vec2u, BINS>;

@if(serial && kept)
fn add_wide_to_bin(first: u32, bin: u32, value: vec2u) {
  bins[first + bin] = add_wide(bins[first + bin], value);
}

@if(serial && !kept)
fn add_wide_to_bin(first: u32, bin: u32, value: vec2u) {
  add_to_cell(first + bin, value);
}

@if(serial)
fn add_to_bin(first: u32, bin: u32, value: u32) {
  add_wide_to_bin(first, bin, vec2u(value, 0u));
}

@if(!serial) var<workgroup> lanes: array<vec2u, WORKGROUP>;
@if(!serial) var<workgroup> bin_low: array<atomic<u32>, BINS>;
@if(!serial) var<workgroup> bin_high: array<atomic<u32>, BINS>;

@if(!serial)
fn flush_sum(lane: u32, index: u32, value: vec2u) {
  lanes[lane] = value;
  for (var half = WORKGROUP / 2u; half > 0u; half /= 2u) {
    workgroupBarrier();
    if (lane < half) {
      lanes[lane] = add_wide(lanes[lane], lanes[lane + half]);
    }
  }
  if (lane == 0u) {
    add_to_cell(index, lanes[0]);
  }
  workgroupBarrier();
}

@if(!serial)
fn flush_min(lane: u32, index: u32, value: u32) {
  lanes[lane].x = value;
  for (var half = WORKGROUP / 2u; half > 0u; half /= 2u) {
    workgroupBarrier();
    if (lane < half) {
      lanes[lane].x = min(lanes[lane].x, lanes[lane + half].x);
    }
  }
  if (lane == 0u) {
    atomicMin(&scratch_words[cell(index)], lanes[0].x);
  }
  workgroupBarrier();
}

@if(!serial)
fn flush_max(lane: u32, index: u32, value: u32) {
  lanes[lane].x = value;
  for (var half = WORKGROUP / 2u; half > 0u; half /= 2u) {
    workgroupBarrier();
    if (lane < half) {
      lanes[lane].x = max(lanes[lane].x, lanes[lane + half].x);
    }
  }
  if (lane == 0u) {
    atomicMax(&scratch_words[cell(index)], lanes[0].x);
  }
  workgroupBarrier();
}

@if(!serial)
fn clear_bins(lane: u32) {
  for (var bin = lane; bin < BINS; bin += WORKGROUP) {
    atomicStore(&bin_low[bin], 0u);
    atomicStore(&bin_high[bin], 0u);
  }
  workgroupBarrier();
}

@if(!serial)
fn add_to_bin(first: u32, bin: u32, value: u32) {
  let before = atomicAdd(&bin_low[first + bin], value);
  if (before + value < before) {
    atomicAdd(&bin_high[first + bin], 1u);
  }
}

@if(!serial)
fn add_wide_to_bin(first: u32, bin: u32, value: vec2u) {
  add_to_bin(first, bin, value.x);
  atomicAdd(&bin_high[first + bin], value.y);
}

/// Adds the workgroup's bins to the world's cells. Bins have the first cells, in the same order.
@if(!serial)
fn flush_bins(lane: u32) {
  workgroupBarrier();
  for (var bin = lane; bin < BINS; bin += WORKGROUP) {
    let value = vec2u(atomicLoad(&bin_low[bin]), atomicLoad(&bin_high[bin]));
    if ((value.x | value.y) != 0u) {
      add_to_cell(bin, value);
    }
  }
}

/// Adds to a bin of a term of which only `count` bins, from the bin `first_bin` on, are in this pass; not to another.
fn add_to_bin_here(first: u32, first_bin: u32, count: u32, bin: u32, value: u32) {
  if (bin >= first_bin && bin - first_bin < count) {
    add_to_bin(first, bin - first_bin, value);
  }
}

// Extremes by bin go to the cells at once: few agents change them.
fn min_in_cell(index: u32, value: u32) {
  atomicMin(&scratch_words[cell(index)], value);
}

fn max_in_cell(index: u32, value: u32) {
  atomicMax(&scratch_words[cell(index)], value);
}

@if(serial && kept)
fn flush_bins(lane: u32) {
  for (var bin = 0u; bin < BINS; bin++) {
    add_to_cell(bin, bins[bin]);
  }
}

@if(serial && !kept)
fn flush_bins(lane: u32) {}
