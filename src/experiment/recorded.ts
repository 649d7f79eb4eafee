// A run that leaves its records behind, whatever ends it: its last step, an interrupt or a failure. How the report is drawn is passed in.
import { type Rows, rowCount } from '../plan/rows.ts';
import {
  type AgentsHead,
  completeManifest,
  createDigestChain,
  interventionUpTo,
  type Manifest,
  type ManifestBody,
  type ManifestEnding,
  type Progress,
  RUN_FILES,
  type RunFolder,
  startRecord,
} from '../record/index.ts';
import { costNotes } from './interventions.ts';
import { notesAfter, stopNotes } from './notes.ts';
import type { World } from './open.ts';
import type { Prepared } from './prepare.ts';
import { manifestDraft } from './provenance.ts';
import { type RunOptions, runToEnd } from './simulate.ts';
import type { Stopped } from './stop.ts';

/** What the records of a run need to know besides the run. */
export interface RecordOptions extends Pick<RunOptions, 'onProgress' | 'signal'> {
  /** Of the package, for the manifest. */
  version: string;
  /** Name of the spec's file, for the manifest: files that the spec names lie beside it. */
  specFile?: string;
  /** Seconds that loading took, for the manifest. */
  loadSeconds?: number;
  /** Draws report.html. */
  report?(manifest: ManifestBody, rows: Rows, world: World): Promise<string>;
}

/** A run whose records are written. */
export interface Recorded {
  /** As in manifest.json. */
  manifest: Manifest;
  /** As in series.parquet. */
  rows: Rows;
  /** Seconds that the steps took. */
  seconds: number;
  /** Steps taken; the last few may not be recorded when the run was interrupted. */
  stepsTaken: number;
  /** Why the run failed, if it did; what was recorded before is in the folder. */
  failure?: unknown;
}

/** Runs an open world to its end and writes its records. Nothing is on disk before the first call of this. */
export async function recordRun(world: World, folder: RunFolder, options: RecordOptions): Promise<Recorded> {
  const { prepared, plan } = world;
  const draft = manifestDraft(world, { version: options.version, specFile: options.specFile, startedAt: new Date() });
  const measures = plan.measures.columns.map(column => column.name);
  const header = { draft, measures, varied: prepared.spec.points.map(point => point.varied) };
  const record = startRecord(folder, header, agentsHead(prepared));
  let progress: Progress = { steps: 0, digest: createDigestChain().value() };
  let stopped: Stopped | undefined;
  let failure: unknown;
  const begun = performance.now();
  try {
    await runToEnd(world, {
      ...options,
      onRows(rows) {
        progress = { steps: rows.step[rowCount(rows) - 1], digest: world.digest() };
        record.append(rows, progress);
      },
      onAgents: parts => record.appendAgents(parts),
      onStop(reached) {
        stopped = reached;
      },
    });
  } catch (error) {
    failure = error;
  }
  const seconds = (performance.now() - begun) / 1000;
  const rows = record.rows();
  const complete = failure === undefined && (stopped !== undefined || progress.steps === prepared.spec.steps);
  const known = failure === undefined ? await finalState(world, progress.steps) : failed(failure);
  const costs = costNotes((draft.interventions ?? []).map(entry => interventionUpTo(entry, progress.steps)));
  const files: Record<string, string> = {};
  const ending: Omit<ManifestEnding, 'files'> = {
    status: complete ? 'complete' : 'interrupted',
    ...progress,
    ...known,
    stopped,
    notes: [...(stopped ? stopNotes(stopped) : []), ...costs, ...(known.notes ?? [])],
    timings: { ...(options.loadSeconds !== undefined && { load: options.loadSeconds }), run: seconds },
  };
  if (options.report) {
    const names = [...record.files(), RUN_FILES.report];
    try {
      const body = completeManifest(draft, { ...ending, files: names });
      files[RUN_FILES.report] = await options.report(body, rows, world);
    } catch (error) {
      // the numbers are worth more than their pictures
      failure ??= error;
      ending.notes = [...(ending.notes ?? []), `No report could be drawn: ${messageOf(error)}`];
    }
  }
  return { manifest: record.finish(ending, files), rows, seconds, stepsTaken: world.stepCount, failure };
}

type Final = Pick<ManifestEnding, 'worldDigests' | 'notes'>;

/** What the device holds at the end. World digests are those of the last recorded step, or left out. */
async function finalState(world: World, recorded: number): Promise<Final> {
  const notes = notesAfter(await world.saturations());
  if (world.stepCount === recorded) return { notes, worldDigests: await world.stateDigests() };
  const agents = world.prepared.recording?.steps === 'final' ? '; agents.parquet is of the former' : '';
  notes.push(
    `Interrupted after step ${world.stepCount}, of which step ${recorded} is the last that was measured${agents}.`,
  );
  return { notes };
}

function failed(failure: unknown): Final {
  return { notes: [`Stopped by a failure: ${messageOf(failure)}`] };
}

/** The columns of agents.parquet, if the spec records any. */
function agentsHead({ spec, topology, recording }: Prepared): AgentsHead | undefined {
  if (!recording) return undefined;
  const fields = recording.columns.map(({ name, field }) => ({ name, field: spec.model.fields[field] }));
  return { ids: topology.graphs?.[0].ids, fields };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
