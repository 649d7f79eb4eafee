// The state of a population of tri-alignment in plain TypeScript, and who looks at whom; its rules are in the files beside this one.
import { type Sequence, seedKey, sequence } from '../../src/random.ts';
import type { Kind } from './tri-alignment-games.ts';
import { TRI_DEFAULTS, type TriParams } from './tri-alignment-params.ts';

export interface TriAgent {
  readonly group: number;
  readonly preference: readonly number[];
  readonly trained: readonly number[];
  stance: number[];
  shown: number[];
  exploits: boolean;
  committed: boolean;
  compromised: boolean;
  flagged: boolean;
  quarantined: boolean;
  removed: boolean;
  holistic: boolean;
  payoff: number;
  wealth: number;
  influence: number;
  humanAlignment: number;
  preferentialAlignment: number;
  taskAlignment: number;
  apparentAlignment: number;
  outcome: number;
}

/** How an agent of a group stands to one of another. */
export interface Relation {
  kind: Kind;
  strength: number;
}

/** What each group aims at, by value question. */
export interface TriGroup {
  human: readonly number[];
  task: readonly number[];
  temptation: readonly number[];
}

export interface TriOptions {
  seed: string;
  population: number;
  params: Partial<TriParams>;
  /** Parameters that differ between agents, in place of those above. */
  paramsOf?: (agent: number) => Partial<TriParams>;
  groups: readonly TriGroup[];
  /** By group and group; collaborative, strength 1, where absent. */
  relations?: readonly (readonly Relation[])[];
  /** How an agent starts. */
  start: (agent: number, draws: Sequence) => TriStart;
  /** Whom each looks at; everybody looks at everybody where absent. */
  neighbors?: readonly (readonly number[])[];
  update: 'pairing' | 'synchronous' | { activation: number };
}

export type TriStart = Pick<TriAgent, 'group' | 'stance' | 'preference' | 'exploits'> &
  Partial<Pick<TriAgent, 'committed' | 'compromised'>>;

export interface TriWorld {
  agents: TriAgent[];
  /** By agent. */
  params: readonly TriParams[];
  draws: Sequence;
  groups: readonly TriGroup[];
  relations: readonly (readonly Relation[])[];
  neighbors?: readonly (readonly number[])[];
  update: TriOptions['update'];
}

const FRIENDS: Relation = { kind: 'collaborative', strength: 1 };

export function createWorld(options: TriOptions): TriWorld {
  const { population, groups, neighbors, update } = options;
  const draws = sequence(seedKey(options.seed));
  const all = Array.from({ length: population }, (_, i) => i);
  const relations = options.relations ?? groups.map(() => groups.map(() => FRIENDS));
  const params = all.map(i => ({ ...TRI_DEFAULTS, ...options.params, ...options.paramsOf?.(i) }));
  const agents = all.map(i => settleIn(options.start(i, draws)));
  return { agents, params, draws, groups, relations, neighbors, update };
}

/** One unit of wealth, and nothing has failed yet. */
function settleIn({ stance, committed = false, compromised = false, ...start }: TriStart): TriAgent {
  return {
    ...start,
    stance,
    shown: stance,
    trained: [...stance],
    committed,
    compromised,
    flagged: false,
    quarantined: false,
    removed: false,
    holistic: false,
    payoff: 0,
    wealth: 1,
    influence: 1,
    humanAlignment: 0,
    preferentialAlignment: 0,
    taskAlignment: 0,
    apparentAlignment: 0,
    outcome: 1,
  };
}

export function groupOf(world: TriWorld, i: number): TriGroup {
  return world.groups[world.agents[i].group];
}

export function relationOf(world: TriWorld, i: number, j: number): Relation {
  return world.relations[world.agents[i].group][world.agents[j].group];
}

export function anyone(world: TriWorld, i: number): number | undefined {
  if (world.agents.length === 1) return undefined;
  const other = world.draws.below(world.agents.length - 1);
  return other + Number(other >= i);
}

export function neighbor(world: TriWorld, i: number): number | undefined {
  if (!world.neighbors) return anyone(world, i);
  const others = world.neighbors[i];
  return others.length === 0 ? undefined : others[world.draws.below(others.length)];
}
