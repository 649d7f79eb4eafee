import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Graph } from '../../src/topology/index.ts';
import { degreesIn, faultIn, graphOfSpec, inDegreesIn, rowsIn, sharedData, tally } from './support.ts';

const TABLE = new URL('../../examples/data/moltbook-reply-degrees.csv', import.meta.url);
const MOLTBOOK_DEGREES = readFileSync(TABLE, 'utf8');

/** How many nodes have each (out-degree, in-degree, group). */
function jointDegrees(graph: Graph): Map<string | number, number> {
  const [out, into] = [degreesIn(graph), inDegreesIn(graph)];
  return tally(out.map((degree, i) => `${degree},${into[i]},${graph.groups?.[i] ?? 0}`));
}

/** Row entries from each group to each group. */
function mixing(graph: Graph): number[] {
  const [groups, count] = [graph.groups ?? [], graph.groupNames?.length ?? 0];
  const matrix = new Array<number>(count * count).fill(0);
  rowsIn(graph).forEach((row, i) => {
    for (const j of row) matrix[groups[i] * count + groups[j]]++;
  });
  return matrix;
}

const scaled = (counts: Map<string | number, number>, factor: number) =>
  new Map([...counts].map(([key, count]) => [key, count * factor]));

test('a whole multiple of the table has its joint degrees exactly', async () => {
  const files = { 'degrees.csv': MOLTBOOK_DEGREES };
  const graph = await graphOfSpec({ kind: 'upscaled', degrees: 'degrees.csv' }, 3 * 1810, { files });
  const table = MOLTBOOK_DEGREES.split('\n').filter(line => /^\d/.test(line));
  const expected = new Map(table.map(line => line.split(',')).map(([o, i, n]) => [`${o},${i},0`, 3 * Number(n)]));
  expect(jointDegrees(graph)).toEqual(expected);
  expect(faultIn(graph)).toBeUndefined();
  expect(graph.report).toMatchObject({ adjustedStubs: 0, dropped: 0 });
});

test('any population has the mean degree, and joint degrees within one node of their share but for adjusted stubs', async () => {
  const files = { 'degrees.csv': MOLTBOOK_DEGREES };
  const nodes = 50_000;
  const graph = await graphOfSpec({ kind: 'upscaled', degrees: 'degrees.csv' }, nodes, { files });
  expect(graph.neighbors.length).toBe(Math.round((6858 * nodes) / 1810));
  expect(faultIn(graph)).toBeUndefined();
  const source = await graphOfSpec({ kind: 'upscaled', degrees: 'degrees.csv' }, 1810, { files });
  const counts = jointDegrees(graph);
  const shares = scaled(jointDegrees(source), nodes / 1810);
  let excess = 0;
  for (const key of new Set([...counts.keys(), ...shares.keys()])) {
    excess += Math.max(0, Math.abs((counts.get(key) ?? 0) - (shares.get(key) ?? 0)) - 1);
  }
  // An adjusted stub moves one node out of its class and into another.
  expect(excess).toBeLessThanOrEqual(2 * graph.report.adjustedStubs);
  expect(graph.report.adjustedStubs).toBeLessThan(0.01 * graph.neighbors.length);
});

test.each([true, false])(
  'groups of a small network, directed %s: degrees and mixing are exact at ten times its size',
  async directed => {
    // Three groups of unlike density; node 11 looks at nobody.
    const text = '0 1\n1 2\n2 0\n0 3\n3 4\n4 5\n5 3\n5 0\n6 7\n7 8\n8 9\n9 6\n9 3\n10 0\n10 11\n4 11\n';
    const files = { 'net.txt': text, 'groups.txt': '0 a\n1 a\n2 a\n3 b\n4 b\n5 b\n6 c\n7 c\n8 c\n9 c\n10 c\n11 a\n' };
    const source = { file: 'net.txt', directed, groups: { file: 'groups.txt' } };
    const small = await graphOfSpec({ kind: 'edges', ...source }, undefined, { files });
    const large = await graphOfSpec({ kind: 'upscaled', edges: source }, 120, { files });
    expect(faultIn(large)).toBeUndefined();
    expect(large.directed).toBe(directed);
    expect(large.groupNames).toEqual(small.groupNames);
    expect(jointDegrees(large)).toEqual(scaled(jointDegrees(small), 10));
    expect(mixing(large)).toEqual(mixing(small).map(count => 10 * count));
  },
);

test('any small network, any larger population: simple, the scaled number of edges, nothing dropped', async () => {
  const edge = fc.tuple(fc.nat(9), fc.nat(9)).filter(([a, b]) => a !== b);
  const networks = fc.tuple(
    fc.array(edge, { minLength: 1, maxLength: 25 }),
    fc.boolean(),
    fc.integer({ min: 40, max: 99 }),
  );
  await fc.assert(
    fc.asyncProperty(networks, fc.nat(), async ([list, directed, population], seed) => {
      const files = { 'net.txt': list.map(([a, b]) => `${a} ${b}`).join('\n') };
      const source = { file: 'net.txt', directed };
      const small = await graphOfSpec({ kind: 'edges', ...source }, undefined, { files });
      const large = await graphOfSpec({ kind: 'upscaled', edges: source }, population, { files, seed: [seed, 3] });
      expect(faultIn(large)).toBeUndefined();
      const edges = (graph: Graph) => graph.neighbors.length / (directed ? 1 : 2);
      expect(edges(large)).toBe(Math.round((edges(small) * population) / small.nodeCount));
      expect(large.report.dropped).toBe(0);
    }),
    { numRuns: 60 },
  );
});

