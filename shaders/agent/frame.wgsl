// The start of every generated `agent` module: the buffers of a run and the world that an invocation works in.
import package::random::{draw_counter, draw_key, threefry2x32};
import package::permutation::permute;
import constants::{GROUP_COUNT, GROUP_SIZES_AT, GROUP_SIZES_IN_ROW, GROUPS_AT, GROUPS_IN_ROW, KEYS_AT, LINKS_IN_ROW, POINT_COUNT, POINT_STRIDE, POPULATION_COUNT};
import constants::{REPLICA_COUNT, ROW_AT, ROW_STRIDE, SATURATION_AT, WORKGROUP};

/// The step that is computed (1 for the first), the ring slot that a measurement fills, how many elementary updates to do, which part of the step this is (a
/// round of a matching, a class of agents), and for an invocation that walks through agents, which of them.
struct Frame { step: u32, slot: u32, repeat: u32, part: u32, agent_begin: u32, agent_end: u32 }

@if(!resident) @group(0) @binding(0) var<uniform> frame: Frame;
/// Of a workgroup that takes its replica through many steps: see shaders/engine/resident.wgsl.
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
const POINTS = u32(POINT_COUNT);
/// Places that the points of an agent take among values that share words.
const STRIDE = u32(POINT_STRIDE);
const REPLICAS = u32(REPLICA_COUNT);
const WORLDS = POINTS * REPLICAS;
const GROUPS = u32(GROUP_COUNT);

/// The world's number in the results, and what it is made of: a replica (a stream of draws, a graph) of a point (parameters, initial shares).
var<private> world: u32;
var<private> replica: u32;
var<private> point: u32;
/// Where this world's row of the setup begins, and that of its replica's first world, which has the same keys, graph and groups.
var<private> row: u32;
var<private> replica_row: u32;
/// Writes of this rule that had to be clamped to their field's range.
var<private> saturated: u32;

fn enter(its_replica: u32, its_point: u32) {
  replica = its_replica;
  point = its_point;
  saturated = 0u;
  world = its_point * REPLICAS + its_replica;
  row = ROW_AT + world * ROW_STRIDE;
  replica_row = ROW_AT + its_replica * ROW_STRIDE;
}

/// Word of an agent within a field's slot: the worlds of one replica lie side by side, since they share draws and edges.
fn cell_of(i: u32) -> u32 {
  return (replica * POPULATION + i) * POINTS + point;
}

/// Word of a group within a group field's slot.
fn group_cell_of(g: u32) -> u32 {
  return (replica * GROUPS + g) * POINTS + point;
}

/// Word of a link, by its number among all stored links, within a link field's slot.
fn link_cell_of(link: u32) -> u32 {
  return (setup_words[replica_row + LINKS_IN_ROW] + link) * POINTS + point;
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
  return setup_words[GROUPS_AT + setup_words[replica_row + GROUPS_IN_ROW] + i];
}

/// How many agents are in a group.
fn group_size(g: u32) -> u32 {
  return setup_words[GROUP_SIZES_AT + setup_words[replica_row + GROUP_SIZES_IN_ROW] + g];
}

/// What the invocations of a workgroup put into words that they share; see "settle" in the generated text.
@if(!serial) var<workgroup> staged: array<u32, WORKGROUP>;

fn report_saturation() {
  if (saturated != 0u) {
    atomicAdd(&scratch_words[SATURATION_AT + world], saturated);
  }
}
