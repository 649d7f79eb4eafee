// Parquet files are read back by hyparquet, which is not what wrote them.
import { parquetMetadata, parquetReadObjects } from 'hyparquet';
import { describe, expect, it } from 'vitest';
import { bit, category, fixed, integerField } from '../../src/model/index.ts';
import { type AgentsHead, type AgentsPart, startAgents } from '../../src/record/agents.ts';
import { readSeries, writeSeries } from '../../src/record/index.ts';
import { rowsAt, varied } from './fixtures.ts';

function schemaOf(bytes: Uint8Array): string[] {
  const { schema } = parquetMetadata(bytes.slice().buffer);
  return schema.slice(1).map(({ name, type, repetition_type }) => `${name} ${type} ${repetition_type}`);
}

/** agents.parquet as bytes. */
function writeAgents(head: AgentsHead, parts: readonly AgentsPart[]): Uint8Array {
  const chunks: Uint8Array[] = [];
  const table = startAgents(head, bytes => chunks.push(bytes.slice()));
  for (const part of parts) table.add(part);
  table.finish();
  return Uint8Array.from(Buffer.concat(chunks));
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
    const agents = writeAgents({ fields: [] }, []);
    await expect(readSeries(agents)).rejects.toThrow(/no list of measures/);
  });
});

describe('agents.parquet', () => {
  const fields = [
    { name: 'up', field: bit() },
    { name: 'kind', field: category(['human', 'bot']) },
    { name: 'opinion', field: fixed({ min: -1, max: 1 }) },
    { name: 'big', field: integerField({ max: 2 ** 32 - 1 }) },
    { name: 'low', field: integerField({ min: -5, max: 5 }) },
  ];
  const partOf = (more: Partial<AgentsPart>, first: number): AgentsPart => ({
    point: 0,
    replica: 0,
    step: 0,
    agents: Uint32Array.of(1, 2),
    values: [
      Uint32Array.of(first, 1),
      Uint32Array.of(1, first),
      Float64Array.of(-1, first / 4),
      Uint32Array.of(first, 2 ** 32 - 1),
      Int32Array.of(-5, first),
    ],
    ...more,
  });

  it('types its columns by field', () => {
    expect(schemaOf(writeAgents({ fields }, [partOf({}, 0)]))).toEqual([
      'point INT32 REQUIRED',
      'replica INT32 REQUIRED',
      'step INT32 REQUIRED',
      'agent INT32 REQUIRED',
      'up INT32 REQUIRED',
      'kind BYTE_ARRAY REQUIRED',
      'opinion DOUBLE REQUIRED',
      'big INT64 REQUIRED',
      'low INT32 REQUIRED',
    ]);
  });

  it('holds part after part, with labels and node ids', async () => {
    const parts = [partOf({}, 0), partOf({ replica: 1, step: 3 }, 1)];
    const file = writeAgents({ ids: ['n5', 'n7', 'n9'], fields }, parts).slice().buffer;
    expect(await parquetReadObjects({ file })).toEqual([
      { point: 0, replica: 0, step: 0, id: 'n7', up: 0, kind: 'bot', opinion: -1, big: 0n, low: -5 },
      { point: 0, replica: 0, step: 0, id: 'n9', up: 1, kind: 'human', opinion: 0, big: 2n ** 32n - 1n, low: 0 },
      { point: 0, replica: 1, step: 3, id: 'n7', up: 1, kind: 'bot', opinion: -1, big: 1n, low: -5 },
      { point: 0, replica: 1, step: 3, id: 'n9', up: 1, kind: 'bot', opinion: 0.25, big: 2n ** 32n - 1n, low: 1 },
    ]);
  });

  it('gathers small parts into few row groups, in order', async () => {
    const head = { fields: [{ name: 'up', field: bit() }] };
    const agents = Uint32Array.from({ length: 300_000 }, (_, i) => i);
    const parts = [0, 1, 2, 3, 4].map(step => ({
      point: 0,
      replica: 0,
      step,
      agents,
      values: [agents.map(i => i & 1)],
    }));
    const file = writeAgents(head, parts).slice().buffer;
    expect(parquetMetadata(file).row_groups.map(({ num_rows }) => Number(num_rows))).toEqual([900_000, 600_000]);
    const [row] = await parquetReadObjects({ file, rowStart: 1_200_001, rowEnd: 1_200_002 });
    expect(row).toEqual({ point: 0, replica: 0, step: 4, agent: 1, up: 1 });
  });

  it('refuses columns of the wrong length', () => {
    const short = partOf({ agents: Uint32Array.of(1, 2, 3) }, 0);
    expect(() => writeAgents({ fields }, [short])).toThrow(/wrong number of values of up: expected 3, got 2/);
  });
});
