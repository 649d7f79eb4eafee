import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import type { EdgeSource } from '../../src/topology/index.ts';
import { statistics } from '../../src/topology/index.ts';
import { graphOfSpec, rowsIn, sharedData } from './support.ts';

const read = (text: string | Uint8Array, source: Partial<EdgeSource> = {}, population?: number) =>
  graphOfSpec({ kind: 'edges', file: 'net.txt', ...source }, population, { files: { 'net.txt': text } });

test('SNAP: tabs, spaces, comments, CRLF and a last line without an end', async () => {
  const graph = await read('# a comment\r\n% another\r\n10\t2\r\n2  7\r\n\r\n10 7');
  expect(graph.ids).toEqual(['2', '7', '10']);
  expect(rowsIn(graph)).toEqual([[1], [], [0, 1]]);
  expect(graph).toMatchObject({ directed: true, report: { isolated: 1 } });
});

test('CSV: byte order mark, quotes, doubled quotes, a delimiter and a line break inside quotes', async () => {
  const text = '\ufeffsource,target\r\n"Ada ""the first""","b,c"\r\n"b,c","two\nlines"\r\n';
  const graph = await read(text, { format: 'csv' });
  expect(graph.ids).toEqual(['Ada "the first"', 'b,c', 'two\nlines']);
  expect(rowsIn(graph)).toEqual([[1], [2], []]);
});

test.each([';', '\t', ','])('CSV: the delimiter %j is found', async delimiter => {
  const text = ['kind,target,source', 'x,b,a', 'y,a,b'].join('\n').replaceAll(',', delimiter);
  const graph = await read(text, { format: 'csv', filter: { kind: 'x' } });
  expect(graph.ids).toEqual(['b', 'a'].reverse());
  expect(rowsIn(graph)).toEqual([[1], []]);
});

test('the format is guessed from the name or the first line', async () => {
  const csv = await graphOfSpec({ kind: 'edges', file: 'net.tsv' }, undefined, {
    files: { 'net.tsv': 'source\ttarget\n1\t2' },
  });
  expect(csv.ids).toEqual(['1', '2']);
  expect((await read('source,target\n1,2')).ids).toEqual(['1', '2']);
  expect((await read('source target\n1 2')).ids).toEqual(['source', 'target', '1', '2']);
});

test('gzip is unpacked', async () => {
  expect(rowsIn(await read(gzipSync('0 1\n1 2\n')))).toEqual([[1], [2], []]);
  await expect(read(gzipSync('0 1\n1 2\n').subarray(0, 15))).rejects.toThrow(/net\.txt: the gzip file is damaged/);
});

test('ids that are not all plain integers keep the order of the file', async () => {
  expect((await read('10 9\n9 x')).ids).toEqual(['10', '9', 'x']);
  expect((await read('10 09\n')).ids).toEqual(['10', '09']);
});

test('direction: source looks at target, reversed, or both', async () => {
  expect(rowsIn(await read('0 1\n1 2'))).toEqual([[1], [2], []]);
  expect(rowsIn(await read('0 1\n1 2', { reverse: true }))).toEqual([[], [0], [1]]);
  expect(rowsIn(await read('0 1\n1 2', { directed: false }))).toEqual([[1], [0, 2], [1]]);
});

const MESSY = '0 1 2\n0 1 0.5\n1 1 1\n1 0 4\n2 2 8\n2 2 8\n';
const WEIGHTS = { columns: { weight: 3 } } as const;

test('by default self-loops are dropped and duplicates merged, their weights added', async () => {
  const graph = await read(MESSY, WEIGHTS);
  expect(rowsIn(graph)).toEqual([[1], [0], []]);
  expect([...(graph.weights ?? [])]).toEqual([2.5, 4]);
  expect(graph.report).toMatchObject({ selfLoops: { met: 3, kept: 0 }, duplicates: { met: 1, kept: 0 }, isolated: 1 });
});

test('undirected: an edge named from both ends is a duplicate', async () => {
  const graph = await read(MESSY, { ...WEIGHTS, directed: false });
  expect(rowsIn(graph)).toEqual([[1], [0], []]);
  expect([...(graph.weights ?? [])]).toEqual([6.5, 6.5]);
  expect(graph.report.duplicates).toEqual({ met: 2, kept: 0 });
});

