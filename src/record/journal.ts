// The journal of a started run: its rows, appended batch by batch, so that a run killed at any moment keeps what it recorded.
// A file of frames; a last frame that was cut off is ignored. It is never a result: record.ts makes Parquet of it.
import { closeSync, openSync, readFileSync, writeSync } from 'node:fs';
import { crc32 } from 'node:zlib';
import { GroundswellError } from '../errors.ts';
import { concatRows, type Rows, rowCount } from '../plan/rows.ts';
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

// Layout: MAGIC, then frames of [bytes of payload: u32][CRC-32 of payload: u32][payload]. The first payload is the header as JSON.
// Every other one is [rows: u32][bytes of JSON: u32][progress as JSON][point, replica, step: u32 each][measures: f64 each].
// Words are in the machine's byte order (little-endian wherever Node runs GPUs): a journal is recovered where it was written.
const MAGIC = 'groundswell journal 1\n';
const WORD = Uint32Array.BYTES_PER_ELEMENT;

/** Starts a journal at `path`, replacing any. */
export function createJournal(path: string, header: JournalHeader): Journal {
  const file = attempt(path, () => openSync(path, 'w'));
  const write = (bytes: Uint8Array): void => {
    attempt(path, () => {
      for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
    });
  };
  write(Buffer.from(MAGIC));
  write(frame(Buffer.from(JSON.stringify(header))));
  return {
    append: (rows, progress) => write(frame(encodeBatch(header.measures, rows, progress))),
    close: () => closeSync(file),
  };
}

/** Reads a journal. Throws a `GroundswellError` if it is none, or ends before its header does. */
export function readJournal(path: string): JournalContent {
  const bytes = attempt(path, () => readFileSync(path));
  const { payloads, torn } = splitFrames(bytes, path);
  if (payloads.length === 0) throw noJournal(path, 'a journal that was cut off before its first row');
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

function splitFrames(bytes: Buffer, path: string): { payloads: Buffer[]; torn: boolean } {
  const magic = Buffer.from(MAGIC);
  if (!bytes.subarray(0, magic.length).equals(magic)) {
    throw noJournal(
      path,
      bytes.length < magic.length ? 'a journal that was cut off before its first row' : 'another file',
    );
  }
  const payloads: Buffer[] = [];
  let at = magic.length;
  while (at + 2 * WORD <= bytes.length) {
    const start = at + 2 * WORD;
    const payload = bytes.subarray(start, start + bytes.readUInt32LE(at));
    const whole = payload.length === bytes.readUInt32LE(at) && crc32(payload) === bytes.readUInt32LE(at + WORD);
    if (!whole) break;
    payloads.push(payload);
    at = start + payload.length;
  }
  return { payloads, torn: at < bytes.length };
}

function frame(payload: Buffer): Buffer {
  const head = Buffer.alloc(2 * WORD);
  head.writeUInt32LE(payload.length, 0);
  head.writeUInt32LE(crc32(payload), WORD);
  return Buffer.concat([head, payload]);
}

function encodeBatch(measures: readonly string[], rows: Rows, progress: Progress): Buffer {
  const text = Buffer.from(JSON.stringify(progress));
  const columns = [rows.point, rows.replica, rows.step, ...measures.map(name => rows.measures[name])];
  return Buffer.concat([bytesOf(Uint32Array.of(rowCount(rows), text.length)), text, ...columns.map(bytesOf)]);
}

function decodeBatch(measures: readonly string[], payload: Buffer): { rows: Rows; progress: Progress } {
  let at = 0;
  const take = (bytes: number): ArrayBuffer => {
    const part = Uint8Array.from(payload.subarray(at, at + bytes)).buffer;
    at += bytes;
    return part;
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

function bytesOf(array: Uint32Array | Float64Array): Uint8Array {
  return new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
}

function attempt<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code ?? String(cause);
    throw new GroundswellError({ what: `cannot use the journal (${code})`, where: path, kind: 'run', cause });
  }
}

function noJournal(path: string, got: string): GroundswellError {
  return new GroundswellError({ what: 'nothing to recover', where: path, expected: 'the journal of a run', got });
}
