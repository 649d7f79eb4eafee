// groundswell export: what is in the Parquet files, as CSV.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parquetReadObjects } from 'hyparquet';
import { beforeAll, describe, expect, it } from 'vitest';
import { category, fixed, integerField } from '../../src/index.ts';
import { csvOf, RUN_FILES, writeSeries } from '../../src/record/index.ts';
import { rowsAt, varied } from '../record/fixtures.ts';
import { agentsFile } from '../support/agents-file.ts';
import { folderWith, groundswell, SMALL, start } from './command.ts';

/** Records of RFC 4180, read by its grammar and nothing else. */
function parseCsv(text: string): string[][] {
  const records: string[][] = [];
  let at = 0;
  while (at < text.length) {
    const record: string[] = [];
    for (;;) {
      const quoted = /"((?:[^"]|"")*)"/y;
      const plain = /[^",\r\n]*/y;
      quoted.lastIndex = at;
      plain.lastIndex = at;
      const match = quoted.exec(text);
      const cell = match ? match[1].replaceAll('""', '"') : plain.exec(text)![0];
      at += match ? match[0].length : cell.length;
      record.push(cell);
      if (text[at] !== ',') break;
      at++;
    }
    if (text.slice(at, at + 2) !== '\r\n') throw new Error(`no CR LF at ${at}`);
    at += 2;
    records.push(record);
  }
  return records;
}

async function textOf(dir: string, table: 'series' | 'agents'): Promise<string> {
  let text = '';
  for await (const piece of csvOf(dir, table)) text += piece;
  return text;
}

/** A file in a folder that says that it is a run's. */
function runFolder(name: string, bytes: Uint8Array): string {
  const folder = folderWith({ [RUN_FILES.manifest]: '{}' });
  writeFileSync(join(folder, name), bytes);
  return folder;
}

describe('the text', () => {
  it('has a header, and every number as it was', async () => {
    const rows = rowsAt(0, 1, 2);
    const folder = runFolder(RUN_FILES.series, writeSeries(rows, varied));
    const [header, ...records] = parseCsv(await textOf(folder, 'series'));
    expect(header).toEqual(['point', 'replica', 'step', 'up', 'mean', 'params.noise', 'params.preset']);
    expect(records).toHaveLength(rows.step.length);
    for (const [k, name] of ['up', 'mean'].entries())
      expect(Float64Array.from(records, record => Number(record[3 + k]))).toEqual(rows.measures[name]);
    expect(records.map(record => Number(record[2]))).toEqual([...rows.step]);
    expect(new Set(records.map(record => record[6]))).toEqual(new Set(['calm', '']));
  });

  it('quotes what must be quoted, and keeps labels, node ids and large integers', async () => {
    const labels = ['plain', 'a, b', 'say "no"', 'two\r\nlines'];
    const ids = ['n1', 'n,2', '"', ' n4 '];
    const fields = [
      { name: 'mood', field: category(labels) },
      { name: 'big', field: integerField({ max: 2 ** 32 - 1 }) },
      { name: 'stance', field: fixed({ min: -1, max: 1 }) },
    ];
    const stances = Float64Array.of(-1, 0, 1 / 3, 2 ** -29);
    const values = [Uint32Array.of(0, 1, 2, 3), Uint32Array.of(0, 1, 2, 2 ** 32 - 1), stances];
    const part = { point: 0, replica: 0, step: 7, agents: Uint32Array.of(0, 1, 2, 3), values };
    const folder = runFolder(RUN_FILES.agents, agentsFile({ ids, fields }, [part]));
    const [header, ...records] = parseCsv(await textOf(folder, 'agents'));
    expect(header).toEqual(['point', 'replica', 'step', 'id', 'mood', 'big', 'stance']);
    expect(records.map(record => record[2])).toEqual(['7', '7', '7', '7']);
    expect(records.map(record => record[3])).toEqual(ids);
    expect(records.map(record => record[4])).toEqual(labels);
    expect(records.map(record => record[5])).toEqual(['0', '1', '2', '4294967295']);
    expect(records.map(record => Number(record[6]))).toEqual([...stances]);
  });

  it('goes on over row groups', async () => {
    const count = 1_000_003;
    const folder = runFolder(RUN_FILES.series, writeSeries(manyRows(count)));
    const lines = (await textOf(folder, 'series')).split('\r\n');
    expect(lines).toHaveLength(count + 2);
    const wrong = lines.slice(1, -1).findIndex((line, i) => line !== `0,0,${i},${Math.sqrt(i)}`);
    expect(wrong).toBe(-1);
  });

  it('says so when the file is damaged', async () => {
    const bytes = writeSeries(rowsAt(0), varied);
    for (const damaged of [bytes.slice(0, 40), new TextEncoder().encode('no parquet here')]) {
      const folder = runFolder(RUN_FILES.series, damaged);
      await expect(textOf(folder, 'series')).rejects.toThrow(
        /series\.parquet: cannot read this table: expected a file/,
      );
    }
  });
});

