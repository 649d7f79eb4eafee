// The journal survives being cut at any byte: what was appended whole comes back, and nothing else.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parquetReadObjects } from 'hyparquet';
import { describe, expect, it } from 'vitest';
import { bit, fixed, integerField } from '../../src/model/index.ts';
import { concatRows } from '../../src/plan/rows.ts';
import type { AgentsHead, AgentsPart } from '../../src/record/agents.ts';
import { readAgentsJournal } from '../../src/record/agents-journal.ts';
import { openRunFolder, readManifest, readSeries, recover, startRecord } from '../../src/record/index.ts';
import { createJournal, readJournal } from '../../src/record/journal.ts';
import { draft, rowsAt, temporaryFolder, varied } from './fixtures.ts';

const header = { draft, measures: ['up', 'mean'], varied };
const progress = (steps: number) => ({ steps, digest: `${steps}`.padStart(16, '0') });

/** A folder with the journal of a run of three batches, and the journal's size after each. */
function journalOfThree(): { dir: string; path: string; sizes: number[] } {
  const dir = join(temporaryFolder(), 'run');
  const record = startRecord(openRunFolder(dir), header);
  const path = join(dir, 'journal.bin');
  const sizes = [readFileSync(path).length];
  for (const step of [0, 1, 2]) {
    record.append(rowsAt(step), progress(step));
    sizes.push(readFileSync(path).length);
  }
  return { dir, path, sizes };
}

describe('journal', () => {
  it('gives back its header, rows and progress', () => {
    const { path } = journalOfThree();
    const content = readJournal(path);
    expect(content.header).toEqual(header);
    expect(content.rows).toEqual(concatRows([rowsAt(0), rowsAt(1), rowsAt(2)]));
    expect(content.progress).toEqual(progress(2));
    expect(content.torn).toBe(false);
  });

  it('keeps the whole batches when it is cut at any byte', () => {
    const { path, sizes } = journalOfThree();
    const bytes = readFileSync(path);
    for (let length = 0; length <= bytes.length; length++) {
      writeFileSync(path, bytes.subarray(0, length));
      if (length < sizes[0]) {
        expect(() => readJournal(path), `cut at ${length}`).toThrow(/cut off before its first row/);
        continue;
      }
      const whole = sizes.findLastIndex(size => size <= length);
      const { rows, torn } = readJournal(path);
      expect(rows.step.length, `cut at ${length}`).toBe(4 * whole);
      expect(torn, `cut at ${length}`).toBe(!sizes.includes(length));
    }
  });

  it('stops at a damaged batch', () => {
    const { path, sizes } = journalOfThree();
    const bytes = readFileSync(path);
    bytes[sizes[1] + 40] ^= 1;
    writeFileSync(path, bytes);
    expect(readJournal(path)).toMatchObject({ torn: true, progress: progress(0) });
  });

  it('is not any file', () => {
    const path = join(temporaryFolder(), 'journal.bin');
    writeFileSync(path, 'something else that is long enough');
    expect(() => readJournal(path)).toThrow(/expected the journal of a run, got another file/);
  });

  it('reports a folder that is gone', () => {
    expect(() => createJournal(join(temporaryFolder(), 'no', 'journal.bin'), header)).toThrow(/ENOENT/);
  });
});

describe('record', () => {
  it('becomes Parquet and a manifest, and its journal goes', async () => {
    const dir = join(temporaryFolder(), 'deep', 'run');
    const record = startRecord(openRunFolder(dir), header);
    record.append(rowsAt(0), progress(0));
    record.append(rowsAt(1), progress(1));
    expect(record.rows()).toEqual(concatRows([rowsAt(0), rowsAt(1)]));
    const ending = { status: 'complete', ...progress(1), timings: { run: 2 } } as const;
    const manifest = record.finish(ending, { 'report.html': '<!doctype html>' });
    expect(readdirSync(dir).sort()).toEqual(['manifest.json', 'report.html', 'series.parquet']);
    expect(readManifest(dir)).toEqual(manifest);
    expect(manifest).toMatchObject({ status: 'complete', steps: 1, files: ['series.parquet', 'report.html'] });
    expect(manifest.timings).toEqual({ plan: 0.25, run: 2 });
    const rows = await readSeries(readFileSync(join(dir, 'series.parquet')));
    expect(rows).toEqual(concatRows([rowsAt(0), rowsAt(1)]));
  });

  it('is recovered from a torn journal', async () => {
    const { dir, path, sizes } = journalOfThree();
    writeFileSync(path, readFileSync(path).subarray(0, sizes[2] + 9));
    const { manifest, rows, torn } = recover(dir);
    expect({ rows, torn }).toEqual({ rows: 8, torn: true });
    expect(manifest).toMatchObject({ status: 'interrupted', ...progress(1), files: ['series.parquet'] });
    expect(manifest.notes?.[0]).toMatch(/last batch was cut off/);
    expect(readdirSync(dir).sort()).toEqual(['manifest.json', 'series.parquet']);
    const saved = await readSeries(readFileSync(join(dir, 'series.parquet')));
    expect(saved).toEqual(concatRows([rowsAt(0), rowsAt(1)]));
  });

  it('is recovered before its first batch', () => {
    const dir = temporaryFolder();
    startRecord(openRunFolder(dir), header);
    expect(recover(dir)).toMatchObject({ rows: 0, manifest: { status: 'interrupted', steps: 0 } });
  });

  it('stays complete when only its journal was left over', () => {
    const { dir, path } = journalOfThree();
    const journal = readFileSync(path);
    const { manifest } = recover(dir);
    writeFileSync(path, journal);
    expect(recover(dir).manifest).toEqual(manifest);
    expect(readdirSync(dir).sort()).toEqual(['manifest.json', 'series.parquet']);
  });

  it('says when there is nothing to recover', () => {
    const { dir } = journalOfThree();
    recover(dir);
    expect(() => recover(dir)).toThrow(/nothing to recover: .* got a run that was finished/);
    expect(() => recover(join(dir, 'nowhere'))).toThrow(/nothing to recover/);
  });
});

