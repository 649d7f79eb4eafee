// The start of every generated `agent` module: the buffers of a run and the world that an invocation works in.
import package::random::{draw_counter, draw_key, threefry2x32};
import package::permutation::permute;
import constants::{BUNDLED_REPLICAS, GROUP_COUNT, GROUP_SIZES_AT, GROUP_SIZES_IN_ROW, GROUPS_AT, GROUPS_IN_ROW, KEYS_AT, LINKS_IN_ROW, POINT_COUNT, POPULATION_COUNT};
import constants::{REPLICA_COUNT, ROW_AT, ROW_STRIDE, SATURATION_AT, STRAND_STRIDE, WORKGROUP};

/// The step that is computed (1 for the first), the ring slot that a measurement fills, how many elementary updates to do, which part of the step this is (a
/// round of a matching, a class of agents), and for an invocation that walks through agents, which of them.
struct Frame { step: u32, slot: u32, repeat: u32, part: u32, agent_begin: u32, agent_end: u32 }

@if(!resident) @group(0) @binding(0) var<uniform> frame: Frame;
/// Of a workgroup that takes its bundle through many steps: see shaders/engine/resident.wgsl.
@if(resident) var<private> frame: Frame;
/// Fields of all worlds; the plan says where each lies.
@group(0) @binding(1) var<storage, read_write> state_words: array<u32>;
/// What does not change: tables, groups, and a row per world with its keys, parameters and initial counts.
@group(0) @binding(2) var<storage, read> setup_words: array<u32>;
/// Adjacency in compressed rows: offsets (absolute, one block per graph) and the agents looked at.
@group(0) @binding(3) var<storage, read> row_words: array<u32>;
@group(0) @binding(4) var<storage, read> column_words: array<u32>;
/// Accumulators, aggregates and counters.
@group(0) @binding(5) var<storage, read_write> scratch_words: array<atomic<u32>>;
/// Measured cells: slot, world, cell, two words.
@group(0) @binding(6) var<storage, read_write> ring_words: array<u32>;

const POPULATION = u32(POPULATION_COUNT);
const REPLICAS = u32(REPLICA_COUNT);
const WORLDS = u32(POINT_COUNT) * REPLICAS;
/// Worlds come in bundles: all points of one replica, or of several that have one graph. Those of a bundle, its strands, lie side by side.
const BUNDLED = u32(BUNDLED_REPLICAS);
const BUNDLES = REPLICAS / BUNDLED;
const STRANDS = u32(POINT_COUNT) * BUNDLED;
/// Places that the strands of an agent take among values that share words.
const STRIDE = u32(STRAND_STRIDE);
const GROUPS = u32(GROUP_COUNT);

/// The world's number in the results, its replica (a stream of draws, a graph), and where it lies.
var<private> world: u32;
var<private> replica: u32;
var<private> bundle: u32;
var<private> strand: u32;
/// Where this world's row of the setup begins, and those of the first world of its point, which has the same parameters, of its replica, which has the same
/// keys, and of its bundle, which has the same graph and groups.
var<private> row: u32;
var<private> point_row: u32;
var<private> replica_row: u32;
var<private> bundle_row: u32;
/// Writes of this rule that had to be clamped to their field's range.
var<private> saturated: u32;

fn enter(its_bundle: u32, its_strand: u32) {
  bundle = its_bundle;
  strand = its_strand;
  saturated = 0u;
  // strands follow each other point by point, replica by replica
  replica = its_bundle * BUNDLED + its_strand % BUNDLED;
  let first_of_point = select(its_strand / BUNDLED * REPLICAS, 0u, POINT_COUNT == 1);
  world = first_of_point + replica;
  row = ROW_AT + world * ROW_STRIDE;
  point_row = ROW_AT + first_of_point * ROW_STRIDE;
  replica_row = ROW_AT + replica * ROW_STRIDE;
  bundle_row = ROW_AT + its_bundle * BUNDLED * ROW_STRIDE;
}

/// The world with this number in the results.
fn enter_world(number: u32) {
  let its_replica = number % REPLICAS;
  enter(its_replica / BUNDLED, number / REPLICAS * BUNDLED + its_replica % BUNDLED);
}

/// Word of an agent within a field's slot: the worlds of a bundle lie side by side, since they share edges, and those of one replica draws.
fn cell_of(i: u32) -> u32 {
  return (bundle * POPULATION + i) * STRANDS + strand;
}

/// Word of a group within a group field's slot.
fn group_cell_of(g: u32) -> u32 {
  return (bundle * GROUPS + g) * STRANDS + strand;
}

/// Word of a link, by its number among all stored links, within a link field's slot.
fn link_cell_of(link: u32) -> u32 {
  return (setup_words[bundle_row + LINKS_IN_ROW] + link) * STRANDS + strand;
}

fn key_at(index: u32) -> vec2u {
  return vec2u(setup_words[replica_row + KEYS_AT + 2u * index], setup_words[replica_row + KEYS_AT + 2u * index + 1u]);
}

/// Everything that the rule about to run draws depends on.
fn begin_draws(key: u32, me: u32, step: u32) {
  draw_key = key_at(key);
  draw_counter = vec2u(me, step);
}

/// The number of agents in this world.
fn population() -> u32 {
  return POPULATION;
}

/// The number of groups; 1 when everybody is in the same.
fn group_count() -> u32 {
  return GROUPS;
}

/// The number of the agent's group, from 0.
fn group(i: u32) -> u32 {
  if (GROUPS == 1u) {
    return 0u;
  }
  return setup_words[GROUPS_AT + setup_words[bundle_row + GROUPS_IN_ROW] + i];
}

/// How many agents are in a group.
fn group_size(g: u32) -> u32 {
  return setup_words[GROUP_SIZES_AT + setup_words[bundle_row + GROUP_SIZES_IN_ROW] + g];
}

/// What the invocations of a workgroup put into words that they share; see "settle" in the generated text.
@if(!serial) var<workgroup> staged: array<u32, WORKGROUP>;

fn report_saturation() {
  if (saturated != 0u) {
    atomicAdd(&scratch_words[SATURATION_AT + world], saturated);
  }
}
