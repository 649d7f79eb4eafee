// Draws per agent: from the key of (seed, replica, purpose) and the agent's number, so that an agent's value depends neither on the number of
// agents nor on what others draw.
import { DISTRIBUTIONS, type DistributionName, drawChoice, type Unit } from '../distributions.ts';
import { GroundswellError } from '../errors.ts';
import { roundHalfAway } from '../fixed.ts';
import { threefry2x32, type Words } from '../random.ts';
import type { Source } from '../spec/spec.ts';

/** A range that holds at least a hundredth of a distribution is hit in as many draws, but for one agent in 10⁴³. */
const MOST_DRAWS = 10_000;

/** Uniform numbers for one agent after another. */
interface AgentUnits {
  /** Starts the numbers of an agent: block k of the counter (agent, k) is its k-th number. */
  begin(agent: number): void;
  unit: Unit;
}

export function agentUnits(key: Words): AgentUnits {
  let agent = 0;
  let block = 0;
  return {
    begin(next) {
      agent = next;
      block = 0;
    },
    unit() {
      const [high, low] = threefry2x32(key, [agent, block++]);
      return (high >>> 5) * 2 ** -27 + ((low >>> 6) + 1) * 2 ** -53;
    },
  };
}

/** A number of 53 bits by which agents are put in a random order. */
export function placeDraw(key: Words, agent: number): number {
  const [high, low] = threefry2x32(key, [agent, 0]);
  return high * 2 ** 21 + (low >>> 11);
}

type Drawn = Source & { kind: 'distribution' | 'choice' };

/** The value that an agent draws from a source, for a target of integers (`whole`) or real numbers. */
export function drawer(source: Drawn, whole: boolean, key: Words): (agent: number) => number {
  const { begin, unit } = agentUnits(key);
  if (source.kind === 'choice') {
    return agent => {
      begin(agent);
      return source.values[drawChoice(source.shares, unit)];
    };
  }
  const { of, min, max } = source;
  const draw = numberDrawer(source.name, whole);
  return agent => {
    begin(agent);
    for (let k = 0; k < MOST_DRAWS; k++) {
      const value = draw(of, unit);
      if (value >= min && value <= max) return value;
    }
    throw new GroundswellError({
      what: `${source.label} hardly ever falls within ${min} to ${max}`,
      where: source.where,
      got: `none of ${MOST_DRAWS} draws for agent ${agent}`,
      hint: 'choose a distribution with more of its weight there',
    });
  };
}

function numberDrawer(name: DistributionName, whole: boolean) {
  const { draw, drawInteger } = DISTRIBUTIONS[name];
  if (!whole) return draw;
  return drawInteger ?? ((of: Readonly<Record<string, number>>, unit: Unit) => roundHalfAway(draw(of, unit)));
}

/** Agents by a draw of 53 bits each; equal ones by number. */
export function shuffled(agents: Uint32Array, key: Words): Uint32Array {
  const draws = Float64Array.from(agents, agent => placeDraw(key, agent));
  return Uint32Array.from(agents.keys())
    .sort((a, b) => draws[a] - draws[b] || a - b)
    .map(place => agents[place]);
}
