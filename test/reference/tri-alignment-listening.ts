// What an agent of tri-alignment hears: everyone, all that it looks at, or some draws of those, weighed by influence and relation.
import { anyone, type Relation, relationOf, type TriWorld } from './tri-alignment-world.ts';

interface Voice {
  loudness: number;
  voice: number[];
}

/** The mean response of an agent on each question, on the state as it is when this is called. */
export function hear(world: TriWorld): (agent: number) => number[] {
  if (world.neighbors) return i => listen(world, i, world.neighbors![i]);
  const everyone = voices(world);
  return i => {
    if (world.params[i].attention === 0) return meanOfVoices(world, i, everyone);
    return listen(
      world,
      i,
      world.agents.map((_, j) => j).filter(j => j !== i),
    );
  };
}

/** By group, all influence and the mean of what is shown, by influence. */
function voices(world: TriWorld): Voice[] {
  const questions = world.agents[0].stance.map((_, k) => k);
  return world.groups.map((_, g) => {
    const members = world.agents.filter(({ group }) => group === g);
    const loudness = members.reduce((sum, { influence }) => sum + influence, 0);
    const said = (k: number) => members.reduce((sum, { influence, shown }) => sum + influence * shown[k], 0);
    return { loudness, voice: questions.map(k => (loudness === 0 ? 0 : said(k) / loudness)) };
  });
}

/** To all of some others by their weight, or to draws of them. */
function listen(world: TriWorld, i: number, others: readonly number[]): number[] {
  const me = world.agents[i];
  const { attention, rotation } = world.params[i];
  const weights = others.map(j => world.agents[j].influence * relationOf(world, i, j).strength);
  const whole = weights.reduce((sum, weight) => sum + weight, 0);
  const respond = (j: number, k: number): number =>
    response(world, i, world.agents[j].shown[k] - me.stance[k], relationOf(world, i, j));
  if (attention === 0) {
    return me.stance.map((_, k) =>
      whole === 0 ? 0 : others.reduce((sum, j, n) => sum + weights[n] * respond(j, k), 0) / whole,
    );
  }
  const sums = me.stance.map(() => 0);
  for (let turn = 0; turn < attention; turn++) {
    const rotated = world.draws.unit() < rotation;
    const j = rotated ? anyone(world, i) : inProportion(world, others, weights, whole);
    if (j === undefined || world.agents[j].influence === 0) continue;
    sums.forEach((_, k) => {
      sums[k] += respond(j, k);
    });
  }
  return sums.map(sum => sum / attention);
}

/** To everyone, oneself included: where all responses are plain differences, those to a group are its influence times that to its mean. */
function meanOfVoices(world: TriWorld, i: number, voices: readonly Voice[]): number[] {
  const { stance, group } = world.agents[i];
  const relations = world.relations[group];
  const narrow = world.params[i].confidence < 2;
  if (relations.some(({ kind }) => kind === 'competitive' || (kind === 'cooperative' && narrow)))
    throw new Error('who hears everyone by relations that are not linear has to draw some of them (attention)');
  const weights = voices.map(({ loudness }, g) => loudness * relations[g].strength);
  const whole = weights.reduce((sum, weight) => sum + weight, 0);
  return stance.map((x, k) =>
    whole === 0 ? 0 : voices.reduce((sum, { voice }, g) => sum + weights[g] * (voice[k] - x), 0) / whole,
  );
}

function response(world: TriWorld, i: number, difference: number, { kind }: Relation): number {
  const { confidence, repulsion } = world.params[i];
  const size = Math.abs(difference);
  if (kind === 'cooperative') return size <= confidence ? difference : 0;
  if (kind === 'competitive') return -repulsion * difference * Math.max(0, 1 - size / confidence);
  return difference;
}

function inProportion(
  world: TriWorld,
  others: readonly number[],
  weights: readonly number[],
  whole: number,
): number | undefined {
  let mark = world.draws.unit() * whole;
  return others.find((_, n) => {
    mark -= weights[n];
    return mark < 0;
  });
}