describe('the journal of agents', () => {
  const head: AgentsHead = {
    fields: [
      { name: 'up', field: bit() },
      { name: 'mood', field: fixed({ min: -1, max: 1 }) },
      { name: 'level', field: integerField({ min: -9, max: 9 }) },
    ],
  };
  const partAt = (step: number, agents: readonly number[]): AgentsPart => ({
    point: 1,
    replica: 2,
    step,
    agents: Uint32Array.from(agents),
    values: [
      Uint32Array.from(agents, agent => agent & 1),
      Float64Array.from(agents, agent => agent / 64),
      Int32Array.from(agents, agent => -agent),
    ],
  });
  const parts = [partAt(0, [0, 1, 2]), partAt(5, [3, 8]), partAt(6, [])];

  /** A run killed after these parts. */
  function killed(): { dir: string; path: string } {
    const dir = join(temporaryFolder(), 'run');
    const record = startRecord(openRunFolder(dir), header, head);
    record.append(rowsAt(0), progress(0));
    for (const part of parts) record.appendAgents([part]);
    return { dir, path: join(dir, 'agents-journal.bin') };
  }

  it('gives back its parts, and the whole ones when it is cut at any byte', () => {
    const { path } = killed();
    const bytes = readFileSync(path);
    const read = (): { found: AgentsPart[]; torn: boolean } => {
      const found: AgentsPart[] = [];
      const { torn } = readAgentsJournal(path, {
        head: got => expect(got).toEqual(head),
        part: part => found.push(part),
      });
      return { found, torn };
    };
    expect(read()).toEqual({ found: parts, torn: false });
    const counts = new Set<number>();
    for (let length = 0; length < bytes.length; length++) {
      writeFileSync(path, bytes.subarray(0, length));
      try {
        const { found } = read();
        expect(found).toEqual(parts.slice(0, found.length));
        counts.add(found.length);
      } catch (error) {
        expect(String(error)).toMatch(/cut off before its first row/);
        expect(counts.size).toBe(0);
      }
    }
    expect([...counts]).toEqual([0, 1, 2]);
  });

  it('becomes agents.parquet when a killed run is recovered', async () => {
    const { dir, path } = killed();
    writeFileSync(path, readFileSync(path).subarray(0, -3));
    expect(recover(dir).manifest.files).toEqual(['series.parquet', 'agents.parquet']);
    expect(readdirSync(dir).sort()).toEqual(['agents.parquet', 'manifest.json', 'series.parquet']);
    const file = new Uint8Array(readFileSync(join(dir, 'agents.parquet'))).buffer;
    expect(await parquetReadObjects({ file })).toEqual(
      parts.flatMap(({ step, agents }) =>
        Array.from(agents, agent => ({
          point: 1,
          replica: 2,
          step,
          agent,
          up: agent & 1,
          mood: agent / 64,
          level: 0 - agent,
        })),
      ),
    );
  });

  it('is no hindrance when it was cut off before its first part', () => {
    for (const length of [0, 9, 60]) {
      const { dir, path } = killed();
      writeFileSync(path, readFileSync(path).subarray(0, length));
      expect(recover(dir).manifest.files).toEqual(['series.parquet']);
      expect(readdirSync(dir).sort()).toEqual(['manifest.json', 'series.parquet']);
    }
  });

  it('cuts parts of more than a million agents', () => {
    const { dir } = killed();
    const record = startRecord(openRunFolder(dir, { force: true }), header, { fields: [head.fields[0]] });
    const agents = Uint32Array.from({ length: 1_000_003 }, (_, i) => i);
    record.appendAgents([{ point: 0, replica: 0, step: 0, agents, values: [agents] }]);
    const sizes: number[] = [];
    let last = -1;
    readAgentsJournal(join(dir, 'agents-journal.bin'), {
      head() {},
      part(part) {
        sizes.push(part.agents.length);
        expect(part.agents[0]).toBe(last + 1);
        last = part.agents.at(-1)!;
        expect(part.values[0]).toEqual(part.agents);
      },
    });
    expect(sizes).toEqual([1_000_000, 3]);
  });
});
