// Values that follow from who an agent is: its group, its role, its user, or how many look at it.
import { GroundswellError, suggest } from '../errors.ts';
import { ln } from '../exact.ts';
import { exactExp, roundHalfAway } from '../fixed.ts';
import type { Source } from '../spec/spec.ts';
import type { Filler } from './fill.ts';
import type { Target } from './target.ts';
import type { ValuesContext } from './types.ts';

/** By group or role, each with a source of its own. */
export async function byParts(
  source: Source & { kind: 'parts' },
  fillerOf: (source: Source) => Promise<Filler>,
  context: ValuesContext,
): Promise<Filler> {
  const { by } = source;
  const { names, period, numbersOf } = by === 'group' ? groupNumbers(context) : roleNumbers(context);
  if (names.length === 0) {
    const hint =
      by === 'group' ? 'add groups to the spec, or to the topology’s file' : 'give the groups of the spec roles';
    throw new GroundswellError({ what: `there are no ${by}s`, where: source.where, hint });
  }
  for (const { name, where } of source.parts) {
    if (names.includes(name)) continue;
    throw new GroundswellError({ what: `unknown ${by} "${name}"`, where, hint: suggest(name, names) });
  }
  const fillers: (Filler | undefined)[] = [];
  for (const name of names) {
    const own = source.parts.find(part => part.name === name)?.source ?? source.rest;
    fillers.push(own && (await fillerOf(own)));
  }
  const drawn = fillers.some(filler => filler !== undefined && filler.period > 1);
  return {
    period: drawn ? context.replicas : period,
    uniform: false,
    fill(words, agents, replica) {
      const numbers = numbersOf(replica);
      fillers.forEach((filler, number) => {
        const own = agents.filter(agent => numbers[agent] === number);
        if (filler) filler.fill(words, own, replica);
        else if (own.length > 0) refuseMissing(source, names, number);
      });
    },
  };
}

function refuseMissing({ by, where }: Source & { kind: 'parts' }, names: readonly string[], number: number): never {
  const expected = `one for each of ${names.join(', ')}`;
  throw new GroundswellError({ what: `no value for ${by} "${names[number]}"`, where, expected });
}

/** The numbers of a division: r and r + period have the same. */
interface Numbers {
  names: readonly string[];
  period: number;
  numbersOf(replica: number): Uint32Array;
}

function groupNumbers({ population, graphs, groups }: ValuesContext): Numbers {
  const names = groups.groups.map(({ name }) => name);
  if (!groups.perGraph) return { names, period: 1, numbersOf: () => groups.numbers };
  const numbersOf = (replica: number): Uint32Array => {
    const first = (replica % graphs) * population;
    return groups.numbers.subarray(first, first + population);
  };
  return { names, period: graphs, numbersOf };
}

function roleNumbers({ roles }: ValuesContext): Numbers {
  const { names = [], numbers = [] } = roles ?? {};
  return { names, period: numbers.length, numbersOf: replica => numbers[replica % numbers.length] };
}

/** One value for each user: that of the first agent that works for it. */
export function byUser(inner: Filler, { users }: ValuesContext): Filler {
  if (!users) return inner;
  return {
    ...inner,
    fill(words, agents, replica) {
      const own = new Uint32Array(users.length);
      const firsts = [...new Set(Array.from(agents, agent => users[agent]))].sort((a, b) => a - b);
      inner.fill(own, Uint32Array.from(firsts), replica);
      for (const agent of agents) words[agent] = own[users[agent]];
    },
  };
}

/** By the number of agents who look at the agent, over the mean of it. */
export function byDegree(
  { power, scale, min, max, where }: Source & { kind: 'degree' },
  target: Target,
  { graphs, lookers }: ValuesContext,
): Filler {
  return {
    period: graphs,
    uniform: false,
    fill(words, agents, replica) {
      const seen = lookers(replica % graphs);
      const mean = seen.reduce((sum, count) => sum + count, 0) / seen.length;
      // few degrees, many agents
      const encoded = new Map<number, number>();
      for (const agent of agents) {
        const count = seen[agent];
        const word = encoded.get(count) ?? target.encode(valueAt(mean === 0 ? 1 : count / mean), where);
        encoded.set(count, word);
        words[agent] = word;
      }
    },
  };

  function valueAt(ratio: number): number {
    const factor = ratio > 0 ? exactExp(power * ln(ratio)) : power > 0 ? 0 : power === 0 ? 1 : Number.POSITIVE_INFINITY;
    const value = Math.min(max, Math.max(min, scale === 0 ? 0 : scale * factor));
    return target.whole ? roundHalfAway(value) : value;
  }
}