test('both may be kept; an undirected self-loop is two entries of its row', async () => {
  const kept = { selfLoops: 'keep', duplicates: 'keep' } as const;
  const directed = await read(MESSY, { ...WEIGHTS, ...kept });
  expect(rowsIn(directed)).toEqual([
    [1, 1],
    [0, 1],
    [2, 2],
  ]);
  expect([...(directed.weights ?? [])]).toEqual([2, 0.5, 4, 1, 8, 8]);
  expect(directed.report).toMatchObject({ selfLoops: { met: 3, kept: 3 }, duplicates: { met: 2, kept: 2 } });
  const mutual = await read(MESSY, { ...kept, duplicates: 'merge', directed: false });
  expect(rowsIn(mutual)).toEqual([[1], [0, 1, 1], [2, 2]]);
  expect(statistics(mutual)).toMatchObject({ edges: 3, reciprocity: 1 });
});

test('both may be refused, with the line', async () => {
  await expect(read(MESSY, { selfLoops: 'error' })).rejects.toThrow(/net\.txt:3: a self-loop.*"1 1 1".*"selfLoops"/);
  await expect(read(MESSY, { duplicates: 'error' })).rejects.toThrow(
    /net\.txt:2: an edge is in the file more than once/,
  );
});

test('groups come from a file of their own', async () => {
  const files = { 'net.txt': '0 1\n5 0', 'who.csv': 'id,team\n5,blue\n0,red\n9,none\n1,blue\n' };
  const groups = { file: 'who.csv', columns: { group: 'team' } };
  const graph = await graphOfSpec({ kind: 'edges', file: 'net.txt', groups }, undefined, { files });
  expect(graph.groupNames).toEqual(['red', 'blue']);
  expect([...(graph.groups ?? [])]).toEqual([0, 1, 1]);
  const missing = { ...files, 'who.csv': 'id,team\n0,red\n' };
  const spec = { kind: 'edges', file: 'net.txt', groups } as const;
  await expect(graphOfSpec(spec, undefined, { files: missing })).rejects.toThrow(/who\.csv: node "1" has no group/);
});

test('a node in two groups is refused, with the line', async () => {
  const files = { 'net.txt': '0 1', 'who.txt': '0 red\n1 blue\n0 red\n0 blue\n' };
  const spec = { kind: 'edges', file: 'net.txt', groups: { file: 'who.txt' } } as const;
  await expect(graphOfSpec(spec, undefined, { files })).rejects.toThrow(
    /^who\.txt:4: node "0" is in two groups: expected "red", as in who\.txt:1, got "blue"$/,
  );
});

const TEAMS = 'from,source,target,to\nred,5,0,blue\nblue,0,9,none\nblue,0,0,blue\n';
const BESIDE = { sourceGroup: 'from', targetGroup: 'to' } as const;

test('groups stand beside the nodes: of both ends, reversed, and of self-loops that are dropped', async () => {
  for (const reverse of [false, true]) {
    const graph = await read(TEAMS, { columns: BESIDE, reverse });
    expect(graph.ids).toEqual(['0', '5', '9']);
    expect(graph.groupNames).toEqual(['blue', 'red', 'none']);
    expect([...(graph.groups ?? [])]).toEqual([0, 1, 2]);
  }
  // The source's alone, where every node is a source somewhere: also one that only looks at itself.
  const alone = await read('from,source,target\nred,1,2\nblue,2,2\n', { columns: { sourceGroup: 'from' } });
  expect([alone.groupNames, [...(alone.groups ?? [])]]).toEqual([
    ['red', 'blue'],
    [0, 1],
  ]);
  const snap = await read('1 2 a b\n', { columns: { sourceGroup: 3, targetGroup: 4 } });
  expect(snap.groupNames).toEqual(['a', 'b']);
});

test('groups beside the nodes: lines that disagree and nodes without one are refused; the filter comes first', async () => {
  await expect(read(`${TEAMS}red,5,9,some\n`, { columns: BESIDE })).rejects.toThrow(
    /^net\.txt:5: node "9" is in two groups: expected "none", as in net\.txt:3, got "some"$/,
  );
  await expect(read(TEAMS, { columns: { sourceGroup: 'from' } })).rejects.toThrow(/net\.txt: node "9" has no group/);
  await expect(read('source,target,g\n1,2,\n', { columns: { sourceGroup: 'g' } })).rejects.toThrow(
    /:2: column 3 is empty/,
  );
  await expect(read(TEAMS, { columns: { sourceGroup: 'fro' } })).rejects.toThrow(
    /no column "fro" for the group of the source\. Did you mean "from"\?/,
  );
  const filtered = await read(`${TEAMS}red,5,9,some\n`, { columns: BESIDE, filter: { from: 'blue' } });
  expect(filtered.groupNames).toEqual(['blue', 'none']);
});

