// The output folder of a run: who may use it, and writing files into it so that each is whole or absent. What is in the files is
// told elsewhere; rows on their way are in journal.ts.
import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { GroundswellError } from '../errors.ts';
import { type Manifest, parseManifest } from './manifest.ts';
import { AGENTS_FILE } from './read-agents.ts';

/** Names of the files of a run. */
export const RUN_FILES = {
  manifest: 'manifest.json',
  series: 'series.parquet',
  agents: AGENTS_FILE,
  effects: 'effects.parquet',
  suite: 'suite.json',
  report: 'report.html',
  journal: 'journal.bin',
  agentsJournal: 'agents-journal.bin',
} as const;

/** What a file is made of: bytes, a text, or a function that hands over its bytes in order. */
export type FileContent = Uint8Array | string | ((sink: (bytes: Uint8Array) => void) => void);

/** A folder that a run may write into. Nothing exists on disk before `start`. */
export interface RunFolder {
  /** Absolute path. */
  readonly path: string;
  /** Makes the folder and takes away an earlier run's files (other files stay). */
  start(): void;
  /** Writes a file whole or not at all: under another name first, then renamed. Replaces a file of that name. */
  write(name: string, data: FileContent): void;
}

/**
 * The folder at `dir`, absent, empty, or an earlier run's and `force`. Throws an input error for anything else. Touches nothing:
 * call it before the work of planning, and `start` when the run really starts.
 */
export function openRunFolder(dir: string, { force = false }: { force?: boolean } = {}): RunFolder {
  const path = resolve(dir);
  const existing = listFolder(path);
  if (existing.length > 0) checkReplaceable(dir, existing, force);
  return {
    path,
    start: () => {
      touch(path, () => {
        mkdirSync(path, { recursive: true });
        for (const name of Object.values(RUN_FILES)) rmSync(join(path, name), { force: true });
      });
    },
    write: (name, data) => touch(path, () => writeWhole(join(path, name), data)),
  };
}

/** The manifest of a file, or of the run in a folder. Throws an input error if there is none, or it is not valid, or was altered. */
export function readManifest(path: string): Manifest {
  const isFolder = statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
  const file = isFolder ? join(path, RUN_FILES.manifest) : path;
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (cause) {
    const code = errorCode(cause);
    throw new GroundswellError({
      what: code === 'ENOENT' ? 'there is no manifest here' : `cannot read the manifest (${code})`,
      where: file,
      hint: 'name the manifest.json in the output folder of a run; an interrupted run gets one by `groundswell recover DIR`',
      cause,
    });
  }
  return parseManifest(text, file);
}

/** Names in a folder, or none if it does not exist. */
export function listFolder(path: string): string[] {
  try {
    return readdirSync(path);
  } catch (cause) {
    const code = errorCode(cause);
    if (code === 'ENOENT') return [];
    throw new GroundswellError({
      what: code === 'ENOTDIR' ? 'this is a file' : `cannot use this folder (${code})`,
      where: path,
      expected: 'a folder',
      cause,
    });
  }
}

function checkReplaceable(dir: string, existing: readonly string[], force: boolean): void {
  const unfinished = existing.includes(RUN_FILES.journal);
  const isRun = unfinished || existing.includes(RUN_FILES.manifest);
  if (isRun && force) return;
  if (!isRun) {
    throw new GroundswellError({
      what: 'this folder holds files that are not a run’s',
      where: dir,
      expected: 'an empty or new folder',
      got: summarise(existing),
      hint: 'choose another --out folder',
    });
  }
  throw new GroundswellError({
    what: unfinished ? 'this folder holds a run that did not finish' : 'this folder holds an earlier run',
    where: dir,
    hint: unfinished
      ? `\`groundswell recover ${dir}\` saves what it recorded; --force throws it away; or choose another --out folder`
      : 'choose another --out folder, or replace that run with --force',
  });
}

function summarise(names: readonly string[]): string {
  const shown = names.slice(0, 3).join(', ');
  return names.length > 3 ? `${shown} and ${names.length - 3} more` : shown;
}

function writeWhole(path: string, data: FileContent): void {
  const draft = join(dirname(path), `.${basename(path)}.${process.pid}.tmp`);
  try {
    const file = openSync(draft, 'w');
    try {
      const write = (bytes: Uint8Array): void => {
        for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
      };
      if (typeof data === 'function') data(write);
      else write(typeof data === 'string' ? Buffer.from(data) : data);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(draft, path);
  } catch (cause) {
    rmSync(draft, { force: true });
    throw cause;
  }
}

function touch(path: string, work: () => void): void {
  try {
    work();
  } catch (cause) {
    const code = errorCode(cause);
    const hint =
      code === 'ENOSPC'
        ? 'the disk is full: free some space, then `groundswell recover`'
        : 'choose another --out folder';
    throw new GroundswellError({ what: `cannot write (${code})`, where: path, hint, cause, kind: 'run' });
  }
}

/** The system's code of an error (`ENOENT`), or its message. */
function errorCode(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? (error instanceof Error ? error.message : String(error));
}
