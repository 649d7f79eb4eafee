// Networks in files and the stationary opinions on them as dense linear systems, for tests of averaging models.
import { expect } from 'vitest';
import { open } from '../../src/experiment/open.ts';
import { solveDominant } from '../support/linear.ts';

/** Weights by source and target. */
type Links = ReadonlyMap<string, ReadonlyMap<string, number>>;

/** Links from who looks to who is looked at, weights of repeated ones added, without self-loops. */
export function linksOf(
  edges: Iterable<readonly [from: string, to: string, weight: number]>,
  merge: 'add' | 'once',
): Links {
  const links = new Map<string, Map<string, number>>();
  for (const [from, to, weight] of edges) {
    for (const id of [from, to]) if (!links.has(id)) links.set(id, new Map());
    if (from === to) continue;
    const row = links.get(from)!;
    row.set(to, merge === 'add' ? (row.get(to) ?? 0) + weight : weight);
  }
  return links;
}

const files =
  (texts: Readonly<Record<string, string>>) =>
  async (name: string): Promise<Uint8Array> => {
    if (!(name in texts)) throw new Error(`no file ${name}`);
    return new TextEncoder().encode(texts[name]);
  };

interface Settled {
  /** Names of the agents, in order. */
  ids: string[];
  /** Of one world. */
  innate: Float64Array;
  opinion: Float64Array;
}

/** First and last opinions of the last replica of a run on a network from a file. */
export async function settle(
  spec: Parameters<typeof open>[0],
  texts: Readonly<Record<string, string>>,
  steps: number,
): Promise<Settled> {
  await using world = await open(spec, { engine: 'cpu', readFile: files(texts) });
  const { ids } = world.prepared.topology.graphs![0];
  await world.step(steps, { every: 0 });
  const last = async (field: string): Promise<Float64Array> =>
    ((await world.read(field)) as Float64Array).slice(-ids!.length);
  expect(await world.saturations()).toBe(0);
  return { ids: ids!, innate: await last('innate'), opinion: await last('opinion') };
}

/** The solution of (I − ΛW) x = (I − Λ) x(0); who looks at nobody hears itself. */
export function stationary(
  links: Links,
  { ids, innate }: Settled,
  susceptibility: (i: number) => number,
): Float64Array {
  const place = new Map(ids.map((id, i) => [id, i]));
  const right = innate.map((value, i) => (1 - susceptibility(i)) * value);
  const matrix = ids.map((id, i) => {
    const row = new Float64Array(ids.length);
    row[i] = 1;
    const heard = links.get(id)!;
    const total = [...heard.values()].reduce((sum, weight) => sum + weight, 0);
    if (heard.size === 0) row[i] -= susceptibility(i);
    for (const [other, weight] of heard) row[place.get(other)!] -= (susceptibility(i) * weight) / total;
    return row;
  });
  return solveDominant(matrix, right);
}

export const farthest = (a: Float64Array, b: Float64Array): number =>
  a.reduce((most, value, i) => Math.max(most, Math.abs(value - b[i])), 0);
