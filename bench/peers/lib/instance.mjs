// An instance is a workload with its graph, start state and integers, in a file that programs in any language read:
// 24 words (little endian) [magic, rule, agents, links, key 0, key 1, a, 9 of the table, check steps, check runs, width of a lattice, 2 of the
// key of matchings, 0 …], agents + 1 row offsets, the links, a byte
// per agent with its start.
import { readFileSync, writeFileSync } from 'node:fs';
import { draws, ruleKey, threefry } from './threefry.mjs';

const MAGIC = 0x47535750;
const HEADER = 24;

/** The instance of a workload on a graph. */
export function instanceOf(workload, graph) {
  const { rowOffsets, neighbors } = graph;
  const count = rowOffsets.length - 1;
  const key = workload.rule ? ruleKey(workload.seed, workload.rule) : [0, 0];
  const pairingKey = ruleKey(workload.seed, 'pairing');
  const { code, a = 0, table = [], check, width = 0 } = workload;
  const start = workload.compare === 'bits' ? coins(workload, count) : exactShare(workload, count);
  return {
    code,
    count,
    rowOffsets,
    neighbors,
    key,
    pairingKey,
    a,
    table,
    start,
    check: { steps: check?.steps ?? 0, runs: check?.runs ?? 0 },
    width,
  };
}

/** Agents start in state 1 with the probability `startShare`. */
function coins({ seed, startShare }, count) {
  const key = ruleKey(seed, 'peers:start');
  return Uint8Array.from({ length: count }, (_, i) => Number(threefry(key, [i, 0])[0] / 2 ** 32 < startShare));
}

/** Exactly the share `startShare` of the agents, at random, in state 1. */
function exactShare({ seed, startShare }, count) {
  const { below } = draws(ruleKey(seed, 'peers:start'));
  const start = new Uint8Array(count);
  for (let left = Math.round(startShare * count); left > 0; ) {
    const i = below(count);
    if (start[i] === 1) continue;
    start[i] = 1;
    left--;
  }
  return start;
}

export function writeInstance(path, instance) {
  const { code, count, rowOffsets, neighbors, key, pairingKey, a, table, start, check, width } = instance;
  const header = new Uint32Array(HEADER);
  header.set([MAGIC, code, count, neighbors.length, ...key, a, ...table]);
  header.set([check.steps, check.runs, width, ...pairingKey], 16);
  const parts = [header, rowOffsets, neighbors, start];
  writeFileSync(path, Buffer.concat(parts.map(part => Buffer.from(part.buffer, part.byteOffset, part.byteLength))));
}

export function readInstance(path) {
  const { buffer, byteOffset, byteLength } = readFileSync(path);
  const bytes = buffer.slice(byteOffset, byteOffset + byteLength);
  const header = new Uint32Array(bytes, 0, HEADER);
  if (header[0] !== MAGIC) throw new Error(`${path} is no instance`);
  const [, code, count, links, key0, key1, a] = header;
  const rowOffsets = new Uint32Array(bytes, 4 * HEADER, count + 1);
  const neighbors = new Uint32Array(bytes, 4 * (HEADER + count + 1), links);
  const start = new Uint8Array(bytes, 4 * (HEADER + count + 1 + links), count);
  const check = { steps: header[16], runs: header[17] };
  const [key, table] = [[key0, key1], [...header.subarray(7, 16)]];
  const [width, ...pairingKey] = header.subarray(18, 21);
  return { code, count, rowOffsets, neighbors, key, pairingKey, a, table, start, check, width };
}
