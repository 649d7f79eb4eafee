// Parquet tables of edges, groups and degrees: read as the CSV of the same table is, whatever the types; and what is refused.
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { type ColumnSource, parquetWriteBuffer } from 'hyparquet-writer';
import { expect, test } from 'vitest';
import type { EdgeSource } from '../../src/topology/index.ts';
import { graphOfSpec, rowsIn } from './support.ts';

type Written = Omit<Parameters<typeof parquetWriteBuffer>[0], 'columnData'>;

const parquet = (columnData: ColumnSource[], options: Written = {}): Uint8Array =>
  new Uint8Array(parquetWriteBuffer({ columnData, ...options }));

const read = (bytes: Uint8Array | string, source: Partial<EdgeSource> = {}, file = 'net.parquet') =>
  graphOfSpec({ kind: 'edges', file, ...source }, undefined, { files: { [file]: bytes } });

const column = (name: string, data: unknown[], type: ColumnSource['type'], more: Partial<ColumnSource> = {}) =>
  ({ name, data, type, ...more }) as ColumnSource;

const EDGES = [column('source', [10, 2, 10], 'INT32'), column('target', [2, 7, 7], 'INT32')];

test.each(['SNAPPY', 'UNCOMPRESSED'] as const)('%s, in one row group or in several', async codec => {
  for (const rowGroupSize of [100, 2, 1]) {
    const graph = await read(parquet(EDGES, { codec, rowGroupSize }));
    expect(graph.ids).toEqual(['2', '7', '10']);
    expect(rowsIn(graph)).toEqual([[1], [], [0, 1]]);
  }
});

test('the format is known by the name, by the bytes, or as told; gzip around it is unpacked', async () => {
  const bytes = parquet(EDGES);
  for (const graph of [
    await read(bytes, {}, 'net'),
    await read(bytes, { format: 'parquet' }, 'net.csv'),
    await read(gzipSync(bytes), {}, 'net.parquet.gz'),
  ]) {
    expect(graph.ids).toEqual(['2', '7', '10']);
  }
  // A Buffer may be a view of a larger one.
  const padded = Buffer.concat([Buffer.from('xxxxx'), bytes, Buffer.from('yyy')]);
  expect((await read(padded.subarray(5, 5 + bytes.length))).ids).toEqual(['2', '7', '10']);
});

test('ids of every type: words, 64-bit integers in full, floats without their point', async () => {
  const words = parquet([column('source', ['Ada', 'Bé'], 'STRING'), column('target', ['Bé', '10'], 'STRING')]);
  expect((await read(words)).ids).toEqual(['Ada', 'Bé', '10']);
  const large = 2n ** 62n + 1n;
  const longs = parquet([column('source', [large, large], 'INT64'), column('target', [large + 1n, 5n], 'INT64')]);
  expect((await read(longs)).ids).toEqual([`${large}`, `${large + 1n}`, '5']);
  const doubles = parquet([column('source', [3, 1], 'DOUBLE'), column('target', [2, 2], 'FLOAT')]);
  expect((await read(doubles)).ids).toEqual(['1', '2', '3']);
});

test('the options are those of a CSV: the same table gives the same graph', async () => {
  const node = fc.integer({ min: 0, max: 9 });
  const row = fc.record({ from: node, to: node, strength: fc.double({ min: -5, max: 5, noNaN: true }), kind: fc.constantFrom('reply', 'like') }); // biome-ignore format: one thought
  const options = fc.record({
    directed: fc.boolean(),
    reverse: fc.boolean(),
    selfLoops: fc.constantFrom('drop' as const, 'keep' as const),
    duplicates: fc.constantFrom('merge' as const, 'keep' as const),
    filter: fc.constantFrom<Record<string, string>>({}, { kind: 'reply' }),
    rowGroupSize: fc.integer({ min: 1, max: 20 }),
  });
  const tables = fc
    .array(row, { minLength: 1, maxLength: 30 })
    .filter(rows => rows.some(({ kind }) => kind === 'reply'));
  await fc.assert(
    fc.asyncProperty(tables, options, async (rows, { rowGroupSize, ...rest }) => {
      const bytes = parquet(
        [
          column('kind', rows.map(({ kind }) => kind), 'STRING'),
          column('strength', rows.map(({ strength }) => strength), 'DOUBLE'),
          column('from', rows.map(({ from }) => BigInt(from)), 'INT64'),
          column('to', rows.map(({ to }) => to), 'INT32'),
        ],
        { rowGroupSize },
      ); // biome-ignore format: a table
      const text = rows.map(({ kind, strength, from, to }) => `${kind},${strength},${from},${to}`);
      const source = { ...rest, columns: { source: 'from', target: 4, weight: 'strength', sourceGroup: undefined } };
      const theirs = await read(['kind,strength,from,to', ...text].join('\n'), source, 'net.csv');
      expect(await read(bytes, source)).toEqual(theirs);
    }),
    { numRuns: 60 },
  );
});