test('email-Eu-core with its departments, at its own size and at 20 times: degrees and mixing are exact', async ({
  skip,
}) => {
  const [text, departments] = [sharedData('email-eu-core.txt'), sharedData('email-eu-core-departments.txt')];
  if (text === undefined || departments === undefined) return skip();
  const files = { 'email.txt': text, 'departments.txt': departments };
  const source = { file: 'email.txt', groups: { file: 'departments.txt' } };
  const small = await graphOfSpec({ kind: 'edges', ...source }, undefined, { files });
  for (const factor of [1, 20]) {
    const large = await graphOfSpec({ kind: 'upscaled', edges: source }, 1005 * factor, { files });
    expect(large.report).toMatchObject({ dropped: 0, adjustedStubs: 0 });
    expect(jointDegrees(large)).toEqual(scaled(jointDegrees(small), factor));
    expect(mixing(large)).toEqual(mixing(small).map(count => count * factor));
    expect(faultIn(large)).toBeUndefined();
  }
});

test('an undirected table, with groups to carry along', async () => {
  const files = { 'degrees.csv': 'degree,count,group\n1,4,leaf\n2,2,path\n' };
  const graph = await graphOfSpec({ kind: 'upscaled', degrees: 'degrees.csv' }, 60, { files });
  expect(graph.directed).toBe(false);
  expect(jointDegrees(graph)).toEqual(
    new Map([
      ['1,1,0', 40],
      ['2,2,1', 20],
    ]),
  );
  expect(graph.groupNames).toEqual(['leaf', 'path']);
});

test('realisations differ and repeat', async () => {
  const [files, spec] = [{ 'degrees.csv': MOLTBOOK_DEGREES }, { kind: 'upscaled', degrees: 'degrees.csv' } as const];
  const first = await graphOfSpec(spec, 3000, { files });
  expect(await graphOfSpec(spec, 3000, { files })).toEqual(first);
  expect((await graphOfSpec(spec, 3000, { files, seed: [1, 2] })).neighbors).not.toEqual(first.neighbors);
});

test.each([
  ['out_degree,in_degree,count\n1,2,3\n', /the two sums of degrees differ.*add up to 3, got 6/],
  ['out_degree,in_degree,cuont\n1,1,3\n', /no column "count".*Known: out_degree, in_degree, cuont/],
  ['out_degree,in_degree,count\n1,1.5,3\n', /d\.csv:2: not a count.*got "1\.5"/],
  ['out_degree,in_degree,count\n', /the table holds no nodes/],
  [
    'out_degree,in_degree,count\n40,40,3\n',
    /too small for the largest degree of the network, 40: expected at least 41, got 20/,
  ],
])('the table %j is refused', async (text, message) => {
  const spec = { kind: 'upscaled', degrees: 'd.csv' } as const;
  await expect(graphOfSpec(spec, 20, { files: { 'd.csv': text } })).rejects.toThrow(message);
});

test('exactly one source is asked for', async () => {
  await expect(graphOfSpec({ kind: 'upscaled' }, 20)).rejects.toThrow(/either "edges" or "degrees", got neither/);
});

test('the table of Moltbook’s degrees is what its script derives, and what this importer reads', async ({ skip }) => {
  const text = sharedData('moltbook-2026-02-01.csv');
  if (text === undefined) return skip();
  const folder = mkdtempSync(join(tmpdir(), 'groundswell-'));
  try {
    const root = new URL('../../', import.meta.url);
    const output = join(folder, 'degrees.csv');
    const script = ['scripts/derive-moltbook-degrees.mjs', '../shared/data/moltbook-2026-02-01.csv', output];
    execFileSync(process.execPath, script, { cwd: root });
    expect(readFileSync(output, 'utf8')).toBe(MOLTBOOK_DEGREES);
  } finally {
    rmSync(folder, { recursive: true });
  }
  const files = { 'moltbook.csv': text };
  const graph = await graphOfSpec({ kind: 'edges', file: 'moltbook.csv', filter: { kind: 'reply' } }, 1810, { files });
  const lines = [...jointDegrees(graph)].map(([key, count]) => `${String(key).replace(/0$/, '')}${count}`);
  expect(new Set(lines)).toEqual(new Set(MOLTBOOK_DEGREES.split('\n').filter(line => /^\d/.test(line))));
});

test('a population too small for the degrees within its groups ends soon, and the report says what was dropped', async () => {
  // Two groups of four, complete inside: halved, a node of degree 3 has but one other in its group.
  const clique = (nodes: number[]) => nodes.flatMap(a => nodes.filter(b => b > a).map(b => `${a} ${b}`));
  const text = [...clique([0, 1, 2, 3]), ...clique([4, 5, 6, 7])].join('\n');
  const files = { 'net.txt': text, 'groups.txt': '0 a\n1 a\n2 a\n3 a\n4 b\n5 b\n6 b\n7 b\n' };
  const edges = { file: 'net.txt', directed: false, groups: { file: 'groups.txt' } };
  const half = await graphOfSpec({ kind: 'upscaled', edges }, 4, { files });
  expect(faultIn(half)).toBeUndefined();
  expect(half.neighbors.length / 2 + half.report.dropped).toBe(6);
  expect(half.report.dropped).toBeGreaterThanOrEqual(4);
});