describe('groundswell export', () => {
  let folder = '';
  beforeAll(async () => {
    folder = folderWith({ 'small.yaml': SMALL }, () => {});
    const run = ['run', 'small.yaml', '--out', 'run', '--quiet', '--engine', 'cpu', '--set', 'record=[opinion]'];
    expect(await groundswell(folder, ...run)).toMatchObject({ status: 0, stderr: '' });
    return () => rmSync(folder, { recursive: true });
  });

  it('prints the series, or the agents', async () => {
    const series = await groundswell(folder, 'export', 'run');
    expect(series).toMatchObject({ status: 0, stderr: '' });
    const [header, ...records] = parseCsv(series.stdout);
    const file = readFileSync(join(folder, 'run', RUN_FILES.series));
    const objects = await parquetReadObjects({ file: new Uint8Array(file).buffer });
    expect(header).toEqual(Object.keys(objects[0]));
    expect(records).toEqual(objects.map(row => Object.values(row).map(String)));
    const agents = await groundswell(folder, 'export', 'run', '--table', 'agents', '--out', '-');
    expect(parseCsv(agents.stdout)).toHaveLength(1 + 6 * 200);
  });

  it('writes a file whole, and none over another unasked', async () => {
    expect(await groundswell(folder, 'export', 'run', '--out', 'a.csv')).toEqual({
      status: 0,
      signal: null,
      stdout: '',
      stderr: '',
    });
    const text = readFileSync(join(folder, 'a.csv'), 'utf8');
    expect(text).toBe((await groundswell(folder, 'export', 'run')).stdout);
    const again = await groundswell(folder, 'export', 'run', '--table', 'agents', '--out', 'a.csv');
    expect(again).toMatchObject({
      status: 2,
      stderr: expect.stringMatching(/^error: a\.csv: the file exists already/),
    });
    expect(readFileSync(join(folder, 'a.csv'), 'utf8')).toBe(text);
    expect(await groundswell(folder, 'export', 'run', '--table', 'agents', '--out', 'a.csv', '--force')).toMatchObject({
      status: 0,
    });
    expect(readFileSync(join(folder, 'a.csv'), 'utf8')).toMatch(/^point,replica,step,agent,opinion\r\n/);
  });

  it('a reader that has seen enough is no error', async () => {
    const big = runFolder(RUN_FILES.series, writeSeries(manyRows(200_000)));
    const { child, finished } = start(big, ['export', '.']);
    child.stdout!.once('data', () => child.stdout!.destroy());
    expect(await finished).toMatchObject({ status: 0, stderr: '' });
  });

  it.each<[string, string[], RegExp]>([
    ['no folder', ['none'], /^error: none: no such folder\. Name the output folder of a run/],
    ['a file', ['small.yaml'], /^error: small\.yaml: this is a file: expected a folder/],
    ['not a run’s', ['.'], /^error: \.: this folder holds no run/],
    [
      'an unfinished run',
      ['killed'],
      /^error: killed: this run has not ended\. If it was killed, `groundswell recover killed`/,
    ],
    ['no agents', ['plain', '--table', 'agents'], /^error: plain: this run recorded no agents\. .*record: \[opinion\]/],
    ['no series', ['plain'], /^error: plain: series\.parquet is missing/],
    [
      'another table',
      ['run', '--table', 'worlds'],
      /^error: option '--table <name>' argument 'worlds' is invalid\. Allowed/,
    ],
    ['a place that is not there', ['run', '--out', 'no/a.csv'], /^error: no\/a\.csv: cannot write \(ENOENT\)/],
  ])('%s: exit status 2, nothing written', async (_, args, message) => {
    for (const [name, file] of [
      ['killed', RUN_FILES.journal],
      ['plain', RUN_FILES.manifest],
    ]) {
      mkdirSync(join(folder, name), { recursive: true });
      writeFileSync(join(folder, name, file), '{}');
    }
    const before = readdirSync(folder);
    const { status, stdout, stderr } = await groundswell(folder, 'export', ...args);
    expect(stderr).toMatch(message);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(readdirSync(folder)).toEqual(before);
  });
});

function manyRows(count: number) {
  const step = Uint32Array.from({ length: count }, (_, i) => i);
  return {
    point: new Uint32Array(count),
    replica: new Uint32Array(count),
    step,
    measures: { x: Float64Array.from(step, Math.sqrt) },
  };
}
