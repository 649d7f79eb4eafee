// Parquet files are read back by hyparquet, which is not what wrote them.
import { parquetMetadata, parquetReadObjects } from 'hyparquet';
import { describe, expect, it } from 'vitest';
import { bit, category, fixed, integerField } from '../../src/model/index.ts';
import { readSeries, writeAgents, writeSeries } from '../../src/record/index.ts';
import { rowsAt, varied } from './fixtures.ts';

function schemaOf(bytes: Uint8Array): string[] {
  const { schema } = parquetMetadata(bytes.slice().buffer);
  return schema.slice(1).map(({ name, type, repetition_type }) => `${name} ${type} ${repetition_type}`);
}

describe('series.parquet', () => {
  it('has point, replica, step, the measures, then what varies', () => {
    expect(schemaOf(writeSeries(rowsAt(0, 1), varied))).toEqual([
      'point INT32 REQUIRED',
      'replica INT32 REQUIRED',
      'step INT32 REQUIRED',
      'up DOUBLE REQUIRED',
      'mean DOUBLE REQUIRED',
      'params.noise DOUBLE REQUIRED',
      'params.preset BYTE_ARRAY REQUIRED',
    ]);
  });

  it('comes back bit for bit, NaN and tiny numbers included', async () => {
    const rows = rowsAt(0, 1, 2);
    expect(await readSeries(writeSeries(rows, varied))).toEqual(rows);
  });

  it('comes back without rows', async () => {
    const rows = rowsAt();
    expect(await readSeries(writeSeries(rows))).toEqual(rows);
  });

  it('holds the varied values of each point', async () => {
    const objects = await parquetReadObjects({ file: writeSeries(rowsAt(5), varied).slice().buffer });
    expect(objects.map(row => row['params.noise'])).toEqual([0.1, 0.1, 0.2, 0.2]);
    expect(objects.map(row => row['params.preset'])).toEqual(['calm', 'calm', '', '']);
  });

  it('keeps rows beyond one row group in order', async () => {
    const count = 1_000_003;
    const step = Uint32Array.from({ length: count }, (_, i) => i);
    const rows = { point: new Uint32Array(count), replica: new Uint32Array(count), step, measures: {} };
    const back = await readSeries(writeSeries(rows));
    expect(Buffer.compare(Buffer.from(back.step.buffer), Buffer.from(step.buffer))).toBe(0);
  });

  it('refuses two columns of one name', () => {
    const rows = { ...rowsAt(0), measures: { step: new Float64Array(4) } };
    expect(() => writeSeries(rows)).toThrow(/two columns are named "step"/);
  });

  it('says so when a file is no series', async () => {
    await expect(readSeries(new TextEncoder().encode('hello, no parquet here'))).rejects.toThrow(
      /cannot read the series: expected a series.parquet written by groundswell/,
    );
    const agents = writeAgents({ worlds: [{ point: 0, replica: 0 }], population: 1, fields: [] });
    await expect(readSeries(agents)).rejects.toThrow(/no list of measures/);
  });
});

describe('agents.parquet', () => {
  const worlds = [
    { point: 0, replica: 0 },
    { point: 0, replica: 1 },
  ];
  const fields = [
    { name: 'up', field: bit(), values: [0, 1, 1, 0] },
    { name: 'kind', field: category(['human', 'bot']), values: [1, 0, 0, 1] },
    { name: 'opinion', field: fixed({ min: -1, max: 1 }), values: [-1, 0.25, 0.5, 1] },
    { name: 'big', field: integerField({ max: 2 ** 32 - 1 }), values: [0, 1, 2, 2 ** 32 - 1] },
  ];

  it('types its columns by field', () => {
    expect(schemaOf(writeAgents({ worlds, population: 2, fields }))).toEqual([
      'point INT32 REQUIRED',
      'replica INT32 REQUIRED',
      'agent INT32 REQUIRED',
      'up INT32 REQUIRED',
      'kind BYTE_ARRAY REQUIRED',
      'opinion DOUBLE REQUIRED',
      'big INT64 REQUIRED',
    ]);
  });

  it('holds world after world, with labels and node ids', async () => {
    const file = writeAgents({ worlds, population: 2, ids: ['n7', 'n9'], fields }).slice().buffer;
    expect(await parquetReadObjects({ file })).toEqual([
      { point: 0, replica: 0, id: 'n7', up: 0, kind: 'bot', opinion: -1, big: 0n },
      { point: 0, replica: 0, id: 'n9', up: 1, kind: 'human', opinion: 0.25, big: 1n },
      { point: 0, replica: 1, id: 'n7', up: 1, kind: 'human', opinion: 0.5, big: 2n },
      { point: 0, replica: 1, id: 'n9', up: 0, kind: 'bot', opinion: 1, big: 2n ** 32n - 1n },
    ]);
  });

  it('refuses columns of the wrong length', () => {
    const short = [{ name: 'up', field: bit(), values: [1] }];
    expect(() => writeAgents({ worlds, population: 2, fields: short })).toThrow(/expected 4, got 1/);
    expect(() => writeAgents({ worlds, population: 2, ids: ['x'], fields })).toThrow(/node ids/);
  });
});
