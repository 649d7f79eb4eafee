// The journal of a started run: its rows, appended batch by batch, so that a run killed at any moment keeps what it recorded.
// A last batch that was cut off is ignored. It is never a result: record.ts makes Parquet of it.
import { concatRows, type Rows, rowCount } from '../plan/rows.ts';
import { bytesOf, createFrames, readFrames, takeBytes, WORD } from './frames.ts';
import type { ManifestDraft } from './manifest.ts';
import type { Varied } from './series.ts';

/** The first frame: what the rows mean and what the manifest will say. */
export interface JournalHeader {
  draft: ManifestDraft;
  /** Names of the measure columns. */
  measures: readonly string[];
  /** What varies, by point number. */
  varied: Varied;
}

/** How far the run was after a batch. */
export interface Progress {
  /** Last recorded step. */
  steps: number;
  /** Run digest up to and including it. */
  digest: string;
}

export interface Journal {
  append(rows: Rows, progress: Progress): void;
  close(): void;
}

/** What a journal holds. `torn`: its last frame was cut off or damaged and is left out. */
export interface JournalContent {
  header: JournalHeader;
  rows: Rows;
  /** Absent before the first batch. */
  progress?: Progress;
  torn: boolean;
}

// The first payload is the header as JSON. Every other one is [rows: u32][bytes of JSON: u32][progress as JSON][point, replica, step: u32 each][measures: f64 each].
const MAGIC = 'groundswell journal 1\n';

/** Starts a journal at `path`, replacing any. */
export function createJournal(path: string, header: JournalHeader): Journal {
  const frames = createFrames(path, MAGIC);
  frames.append(Buffer.from(JSON.stringify(header)));
  return {
    append: (rows, progress) => frames.append(encodeBatch(header.measures, rows, progress)),
    close: frames.close,
  };
}

/** Reads a journal. Throws a `GroundswellError` if it is none, or ends before its header does. */
export function readJournal(path: string): JournalContent {
  const payloads: Buffer[] = [];
  const { torn } = readFrames(path, MAGIC, payload => payloads.push(payload));
  const header: JournalHeader = JSON.parse(payloads[0].toString());
  const batches = payloads.slice(1).map(payload => decodeBatch(header.measures, payload));
  const empty = batchOf(
    header.measures,
    () => new Uint32Array(0),
    () => new Float64Array(0),
  );
  const rows = concatRows([empty, ...batches.map(batch => batch.rows)]);
  return { header, rows, progress: batches.at(-1)?.progress, torn };
}

function encodeBatch(measures: readonly string[], rows: Rows, progress: Progress): Buffer {
  const text = Buffer.from(JSON.stringify(progress));
  const columns = [rows.point, rows.replica, rows.step, ...measures.map(name => rows.measures[name])];
  return Buffer.concat([bytesOf(Uint32Array.of(rowCount(rows), text.length)), text, ...columns.map(bytesOf)]);
}

function decodeBatch(measures: readonly string[], payload: Buffer): { rows: Rows; progress: Progress } {
  let at = 0;
  const take = (bytes: number): ArrayBuffer => {
    at += bytes;
    return takeBytes(payload, at - bytes, bytes);
  };
  const [count, textBytes] = new Uint32Array(take(2 * WORD));
  const progress: Progress = JSON.parse(Buffer.from(take(textBytes)).toString());
  const words = (): Uint32Array => new Uint32Array(take(count * WORD));
  const numbers = (): Float64Array => new Float64Array(take(count * Float64Array.BYTES_PER_ELEMENT));
  return { rows: batchOf(measures, words, numbers), progress };
}

function batchOf(names: readonly string[], words: () => Uint32Array, numbers: () => Float64Array): Rows {
  const [point, replica, step] = [words(), words(), words()];
  return { point, replica, step, measures: Object.fromEntries(names.map(name => [name, numbers()])) };
}
