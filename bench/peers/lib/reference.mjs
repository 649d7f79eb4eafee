// The expected answers: every rule in the plainest form that can be written, and no contender.
import { crc32 } from 'node:zlib';
import { draws, ruleKey, threefry } from './threefry.mjs';
import { sharesOf, statistics } from './workloads.mjs';

/** CRC-32 of the state after each of these numbers of steps. */
export function expectedStates(instance, stepCounts) {
  const wanted = new Set(stepCounts);
  const answers = {};
  let now = instance.start.slice();
  for (let step = 1; step <= Math.max(...wanted); step++) {
    if (instance.code === 7) instance.partners = matching(instance, step);
    for (const acts of classesOf(instance))
      now = now.map((own, me) => (acts(me) ? next(instance, now, me, step) : own));
    if (wanted.has(step)) answers[step] = crc32(now);
  }
  return answers;
}

/** Who acts together: everybody, or on a lattice the cells with even and then those with odd x + y. */
function classesOf({ width }) {
  if (width === 0) return [() => true];
  const parity = me => ((me % width) + Math.floor(me / width)) % 2;
  return [me => parity(me) === 0, me => parity(me) === 1];
}

function next({ code, rowOffsets, neighbors, key, a, table, partners }, now, me, step) {
  if (code === 7) return afterTalk({ key, a, table, partners }, now, me, step);
  const looked = neighbors.subarray(rowOffsets[me], rowOffsets[me + 1]);
  let ups = 0;
  for (const other of looked) ups += now[other];
  const tie = 2 * ups === looked.length;
  const most = Number(2 * ups > looked.length);
  if (code === 0) return tie ? now[me] : most;
  const [x, y] = threefry(key, [me, step]);
  if (code === 1) return tie ? y >>> 31 : most ^ Number(x >>> 1 < a);
  if (code === 6) return Number(x >>> 1 < table[ups]);
  const change = now[me] === 1 ? a : table[ups];
  return now[me] ^ Number(x >>> 1 < change);
}

/** A carrier recovers or not; who is not one and answers a carrier is infected or not. Places in the rule's text have their own keys. */
function afterTalk({ key: [k0, k1], a, table, partners }, now, me, step) {
  const chance = (site, probability) => threefry([k0, k1 + site], [me, step])[0] >>> 1 < probability;
  if (now[me] === 1) return Number(!chance(0, a));
  const { other, asks } = partners[me];
  return Number(!asks && now[other] === 1 && chance(1, table[0]));
}

/** Agent by agent: the other of its pair, and whether it asks. Pairs are the images of 2k and 2k + 1 under a keyed Feistel network. */
function matching({ count, pairingKey }, step) {
  const key = threefry(pairingKey, [0, step]);
  const images = Array.from({ length: count }, (_, i) => feistel(i, count, key));
  const partners = Array(count);
  for (let i = 0; i < count; i++) partners[images[i]] = { other: images[i ^ 1], asks: i % 2 === 0 };
  return partners;
}

function feistel(i, count, [k0, k1]) {
  const bits = 32 - Math.clz32(count - 1);
  const lowBits = bits >> 1;
  const [lowMask, highMask] = [2 ** lowBits - 1, 2 ** (bits - lowBits) - 1];
  let x = i;
  do {
    let [low, high] = [x & lowMask, x >>> lowBits];
    for (let round = 0; round < 10; round += 2) {
      high ^= (mixed(low ^ k0, k1 + round) >>> 7) & highMask;
      low ^= (mixed(high ^ k1, k0 + round) >>> 7) & lowMask;
    }
    x = ((high << lowBits) | low) >>> 0;
  } while (x >= count);
  return x;
}

/** The first word of pcg2d (Jarzynski & Olano 2020). */
function mixed(first, second) {
  const step = word => (Math.imul(word, 1664525) + 1013904223) | 0;
  const add = (to, from) => (to + Math.imul(from, 1664525)) | 0;
  let [x, y] = [step(first), step(second)];
  x = add(x, y);
  y = add(y, x);
  x ^= x >>> 16;
  y ^= y >>> 16;
  x = add(x, y);
  return x ^ (x >>> 16);
}

/** Samples of every statistic of a workload's `check`, from a simulation of its own. */
export function expectedSamples({ name, params, check, seed }, { rowOffsets, neighbors, start }, runs) {
  const random = draws(ruleKey(seed, `peers:reference:${name}`));
  const degree = rowOffsets[1];
  const samples = Array.from({ length: runs }, () => {
    let state = start.slice();
    for (let step = 0; step < check.steps; step++) {
      if (name === 'sir') {
        state = sirStep(state, params, neighbors, degree, random);
      } else {
        const me = random.below(state.length);
        const met = () => state[neighbors[me * degree + random.below(degree)]];
        const heard = Array.from({ length: params.q ?? 1 }, met);
        if (heard.every(value => value === heard[0])) state[me] = heard[0];
      }
    }
    return statistics[name](sharesOf(state));
  });
  return byStatistic(samples);
}

function sirStep(state, { infection, recovery }, neighbors, degree, { unit }) {
  return state.map((value, me) => {
    if (value === 1) return unit() < recovery ? 2 : 1;
    if (value === 2) return 2;
    for (let k = 0; k < degree; k++) if (state[neighbors[me * degree + k]] === 1 && unit() < infection) return 1;
    return 0;
  });
}

/** From a record per run to a list per statistic. */
export function byStatistic(samples) {
  return Object.fromEntries(Object.keys(samples[0]).map(name => [name, samples.map(sample => sample[name])]));
}
