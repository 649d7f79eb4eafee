// How each kind of source fills the words of some agents: all of them, or those of a group or role.
import { GroundswellError } from '../errors.ts';
import { streamKey } from '../random.ts';
import { initialBounds } from '../spec/shares.ts';
import type { Source } from '../spec/spec.ts';
import { agentColumn } from './columns.ts';
import { byDegree, byParts, byUser } from './divisions.ts';
import { drawer, shuffled } from './draws.ts';
import type { Target } from './target.ts';
import type { RecordedWorld, ValuesContext } from './types.ts';

/** A source with its files read. */
export interface Filler {
  /** Replicas that differ by less than this may have values of their own; r and r + period have the same. */
  period: number;
  /** One word is enough for everybody. */
  uniform: boolean;
  /** Puts the word of each of these agents at the agent's number. */
  fill(words: Uint32Array, agents: Uint32Array, replica: number): void;
}

export async function filler(source: Source, target: Target, context: ValuesContext): Promise<Filler> {
  switch (source.kind) {
    case 'value': {
      const word = target.encode(source.value, source.where);
      return { period: 1, uniform: true, fill: (words, agents) => agents.forEach(agent => { words[agent] = word; }) }; // biome-ignore format: one thought
    }
    case 'file': {
      const column = await agentColumn(source, target, context);
      return copying(1, () => column);
    }
    case 'run':
      return recorded(source, target, context);
    case 'parts':
      return byParts(source, part => filler(part, target, context), context);
    case 'user':
      return byUser(await filler(source.source, target, context), context);
    case 'degree':
      return byDegree(source, target, context);
    case 'shares':
      return sharing(source.shares, target, context);
    default:
      return drawing(context, (words, agents, replica) => {
        const draw = drawer(source, target.whole, streamKey(context.seed, replica, target.purpose));
        for (const agent of agents) words[agent] = target.encode(draw(agent), source.where);
      });
  }
}

function drawing({ replicas }: ValuesContext, fill: Filler['fill']): Filler {
  return { period: replicas, uniform: false, fill };
}

function copying(period: number, wordsOf: (replica: number) => Uint32Array): Filler {
  return {
    period,
    uniform: false,
    fill(words, agents, replica) {
      const from = wordsOf(replica);
      for (const agent of agents) words[agent] = from[agent];
    },
  };
}

/** Exact shares among the agents, who take the values in the order of a number that each draws. */
function sharing(shares: readonly number[], target: Target, context: ValuesContext): Filler {
  return drawing(context, (words, agents, replica) => {
    const order = shuffled(agents, streamKey(context.seed, replica, target.purpose));
    const bounds = initialBounds(shares, agents.length);
    let value = 0;
    for (let place = 0; place < order.length; place++) {
      while (place >= bounds[value]) value++;
      words[order[place]] = value;
    }
  });
}

/** The last recorded state of a run: replica r from replica r, or all from the only one. */
async function recorded(source: Source & { kind: 'run' }, target: Target, context: ValuesContext): Promise<Filler> {
  const { folder, where } = source;
  const worlds = await context.readRun(folder, target.name).catch(cause => {
    throw notRecorded(cause, source, target);
  });
  const points = [...new Set(worlds.map(world => world.point))].sort((a, b) => a - b);
  const point = source.point ?? (points.length === 1 ? points[0] : undefined);
  if (point === undefined || !points.includes(point)) {
    const what =
      point === undefined ? `the run ${folder} has ${points.length} points` : `the run ${folder} has no point ${point}`;
    throw new GroundswellError({
      what,
      where,
      expected: `a point from 0 to ${points.at(-1)}`,
      hint: 'say which with point: …',
    });
  }
  const replicas = worlds.filter(world => world.point === point);
  if (replicas.length > 1 && replicas.length < context.replicas) {
    throw new GroundswellError({
      what: `the run ${folder} has fewer replicas`,
      where,
      expected: `1, or at least ${context.replicas}`,
      got: String(replicas.length),
      hint: `use replicas: ${replicas.length} or fewer`,
    });
  }
  const words = replicas.slice(0, context.replicas).map(world => recordedWords(world, source, target, context));
  return copying(words.length, replica => words[replica % words.length]);
}

/** A missing file gets its place in the spec, and the way to have it; other errors say what they are about. */
function notRecorded(cause: unknown, { folder, where }: Source & { kind: 'run' }, target: Target): unknown {
  if (!(cause instanceof GroundswellError) || cause.where !== undefined) return cause;
  return new GroundswellError({
    what: `no recorded agents of the run ${folder}`,
    where,
    expected: cause.expected,
    got: cause.expected ? undefined : cause.what,
    hint: `run it with record: [${target.name}], or name the folder that holds it with --data DIR`,
    cause,
  });
}

function recordedWords(
  world: RecordedWorld,
  { folder, where }: Source & { kind: 'run' },
  target: Target,
  { population, ids }: ValuesContext,
): Uint32Array {
  if (world.values.length !== population) {
    const hint = 'use that population, and the same topology where it has one of its own';
    throw new GroundswellError({
      what: `the run ${folder} has another population`,
      where,
      expected: String(population),
      got: String(world.values.length),
      hint,
    });
  }
  const words = world.values.map((value, row) =>
    target.encode(value, `${folder}/agents.parquet, row ${row} of point ${world.point}, replica ${world.replica}`),
  );
  // node ids on both sides say who is who; otherwise it is the order
  if (!ids || typeof world.agents[0] === 'number') return Uint32Array.from(words);
  const rowOf = new Map(world.agents.map((agent, row) => [agent, row]));
  return Uint32Array.from(ids, id => {
    const row = rowOf.get(id);
    if (row !== undefined) return words[row];
    throw new GroundswellError({
      what: `the run ${folder} has no agent "${id}"`,
      where,
      hint: 'its topology must be of the same file',
    });
  });
}
