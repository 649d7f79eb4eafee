// A file that grows by whole frames, so that a run killed at any moment keeps all but the last of them. Not what is in a frame (journal.ts, agents-journal.ts).
import { closeSync, openSync, readSync, writeSync } from 'node:fs';
import { crc32 } from 'node:zlib';
import { GroundswellError } from '../errors.ts';

// Layout: a magic line, then frames of [bytes of payload: u32][CRC-32 of payload: u32][payload]. The first payload tells what the others mean. Words are in the
// machine's byte order (little-endian wherever Node runs GPUs): the file is read where it was written.
export const WORD = Uint32Array.BYTES_PER_ELEMENT;

export interface FrameWriter {
  append(payload: Uint8Array): void;
  close(): void;
}

/** Starts a file at `path`, replacing any. */
export function createFrames(path: string, magic: string): FrameWriter {
  const file = attempt(path, () => openSync(path, 'w'));
  const write = (bytes: Uint8Array): void => {
    attempt(path, () => {
      for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
    });
  };
  write(Buffer.from(magic));
  return {
    append(payload) {
      const head = Buffer.alloc(2 * WORD);
      head.writeUInt32LE(payload.length, 0);
      head.writeUInt32LE(crc32(payload), WORD);
      write(head);
      write(payload);
    },
    close: () => closeSync(file),
  };
}

/**
 * Shows every whole frame in turn; one at a time is in memory. `torn`: the last was cut off or damaged and is left out. Throws a `GroundswellError` if the
 * file is another, or ends before its first frame does.
 */
export function readFrames(path: string, magic: string, visit: (payload: Buffer) => void): { torn: boolean } {
  const file = attempt(path, () => openSync(path, 'r'));
  try {
    const read = (bytes: number): Buffer => attempt(path, () => readBytes(file, bytes));
    const start = read(Buffer.byteLength(magic));
    if (!start.equals(Buffer.from(magic))) {
      throw noJournal(path, start.length < Buffer.byteLength(magic) ? CUT_OFF : 'another file');
    }
    for (let frames = 0; ; frames++) {
      const head = read(2 * WORD);
      const size = head.length === 2 * WORD ? head.readUInt32LE(0) : 0;
      const payload = head.length === 2 * WORD ? read(size) : undefined;
      if (payload?.length === size && crc32(payload) === head.readUInt32LE(WORD)) {
        visit(payload);
        continue;
      }
      if (frames === 0) throw noJournal(path, CUT_OFF);
      return { torn: head.length > 0 };
    }
  } finally {
    closeSync(file);
  }
}

const CUT_OFF = 'a journal that was cut off before its first row';
/** Bytes asked of the system at a time: a damaged length must not allocate memory that the file does not fill. */
const CHUNK = 2 ** 24;

/** The next bytes of a file, fewer at its end. */
function readBytes(file: number, bytes: number): Buffer {
  const parts: Buffer[] = [];
  for (let left = bytes; left > 0; ) {
    const part = Buffer.alloc(Math.min(left, CHUNK));
    const count = readSync(file, part);
    parts.push(part.subarray(0, count));
    left -= count;
    if (count === 0) break;
  }
  return parts.length === 1 ? parts[0] : Buffer.concat(parts);
}

/** A copy of a payload's bytes as words or numbers from `at` on. */
export function takeBytes(payload: Buffer, at: number, bytes: number): ArrayBuffer {
  return Uint8Array.from(payload.subarray(at, at + bytes)).buffer;
}

export function bytesOf(array: Uint32Array | Int32Array | Float64Array): Uint8Array {
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
