// The integrated mean field of a naming game by policy: the share of every history, from step to step. Exact for complete graphs as N → ∞, where what the partner says is
// independent of what an agent remembers. Not for graphs, where partners share a past.
import type { Branch, StateMap, TheoryContext } from '../model/index.ts';
import { firstRow } from './policy-histories.ts';

/** A map from a state [share of all agents that said B, share of talks in which both said the same, share of free agents by row of the policy]. */
export interface PolicyMap {
  start: readonly number[];
  next(state: readonly number[]): readonly number[];
}

/** Where the histories begin. */
const ROWS_AT = 2;

/**
 * The mean field of a policy, where a share `committed` of all agents always says B. Of the free agents a share `startedB` said B at the start; with `agreed` they
 * remember only talks in which both said their word, else nothing.
 */
export function policyMap(
  policy: readonly number[],
  { talks, committed, startedB, agreed }: { talks: number; committed: number; startedB: number; agreed: boolean },
): PolicyMap {
  const rows = policy.length;
  const oldest = firstRow(talks);
  // the row after a talk in which both said A; a row of full length forgets its oldest talk. Talks that are not remembered lead to the only row
  const after = Uint32Array.from({ length: rows }, (_, row) => {
    const length = lengthOf(row);
    const number = 4 * (row - firstRow(length));
    return length < talks ? firstRow(length + 1) + number : oldest + (number % 4 ** talks);
  });
  const talk = talks === 0 ? 0 : 1;
  const start = new Array<number>(ROWS_AT + rows).fill(0);
  start[0] = committed + (1 - committed) * startedB;
  start[ROWS_AT + (agreed ? oldest : 0)] += 1 - startedB;
  start[ROWS_AT + (agreed ? rows - 1 : 0)] += startedB;
  return {
    start,
    next: state => {
      let free = 0;
      for (let row = 0; row < rows; row++) free += state[ROWS_AT + row] * policy[row];
      const said = committed + (1 - committed) * free;
      const next = new Array<number>(state.length).fill(0);
      next[0] = said;
      next[1] = said * said + (1 - said) * (1 - said);
      for (let row = 0; row < rows; row++) {
        const share = state[ROWS_AT + row];
        if (share === 0) continue;
        const [saysA, saysB] = [share * (1 - policy[row]), share * policy[row]];
        const to = ROWS_AT + after[row];
        next[to] += saysA * (1 - said);
        next[to + talk] += saysA * said;
        next[to + 2 * talk] += saysB * (1 - said);
        next[to + 3 * talk] += saysB * said;
      }
      return next;
    },
  };
}

function lengthOf(row: number): number {
  let length = 0;
  while (firstRow(length + 1) <= row) length++;
  return length;
}

/** The mean field of a run, undefined where it is not exact. `measured` says where in the state the measure is. */
export function meanField(context: TheoryContext, measured: 0 | 1): StateMap | undefined {
  const map = mapOf(context);
  return map && { ...map, measure: state => state[measured] };
}

function mapOf({ topology, params, tables, initial }: TheoryContext): PolicyMap | undefined {
  if (topology.kind !== 'complete') return undefined;
  const { committed, says_b } = initial;
  const startedB = committed < 1 ? (says_b - committed) / (1 - committed) : 0;
  return policyMap(tables.policy, { talks: params.history, committed, startedB, agreed: params.start === 1 });
}

/** Updates of single shares in a search for where a population settles: a fraction of a second. */
const MOST_UPDATES = 2e6;
/** Changes of the shares in a step, summed, below which nothing happens any more. */
const SETTLED = 1e-11;

/** A change that is not about to end, when the state is where it was before: the population swings. */
const SWINGS = 1e6 * SETTLED;

/** The state in which a population settles from a state; undefined if it does not: it may swing for ever. */
export function settledPolicy(
  { next, start }: PolicyMap,
  from: readonly number[] = start,
): readonly number[] | undefined {
  let state = from;
  // a state of the past, at a step that is a power of two, so that a swing of any period is found (Brent 1980)
  let earlier = from;
  for (let step = 1; step * state.length <= MOST_UPDATES; step++) {
    const later = next(state);
    const change = apart(state, later);
    state = later;
    if (change < SETTLED) return state;
    if (change > SWINGS && apart(state, earlier) < SETTLED) return undefined;
    if (Number.isInteger(Math.log2(step))) earlier = state;
  }
  return undefined;
}

const apart = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((sum, value, k) => sum + Math.abs(value - b[k]), 0);

/** Share of agents that are made to remember only one word, to see whether a state is stable. */
const NUDGE = 1e-3;
/** A nudge that ends farther away has grown. */
const GROWN = 20 * NUDGE;

/** Where a run's population settles; if a nudge to either word grows there, also where that ends. Undefined if there is no telling. */
export function settledShares(context: TheoryContext): Branch[] | undefined {
  const map = mapOf(context);
  const state = map && settledPolicy(map);
  if (!map || !state) return undefined;
  const value = state[0];
  const ends: number[] = [];
  for (const row of [ROWS_AT + firstRow(context.params.history), state.length - 1]) {
    const nudged = state.map((share, k) => (k < ROWS_AT ? share : share * (1 - NUDGE) + (k === row ? NUDGE : 0)));
    const end = settledPolicy(map, nudged)?.[0];
    if (end === undefined) return undefined;
    if (Math.abs(end - value) > GROWN) ends.push(end);
  }
  return [{ value, stable: ends.length === 0 }, ...ends.map(end => ({ value: end, stable: true }))];
}
