// A population in plain TypeScript: initial state, updates and neighbours, stated independently of the planner and the kernels. Slow and obvious.
import { seedKey, threefry2x32, type Words } from '../../src/random.ts';
import { Draws } from './draws.ts';
import { greedyMatching, type Pair } from './matching.ts';
import { permute } from './permutation.ts';

/** Values of every field, by agent. */
export type State = Record<string, number[]>;

/** Neighbours by agent, in the order that kernels number them. */
export type Neighbors = readonly (readonly number[])[];

/** What a rule sees: the state when it began, and who it may look at. */
export interface Sight {
  state: Readonly<State>;
  me: number;
  step: number;
  neighbors: readonly number[];
  /** The partner of the step and whether `me` is the first of the two; only when pairing. */
  pair?: Pair;
  /** The same of everyone. */
  pairs?: readonly Pair[];
  draws: Draws;
  params: Readonly<Record<string, number>>;
}

/** New values of the agent's own fields; what is absent stays. */
export type Changes = { readonly [field: string]: number | undefined };
export type Rule = (sight: Sight) => Changes;

/** A rule under the name by which it draws. */
export interface NamedRule {
  name: string;
  act: Rule;
}

export interface SocietyOptions {
  population: number;
  seed: string | number;
  stream: number;
  params: Readonly<Record<string, number>>;
  /** Initial shares by field. */
  init: Readonly<Record<string, readonly number[]>>;
  /** Fields that start at 0. */
  zero?: readonly string[];
  zealots?: { up: number; down: number };
  /** What the start is made into, for an agent and its place in a random order. */
  setup?: (start: Readonly<State>, me: number, rank: number) => Changes;
  neighbors: Neighbors;
  update: { kind: 'synchronous' | 'activation' | 'sublattice' | 'pairing' | 'sequential'; activation?: number };
  /** For `sublattice`: the agents that act at once, class by class. */
  classes?: readonly (readonly number[])[];
  /** For `pairing`: along the edges of the neighbours instead of everyone with everyone. */
  alongEdges?: boolean;
  /** The rules of a step, in order. */
  rule: NamedRule | readonly NamedRule[];
  /** Names of those that recompute fields: for everyone, whatever the update, and anew before each class. */
  derived?: readonly string[];
}

/** A population that steps. */
export class Society {
  readonly state: State = {};
  readonly #options: SocietyOptions;
  readonly #seed: Words;
  #step = 0;

  constructor(options: SocietyOptions) {
    this.#options = options;
    this.#seed = seedKey(options.seed);
    const { population, init, zero = [], zealots, setup } = options;
    const agents = Array.from({ length: population }, (_, i) => i);
    for (const field of zero) this.state[field] = agents.map(() => 0);
    for (const [field, shares] of Object.entries(init)) {
      const values = exactCounts(shares, population).flatMap((count, value) => new Array<number>(count).fill(value));
      const key = this.#key(`init:${field}`);
      this.state[field] = agents.map(i => values[permute(i, population, key)]);
    }
    if (zealots) {
      const key = this.#key('rank');
      for (const i of agents) {
        const rank = permute(i, population, key);
        if (rank >= zealots.up + zealots.down) continue;
        this.state.zealot[i] = 1;
        this.state.opinion[i] = rank < zealots.up ? 1 : 0;
      }
    }
    if (setup) {
      const key = this.#key('rank');
      for (const i of agents) this.#write(i, setup(this.state, i, permute(i, population, key)));
    }
  }

  step(): void {
    this.#step++;
    const { population, update, rule } = this.#options;
    const rules = [rule].flat();
    if (update.kind === 'sequential') {
      const chosen = new Draws(this.#seed, this.#options.stream, 'sequential').below(population, 0, 0, this.#step);
      for (const one of rules) this.#write(chosen, this.#act(one, chosen));
      return;
    }
    if (update.kind === 'sublattice') {
      // one by one: within a class this is the same as at once, as long as what is derived is that of its beginning
      for (const members of this.#options.classes!) {
        for (const one of rules.filter(each => this.#isDerived(each))) this.#everyone(one);
        for (const i of members)
          for (const one of rules.filter(each => !this.#isDerived(each))) this.#write(i, this.#act(one, i));
      }
      return;
    }
    const pairs = update.kind === 'pairing' ? this.#pairs() : undefined;
    const coin = new Draws(this.#seed, this.#options.stream, 'activation');
    for (const one of rules) {
      const needsCoin = update.kind === 'activation' && !this.#isDerived(one);
      this.#everyone(one, pairs, i => !needsCoin || coin.chance(update.activation!, 0, i, this.#step));
    }
  }

  #isDerived({ name }: NamedRule): boolean {
    return this.#options.derived?.includes(name) ?? false;
  }

  /** Those who act do so at once, on the state before. */
  #everyone(rule: NamedRule, pairs?: Pair[], acts: (i: number) => boolean = () => true): void {
    const changes = Array.from({ length: this.#options.population }, (_, i) =>
      acts(i) ? this.#act(rule, i, pairs) : {},
    );
    changes.forEach((values, i) => {
      this.#write(i, values);
    });
  }

  #key(purpose: string): Words {
    return new Draws(this.#seed, this.#options.stream, purpose).key;
  }

  #pairs(): Pair[] {
    const { neighbors, alongEdges } = this.#options;
    const key = threefry2x32(this.#key('pairing'), [0, this.#step]);
    return alongEdges ? greedyMatching(neighbors, key) : this.#matching(key);
  }

  #matching(key: Words): Pair[] {
    const { population } = this.#options;
    const order = Array.from({ length: population }, (_, i) => permute(i, population, key));
    const pairs: Pair[] = [];
    for (let k = 0; k < population; k += 2) {
      const other = k + 1 < population ? order[k + 1] : order[k];
      pairs[order[k]] = { partner: other, first: other !== order[k] };
      if (k + 1 < population) pairs[other] = { partner: order[k], first: false };
    }
    return pairs;
  }

  #act({ name, act }: NamedRule, me: number, pairs?: Sight['pairs']): Changes {
    const { neighbors, params, stream } = this.#options;
    const draws = new Draws(this.#seed, stream, name);
    const sight = { state: this.state, me, step: this.#step, neighbors: neighbors[me], draws, params };
    return act({ ...sight, pair: pairs?.[me], pairs });
  }

  #write(agent: number, values: Changes): void {
    for (const [field, value] of Object.entries(values)) if (value !== undefined) this.state[field][agent] = value;
  }
}

/** Counts that sum to the population, by largest remainder (the earlier value on a tie). */
function exactCounts(shares: readonly number[], population: number): number[] {
  const exact = shares.map(share => share * population);
  const counts = exact.map(Math.floor);
  while (counts.reduce((a, b) => a + b, 0) < population) {
    let best = 0;
    for (let value = 1; value < shares.length; value++)
      if (exact[value] - counts[value] > exact[best] - counts[best]) best = value;
    counts[best]++;
  }
  return counts;
}

/** Whom an agent meets: its partner if it is the first of the pair, or a random neighbour; itself when there is nobody. */
export function contact({ me, step, neighbors, pair, draws }: Sight): number {
  if (pair) return pair.first ? pair.partner : me;
  return neighbors.length === 0 ? me : neighbors[draws.below(neighbors.length, 0, me, step)];
}
