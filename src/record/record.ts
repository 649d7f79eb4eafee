// The record of a run from its first row to its files: journal while it runs, Parquet and manifest at the end, and recovery of
// a run that was killed. It does not run anything and draws nothing.
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { GroundswellError } from '../errors.ts';
import { type Rows, rowCount } from '../plan/rows.ts';
import { createDigestChain } from './digest.ts';
import { listFolder, openRunFolder, RUN_FILES, type RunFolder, readManifest } from './folder.ts';
import { createJournal, type JournalHeader, type Progress, readJournal } from './journal.ts';
import { completeManifest, type Manifest, type ManifestEnding, manifestText } from './manifest.ts';
import { writeSeries } from './series.ts';

/** A run being recorded. */
export interface RunRecord {
  /** Keeps rows; `progress` speaks of the run after them. Written to the journal before this returns. */
  append(rows: Rows, progress: Progress): void;
  /** All rows so far. */
  rows(): Rows;
  /**
   * Writes series.parquet, the other files (by name) and, last, manifest.json; removes the journal. Also ends an interrupted run:
   * then with `status: 'interrupted'`.
   */
  finish(ending: Omit<ManifestEnding, 'files'>, files?: Readonly<Record<string, Uint8Array | string>>): Manifest;
}

/** Makes the folder and the journal. From here on the run leaves something behind, whatever happens. */
export function startRecord(folder: RunFolder, header: JournalHeader): RunRecord {
  folder.start();
  const path = join(folder.path, RUN_FILES.journal);
  const journal = createJournal(path, header);
  return {
    append: (rows, progress) => journal.append(rows, progress),
    rows: () => readJournal(path).rows,
    finish(ending, files = {}) {
      journal.close();
      const series = writeSeries(readJournal(path).rows, header.varied);
      return writeResults(folder, header, ending, { [RUN_FILES.series]: series, ...files });
    },
  };
}

/** What `recover` found. */
export interface Recovered {
  manifest: Manifest;
  /** Rows that were saved. */
  rows: number;
  /** The last batch was cut off and is lost. */
  torn: boolean;
}

/**
 * Makes series.parquet and manifest.json (status `interrupted`) of the journal that a killed run left in `dir`. A run that was
 * killed between writing its manifest and removing its journal is complete, and stays so. Throws an input error if there is no journal.
 */
export function recover(dir: string): Recovered {
  const names = listFolder(dir);
  const path = join(dir, RUN_FILES.journal);
  if (!names.includes(RUN_FILES.journal)) throw nothingToRecover(dir, names);
  const folder = openRunFolder(dir, { force: true });
  const { header, rows, progress, torn } = readJournal(path);
  const written = writtenManifest(folder.path);
  if (written) {
    rmSync(path);
    return { manifest: written, rows: rowCount(rows), torn: false };
  }
  const notes = [`Interrupted: recovered from its journal${torn ? ', whose last batch was cut off' : ''}.`];
  const { steps, digest } = progress ?? { steps: 0, digest: createDigestChain().value() };
  const files = { [RUN_FILES.series]: writeSeries(rows, header.varied) };
  const manifest = writeResults(folder, header, { status: 'interrupted', steps, digest, notes }, files);
  return { manifest, rows: rowCount(rows), torn };
}

function writeResults(
  folder: RunFolder,
  header: JournalHeader,
  ending: Omit<ManifestEnding, 'files'>,
  files: Readonly<Record<string, Uint8Array | string>>,
): Manifest {
  for (const [name, data] of Object.entries(files)) folder.write(name, data);
  const manifest = completeManifest(header.draft, { ...ending, files: Object.keys(files) });
  folder.write(RUN_FILES.manifest, manifestText(manifest));
  rmSync(join(folder.path, RUN_FILES.journal), { force: true });
  return manifest;
}

/** The manifest beside a journal: start() removes an earlier run's, so that it can only be this run's. */
function writtenManifest(path: string): Manifest | undefined {
  const file = join(path, RUN_FILES.manifest);
  return existsSync(file) ? readManifest(file) : undefined;
}

function nothingToRecover(dir: string, names: readonly string[]): GroundswellError {
  return new GroundswellError({
    what: 'nothing to recover',
    where: dir,
    expected: `a folder with the ${RUN_FILES.journal} of a run that did not finish`,
    got: names.includes(RUN_FILES.manifest) ? 'a run that was finished' : 'none',
  });
}