test('groups: a file of their own, or beside the nodes', async () => {
  const who = parquet([column('id', [7, 2, 10, 99], 'INT32'), column('group', ['b', 'a', 'b', 'c'], 'STRING')]);
  const files = { 'net.parquet': parquet(EDGES), 'who.parquet': who };
  const spec = { kind: 'edges', file: 'net.parquet', groups: { file: 'who.parquet' } } as const;
  const graph = await graphOfSpec(spec, undefined, { files });
  expect([graph.groupNames, [...(graph.groups ?? [])]]).toEqual([['a', 'b'], [0, 1, 1]]); // biome-ignore format: a pair
  const beside = [...EDGES, column('g', [true, false, true], 'BOOLEAN'), column('h', [false, true, true], 'BOOLEAN')];
  const columns = { sourceGroup: 'g', targetGroup: 'h' };
  expect((await read(parquet(beside), { columns })).groupNames).toEqual(['false', 'true']);
  const torn = [...EDGES, column('g', ['x', 'y', 'x'], 'STRING'), column('h', ['y', 'z', 'w'], 'STRING')];
  await expect(read(parquet(torn), { columns })).rejects.toThrow(
    /^net\.parquet, row 3: node "7" is in two groups: expected "z", as in net\.parquet, row 2, got "w"$/,
  );
});

test('a table of degrees', async () => {
  const bytes = parquet([column('degree', [3, 8], 'INT32'), column('count', [60n, 40n], 'INT64')]);
  const csv = 'degree,count\n3,60\n8,40\n';
  const spec = (degrees: string) => ({ kind: 'upscaled', degrees }) as const;
  const ours = await graphOfSpec(spec('d.parquet'), 200, { files: { 'd.parquet': bytes } });
  expect(ours).toEqual(await graphOfSpec(spec('d.csv'), 200, { files: { 'd.csv': csv } }));
  const bad = parquet([column('degree', [3.5], 'DOUBLE'), column('count', [60], 'INT32')]);
  await expect(graphOfSpec(spec('d.parquet'), 200, { files: { 'd.parquet': bad } })).rejects.toThrow(
    /^d\.parquet, row 1: not a count: expected a non-negative integer, got "3\.5"$/,
  );
});

test('columns that are no fields are passed over, and refused where they are used', async () => {
  const point = { type: 'Point', coordinates: [1, 2] };
  const bytes = parquet([
    column('place', [point, point, point], 'GEOMETRY'),
    column('tags', [{ a: 1 }, { a: 2 }, { a: 3 }], 'JSON'),
    column('deep', [{ a: 1 }, { a: 2 }, { a: 3 }], 'VARIANT'),
    ...EDGES,
  ]);
  expect((await read(bytes)).ids).toEqual(['2', '7', '10']);
  expect((await read(bytes, { columns: { source: 5, target: 4 } })).ids).toEqual(['2', '7', '10']);
  for (const name of ['place', 'tags', 'deep']) {
    await expect(read(bytes, { columns: { weight: name } })).rejects.toThrow(
      `net.parquet: column "${name}" cannot be the weight: expected words, numbers or dates, got nested or binary values`,
    );
  }
});

test('null is an empty field, with its row', async () => {
  const holes = parquet([EDGES[0], column('target', [2, null, 7], 'INT32', { nullable: true })]);
  await expect(read(holes)).rejects.toThrow(/^net\.parquet, row 2: column 2 is empty: expected a value in column 2/);
  // In a row that the filter leaves out, it does not matter.
  const kinds = column('kind', ['a', 'b', 'a'], 'STRING');
  const filtered = parquet([EDGES[0], column('target', [2, null, 7], 'INT32', { nullable: true }), kinds]);
  expect((await read(filtered, { filter: { kind: 'a' } })).ids).toEqual(['2', '7', '10']);
});

test.each([
  [parquet(EDGES, { codec: 'GZIP', compressors: { GZIP: bytes => new Uint8Array(gzipSync(bytes)) } }), {}, /^net\.parquet: column "source" is compressed.*expected snappy or no compression, got gzip\. Write the file again/],
  [parquet(EDGES).subarray(0, 60), {}, /^net\.parquet: this is not a Parquet file, or it is damaged/],
  ['source,target\n1,2\n', {}, /^net\.parquet: this is not a Parquet file/],
  [new Uint8Array(0), {}, /^net\.parquet: this is not a Parquet file/],
  [parquet(EDGES), { columns: { source: 'sorce' } }, /no column "sorce" for the source\. Did you mean "source"\?/],
  [parquet(EDGES), { columns: { source: 3 } }, /no such source column: expected an integer from 1 to 2, got 3/],
  [parquet([column('source', [1, 2], 'INT32'), column('target', [2, 1], 'INT32')]), { duplicates: 'error', directed: false }, /^net\.parquet, row 2: an edge is in the file more than once/],
  [parquet([column('source', [1, 2], 'INT32'), column('target', [2, 2], 'INT32')]), { selfLoops: 'error' }, /^net\.parquet, row 2: a self-loop/],
  [parquet([...EDGES, column('w', [1, Number.NaN, 2], 'DOUBLE')]), { columns: { weight: 'w' } }, /^net\.parquet, row 2: a weight is not a number/],
] as [Uint8Array | string, Partial<EdgeSource>, RegExp][])('case %#: refused', async (bytes, source, message) => {
  await expect(read(bytes, source)).rejects.toThrow(message);
}); // biome-ignore format: a table

test('a damaged page is refused too', async () => {
  const bytes = parquet(EDGES).slice();
  bytes.fill(0xff, 4, 40);
  await expect(read(bytes)).rejects.toThrow(/^net\.parquet: this is not a Parquet file, or it is damaged/);
});
