// Conduct in tri-alignment: encounters, accounts, and imitation.
import { gamePayoff, jointOutcome } from './tri-alignment-games.ts';
import { anyone, neighbor, relationOf, type TriAgent, type TriWorld } from './tri-alignment-world.ts';

const RICHEST = 16384;

/** Partners by agent; undefined: nobody. */
function meetings(world: TriWorld, active: readonly number[]): (number | undefined)[] {
  const met = world.agents.map((): number | undefined => undefined);
  if (world.update !== 'pairing') {
    for (const i of active)
      met[i] = world.draws.unit() < world.params[i].rotation ? anyone(world, i) : neighbor(world, i);
    return met;
  }
  if (world.neighbors) throw new Error('this statement pairs everyone with everyone');
  const order = world.agents.map((_, i) => i);
  for (let k = order.length - 1; k > 0; k--) {
    const other = world.draws.below(k + 1);
    [order[k], order[other]] = [order[other], order[k]];
  }
  for (let k = 0; k + 1 < order.length; k += 2) {
    met[order[k]] = order[k + 1];
    met[order[k + 1]] = order[k];
  }
  return met;
}

export function playEncounters(world: TriWorld, active: readonly number[]): void {
  const met = meetings(world, active);
  const compromised = world.agents.map(agent => agent.compromised);
  const coins = world.agents.map(() => world.draws.unit());
  const absent = ({ quarantined, removed }: TriAgent): boolean => quarantined || removed;
  for (const i of active) {
    const [me, params] = [world.agents[i], world.params[i]];
    if (compromised[i] && world.draws.unit() < params.recovery) me.compromised = false;
    me.payoff = 0;
    const j = met[i];
    if (j === undefined || j === i || absent(me) || absent(world.agents[j])) continue;
    const other = world.agents[j];
    // both of a pair see one coin; otherwise each has an encounter of its own
    const coin = coins[world.update === 'pairing' ? Math.min(i, j) : i];
    const refused = (other.flagged && coin < params.shunning) || (me.flagged && coin < world.params[j].shunning);
    if (refused) {
      me.outcome = 0;
      continue;
    }
    if (compromised[j] && !me.committed && world.draws.unit() < params.infection) me.compromised = true;
    const { kind } = relationOf(world, i, j);
    const abilities = [params.capability, world.params[j].capability] as const;
    me.payoff = params.stakes * gamePayoff(params, kind, me.exploits, other.exploits, ...abilities);
    me.outcome = jointOutcome(params, kind, me.exploits, other.exploits, ...abilities);
  }
}

export function settleAccounts(world: TriWorld, active: readonly number[], pools: readonly number[]): void {
  for (const i of active) {
    const [me, params] = [world.agents[i], world.params[i]];
    me.payoff += params.sharing * (pools[me.group] - me.payoff);
    if (me.exploits && !me.removed && world.draws.unit() < params.audit) {
      me.payoff -= params.fine;
      me.flagged = true;
    }
    me.wealth = Math.min(RICHEST, Math.max(0, me.wealth + me.payoff));
    const worst = Math.min(me.humanAlignment, me.preferentialAlignment, me.taskAlignment, me.outcome);
    me.holistic = worst >= params.holistic_level;
  }
}

/** By group, before anything is settled: what is pooled. */
export function meanPayoffs(world: TriWorld): number[] {
  return world.groups.map((_, g) => {
    const payoffs = world.agents.filter(({ group }) => group === g).map(({ payoff }) => payoff);
    return payoffs.reduce((sum, payoff) => sum + payoff, 0) / payoffs.length;
  });
}

/** What a strategy brings, against everybody else taken as of capability 1, after sharing and fines. */
function expectedPayoff(
  world: TriWorld,
  i: number,
  counts: readonly [number, number][],
  pools: readonly number[],
): number {
  const [me, params] = [world.agents[i], world.params[i]];
  let [sum, others] = [0, 0];
  counts.forEach((byStrategy, g) => {
    const { kind } = world.relations[me.group][g];
    byStrategy.forEach((count, strategy) => {
      const n = count - Number(g === me.group && Number(me.exploits) === strategy);
      sum += n * gamePayoff(params, kind, me.exploits, strategy === 1, params.capability, 1);
      others += n;
    });
  });
  const expected = (params.stakes * sum) / others;
  return expected + params.sharing * (pools[me.group] - expected) - (me.exploits ? params.audit * params.fine : 0);
}

export function imitate(world: TriWorld, active: readonly number[], pools: readonly number[]): void {
  const exploits = world.agents.map(agent => agent.exploits);
  const counts = world.groups.map((_, g): [number, number] => {
    const members = exploits.filter((_, i) => world.agents[i].group === g);
    return [members.filter(each => !each).length, members.filter(each => each).length];
  });
  const earned = world.agents.map((agent, i) =>
    world.params[i].learning === 'expected' ? expectedPayoff(world, i, counts, pools) : agent.payoff,
  );
  for (const i of active) {
    const [me, params] = [world.agents[i], world.params[i]];
    if (me.committed || me.removed) continue;
    if (me.compromised) {
      me.exploits = true;
      continue;
    }
    const j = world.draws.unit() < params.rotation ? anyone(world, i) : neighbor(world, i);
    const seen = j !== undefined && !me.quarantined && !world.agents[j].quarantined && !world.agents[j].removed;
    if (seen && exploits[j] !== exploits[i] && world.draws.unit() < params.imitation) {
      const cost = params.conscience * me.humanAlignment;
      const lead = earned[j] - earned[i] + (exploits[i] ? cost : -cost);
      if (world.draws.unit() < 1 / (1 + Math.exp(-lead / params.selection_noise))) me.exploits = exploits[j];
    }
    if (world.draws.unit() < params.mutation) me.exploits = world.draws.unit() < 0.5;
  }
}
