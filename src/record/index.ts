// What a run leaves behind: digest, journal, Parquet files and manifest.
export type { AgentsHead, AgentsPart, FieldValues } from './agents.ts';
export { csvOf, TABLES, type TableName } from './csv.ts';
export * from './digest.ts';
export { type EffectRow, writeComparison, writeEffects } from './effects.ts';
export { openRunFolder, RUN_FILES, type RunFolder, readManifest } from './folder.ts';
export type { Progress } from './journal.ts';
export {
  completeManifest,
  interventionUpTo,
  type Manifest,
  type ManifestBody,
  type ManifestDraft,
  type ManifestEnding,
  manifestText,
} from './manifest.ts';
export * from './record.ts';
export { readSeries, type Varied, writeSeries } from './series.ts';