test.each([
  ['', {}, /net\.txt: the file is empty/],
  ['# only a comment\n', {}, /the file is empty/],
  ['source,target\n', {}, /net\.txt: the file has no edges/],
  ['source,target,kind\n1,2,reply', { filter: { kind: 'like' } }, /no line passes the filter \(kind: like\)/],
  ['from,target\n1,2', { columns: { source: 'fromm' } }, /no column "fromm" for the source\. Did you mean "from"\?/],
  ['from,to\n1,2', {}, /no column "source" for the source\. Known: from, to/],
  ['source,target\n1,2', { filter: { knd: 1 } }, /no column "knd" for the filter/],
  ['1 2\n3 4', { columns: { weight: 'w' } }, /no header/],
  ['0 1\n2\n', {}, /net\.txt:2: the line has too few columns: expected a value in column 2, got "2"/],
  ['source,target\n0,1\n2\n', {}, /net\.txt:3: the line has 1 column: expected 2 columns \(source,target\), got "2"/],
  ['source,target\n0,1\n2,\n', {}, /net\.txt:3: column 2 is empty/],
  ['source,target\n0,"1\n2,3\n', {}, /net\.txt:2: a quote is never closed/],
  ['source,target\n"0"x,1\n', {}, /net\.txt:2: text follows a closing quote/],
  ['0 1 heavy\n', { columns: { weight: 3 } }, /net\.txt:1: a weight is not a number.*got "heavy"/],
  [Uint8Array.of(0x30, 0x20, 0xff, 0xfe), {}, /not text in UTF-8/],
] as [string | Uint8Array, Partial<EdgeSource>, RegExp][])('%j with %j is refused', async (text, source, message) => {
  await expect(read(text, source)).rejects.toThrow(message);
});

test('a population that differs from the file is refused', async () => {
  await expect(read('0 1', {}, 3)).rejects.toThrow(/differs from the 2 nodes of net\.txt.*expected 2, got 3.*upscaled/);
  expect((await read('0 1', {}, 2)).nodeCount).toBe(2);
});

test('a file longer than one piece of the decoder is read whole, with characters across the seam', async () => {
  const lines = Array.from({ length: 60_000 }, (_, i) => `agent-é${i} agent-é${i + 1}`);
  const graph = await read(`${lines.join('\n')}\n`);
  expect(graph.nodeCount).toBe(60_001);
  expect(graph.ids?.[60_000]).toBe('agent-é60000');
  expect(graph.neighbors.length).toBe(60_000);
});

test('SNAP email-Eu-core: 1,005 people, 25,571 edges of which 642 self-loops, 42 departments', async ({ skip }) => {
  const [text, departments] = [sharedData('email-eu-core.txt'), sharedData('email-eu-core-departments.txt')];
  if (text === undefined || departments === undefined) return skip();
  const spec = { kind: 'edges', file: 'email.txt', groups: { file: 'departments.txt' } } as const;
  const graph = await graphOfSpec(spec, 1005, { files: { 'email.txt': text, 'departments.txt': departments } });
  expect(statistics(graph)).toMatchObject({ nodes: 1005, edges: 24_929, maxOutDegree: 333, maxInDegree: 211 });
  expect(graph.report.selfLoops).toEqual({ met: 642, kept: 0 });
  expect(graph.groupNames).toEqual(Array.from({ length: 42 }, (_, i) => `${i}`));
});

test('Moltbook: 1,810 agents, 6,858 reply edges, 62,835 replies', async ({ skip }) => {
  const text = sharedData('moltbook-2026-02-01.csv');
  if (text === undefined) return skip();
  const source = { file: 'moltbook.csv', filter: { kind: 'reply' }, columns: { weight: 'weight' } };
  const graph = await graphOfSpec({ kind: 'edges', ...source }, undefined, { files: { 'moltbook.csv': text } });
  expect(statistics(graph)).toMatchObject({ nodes: 1810, edges: 6858 });
  expect(graph.weights?.reduce((sum, weight) => sum + weight)).toBe(62_835);
  expect(graph.ids?.[1809]).toBe('1809');
});
