// Whom interventions are aimed at: the agents of a target, as bits per replica. What holds of an agent's state is asked on the device.
import { GroundswellError, suggest } from '../errors.ts';
import { streamKey, type Words } from '../random.ts';
import type { Intervention, Target } from '../spec/intervention-spec.ts';
import { lookersOf, type Topology } from '../topology/index.ts';
import { placeDraw } from '../values/index.ts';

/** The agents of a target. */
export interface Targets {
  /** By replica: agent i is bit i mod 32 of word i / 32. Replicas with the same agents share the words. Absent: everybody. */
  readonly masks?: readonly Uint32Array[];
  /** How many they are, by replica. */
  readonly counts: readonly number[];
}

/** A division of the agents into groups or roles: by replica, modulo how many there are, the number of each agent's. */
export interface Division {
  readonly names: readonly string[];
  readonly numbers: readonly Uint32Array[];
}

export interface TargetContext {
  population: number;
  replicas: number;
  seed: Words;
  topology: Topology;
  groups: Division;
  roles: Division;
}

/** Finds the agents of an intervention. Refuses names that the topology's files do not have, and a target of nobody. */
export function targetsOf({ name, target }: Intervention, context: TargetContext): Targets {
  const { population, replicas, topology } = context;
  const { fraction = 1 } = target;
  const isChosen = chooser(target, context);
  if (!isChosen && fraction === 1) return { counts: new Array<number>(replicas).fill(population) };
  const graphs = topology.graphs?.length ?? 1;
  const everybody = Uint32Array.from({ length: population }, (_, agent) => agent);
  const period = isChosen ? Math.min(replicas, periodOf(target, context)) : 1;
  const eligible = Array.from({ length: period }, (_, replica) =>
    isChosen ? everybody.filter(agent => isChosen(agent, replica)) : everybody,
  );
  const chosen = Array.from({ length: replicas }, (_, replica) => {
    const agents = eligible[replica % period];
    const count = Math.round(fraction * agents.length);
    if (count === 0) throw nobody(name, target, agents.length);
    if (count === agents.length) return agents;
    const key = streamKey(context.seed, replica, `intervention:${name}`);
    return target.place === 'hubs'
      ? mostLookedAt(agents, count, lookersOf(topology, replica % graphs), key)
      : drawn(agents, count, key);
  });
  const masks = new Map<Uint32Array, Uint32Array>();
  for (const agents of chosen) if (!masks.has(agents)) masks.set(agents, maskOf(agents, population));
  return { masks: chosen.map(agents => masks.get(agents)!), counts: chosen.map(({ length }) => length) };
}

/** Whether an agent is one of them. */
export function isTarget({ masks }: Targets, agent: number, replica: number): boolean {
  return !masks || ((masks[replica][agent >>> 5] >>> (agent & 31)) & 1) === 1;
}

/** How many agents of a world are meant, in words. */
export function countsText({ counts }: Targets): string {
  const [low, high] = [Math.min(...counts), Math.max(...counts)].map(count => count.toLocaleString('en-US'));
  return `${low === high ? low : `${low} to ${high}`} ${high === '1' ? 'agent' : 'agents'} of each world`;
}

type Chooser = (agent: number, replica: number) => boolean;

/** Replicas that are this far apart have the same agents in the groups and roles of a target. Roles are drawn for each replica, or for each graph, or once. */
function periodOf(target: Target, { groups, roles }: TargetContext): number {
  return Math.max(target.groups ? groups.numbers.length : 1, target.roles ? roles.numbers.length : 1);
}

/** Whether an agent is of the groups and roles and on the list, if there are any. */
function chooser(target: Target, context: TargetContext): Chooser | undefined {
  const tests: Chooser[] = [];
  if (target.groups) tests.push(membership('group', target.groups, context.groups, target));
  if (target.roles) tests.push(membership('role', target.roles, context.roles, target));
  if (target.agents) {
    const listed = new Set(target.agents.map(agent => numberOf(agent, target, context)));
    tests.push(agent => listed.has(agent));
  }
  return tests.length === 0 ? undefined : (agent, replica) => tests.every(test => test(agent, replica));
}

function membership(
  noun: string,
  wanted: readonly string[],
  { names, numbers }: Division,
  { writtenAt }: Target,
): Chooser {
  const stranger = wanted.find(name => !names.includes(name));
  if (stranger !== undefined) {
    const what = names.length === 0 ? `there are no ${noun}s` : `unknown ${noun} "${stranger}"`;
    throw new GroundswellError({
      what,
      where: writtenAt,
      hint: names.length === 0 ? undefined : suggest(stranger, names),
    });
  }
  const members = new Set(wanted.map(name => names.indexOf(name)));
  return (agent, replica) => members.has(numbers[replica % numbers.length][agent]);
}

function numberOf(agent: number | string, { writtenAt }: Target, { population, topology }: TargetContext): number {
  const ids = topology.graphs?.[0].ids;
  const number = typeof agent === 'number' ? agent : (ids?.indexOf(agent) ?? -1);
  if (number >= 0 && number < population) return number;
  const names = ids ? 'or a name in the file of the topology' : 'since the topology names no agents';
  throw new GroundswellError({
    what: 'no such agent',
    where: writtenAt,
    expected: `a number from 0 to ${population - 1}, ${names}`,
    got: typeof agent === 'number' ? String(agent) : `"${agent}"`,
  });
}

/** A uniform sample, ascending. A larger one of the same intervention holds the smaller, so that runs with different shares are paired. */
function drawn(agents: Uint32Array, count: number, key: Words): Uint32Array {
  if (count === agents.length) return agents;
  const draws = Float64Array.from(agents, agent => placeDraw(key, agent));
  const bound = draws.slice().sort()[count - 1];
  // two equal draws of 53 bits are a matter of 10⁻⁴ even among a million agents; then those with the lower numbers count
  let equal = count - draws.reduce((sum, draw) => sum + (draw < bound ? 1 : 0), 0);
  return agents.filter((_, k) => draws[k] < bound || (draws[k] === bound && equal-- > 0));
}

/** Those at whom most look; among equals a sample. */
function mostLookedAt(agents: Uint32Array, count: number, looks: Uint32Array, key: Words): Uint32Array {
  const bound = Uint32Array.from(agents, agent => looks[agent]).sort()[agents.length - count];
  const above = agents.filter(agent => looks[agent] > bound);
  const equals = agents.filter(agent => looks[agent] === bound);
  const more = drawn(equals, count - above.length, key);
  return Uint32Array.from([...above, ...more]).sort();
}

function maskOf(agents: Uint32Array, population: number): Uint32Array {
  const words = new Uint32Array(Math.ceil(population / 32));
  for (const agent of agents) words[agent >>> 5] |= 1 << (agent & 31);
  return words;
}

function nobody(name: string, { fraction, writtenAt }: Target, of: number): GroundswellError {
  const share = of === 0 ? 'nobody' : `${fraction} of ${of} agents, which rounds to nobody`;
  return new GroundswellError({
    what: `intervention "${name}" is aimed at nobody`,
    where: writtenAt,
    expected: 'at least one agent',
    got: share,
    hint: 'leave it out, or choose a larger share',
  });
}
