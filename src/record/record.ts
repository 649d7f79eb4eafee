// The record of a run from its first row to its files: journal while it runs, Parquet and manifest at the end, and recovery of
// a run that was killed. It does not run anything and draws nothing.
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { GroundswellError } from '../errors.ts';
import { type Rows, rowCount } from '../plan/rows.ts';
import { type AgentsHead, type AgentsPart, startAgents } from './agents.ts';
import { createAgentsJournal, readAgentsJournal } from './agents-journal.ts';
import { ROW_GROUP } from './columns.ts';
import { createDigestChain } from './digest.ts';
import { type FileContent, listFolder, openRunFolder, RUN_FILES, type RunFolder, readManifest } from './folder.ts';
import { createJournal, type JournalHeader, type Progress, readJournal } from './journal.ts';
import { completeManifest, type Manifest, type ManifestEnding, manifestText } from './manifest.ts';
import { writeSeries } from './series.ts';

/** A run being recorded. */
export interface RunRecord {
  /** Keeps rows; `progress` speaks of the run after them. Written to the journal before this returns. */
  append(rows: Rows, progress: Progress): void;
  /** Keeps agents, in parts of at most a million; they are in agents.parquet at the end. Written to a journal of their own before this returns. */
  appendAgents(parts: readonly AgentsPart[]): void;
  /** All rows so far. */
  rows(): Rows;
  /** Names of the files that `finish` will write of what was kept. */
  files(): string[];
  /**
   * Writes series.parquet, the other files (by name) and, last, manifest.json; removes the journal. Also ends an interrupted run:
   * then with `status: 'interrupted'`.
   */
  finish(ending: Omit<ManifestEnding, 'files'>, files?: Readonly<Record<string, FileContent>>): Manifest;
}

/** Makes the folder and the journal, and one for agents if they have a head. From here on the run leaves something behind, whatever happens. */
export function startRecord(folder: RunFolder, header: JournalHeader, agents?: AgentsHead): RunRecord {
  folder.start();
  const path = join(folder.path, RUN_FILES.journal);
  const journal = createJournal(path, header);
  const agentsPath = join(folder.path, RUN_FILES.agentsJournal);
  const agentsJournal = agents && createAgentsJournal(agentsPath, agents);
  let anyAgents = false;
  const kept = (): string[] => (anyAgents ? [RUN_FILES.series, RUN_FILES.agents] : [RUN_FILES.series]);
  return {
    append: (rows, progress) => journal.append(rows, progress),
    appendAgents(parts) {
      for (const part of parts.flatMap(cutPart)) agentsJournal?.append(part);
      anyAgents ||= parts.length > 0;
    },
    rows: () => readJournal(path).rows,
    files: kept,
    finish(ending, files = {}) {
      journal.close();
      agentsJournal?.close();
      const series = writeSeries(readJournal(path).rows, header.varied);
      const recorded: Record<string, FileContent> = anyAgents ? { [RUN_FILES.agents]: agentsFile(agentsPath) } : {};
      return writeResults(folder, header, ending, { [RUN_FILES.series]: series, ...recorded, ...files });
    },
  };
}

/** agents.parquet of its journal, part by part. */
function agentsFile(path: string): FileContent {
  return sink => {
    let table: ReturnType<typeof startAgents> | undefined;
    readAgentsJournal(path, {
      head(head) {
        table = startAgents(head, sink);
      },
      part: part => table?.add(part),
    });
    table?.finish();
  };
}

/** A part in pieces that readers and the journal hold in memory at once. */
function cutPart(part: AgentsPart): AgentsPart[] {
  const pieces = Math.max(1, Math.ceil(part.agents.length / ROW_GROUP));
  return Array.from({ length: pieces }, (_, k) => ({
    ...part,
    agents: part.agents.subarray(k * ROW_GROUP, (k + 1) * ROW_GROUP),
    values: part.values.map(values => values.subarray(k * ROW_GROUP, (k + 1) * ROW_GROUP)),
  }));
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
    rmSync(join(dir, RUN_FILES.agentsJournal), { force: true });
    rmSync(path);
    return { manifest: written, rows: rowCount(rows), torn: false };
  }
  const notes = [`Interrupted: recovered from its journal${torn ? ', whose last batch was cut off' : ''}.`];
  const { steps, digest } = progress ?? { steps: 0, digest: createDigestChain().value() };
  const files = { [RUN_FILES.series]: writeSeries(rows, header.varied), ...recoveredAgents(folder.path, names) };
  const manifest = writeResults(folder, header, { status: 'interrupted', steps, digest, notes }, files);
  return { manifest, rows: rowCount(rows), torn };
}

/** agents.parquet of what a killed run had kept of the agents, if anything. */
function recoveredAgents(folder: string, names: readonly string[]): Record<string, FileContent> {
  if (!names.includes(RUN_FILES.agentsJournal)) return {};
  const path = join(folder, RUN_FILES.agentsJournal);
  let parts = 0;
  try {
    readAgentsJournal(path, { head() {}, part: () => parts++ });
  } catch (error) {
    // killed before its head was whole: the rows are worth saving
    if (!(error instanceof GroundswellError)) throw error;
  }
  return parts > 0 ? { [RUN_FILES.agents]: agentsFile(path) } : {};
}

function writeResults(
  folder: RunFolder,
  header: JournalHeader,
  ending: Omit<ManifestEnding, 'files'>,
  files: Readonly<Record<string, FileContent>>,
): Manifest {
  for (const [name, data] of Object.entries(files)) folder.write(name, data);
  const manifest = completeManifest(header.draft, { ...ending, files: Object.keys(files) });
  folder.write(RUN_FILES.manifest, manifestText(manifest));
  for (const name of [RUN_FILES.agentsJournal, RUN_FILES.journal]) rmSync(join(folder.path, name), { force: true });
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
