// The public API. The command line and the viewer import nothing else.
export { type ChosenEngine, chooseEngine, ENGINE_NAMES, type EngineName } from './engine/choose.ts';
export { type CpuOptions, openCpu } from './engine/cpu/engine.ts';
export type { Engine, EngineInfo, Measured, Population, Snapshot, StepOptions } from './engine/engine.ts';
export { openWebGpu } from './engine/webgpu/engine.ts';
export { type ErrorDetails, GroundswellError, suggest } from './errors.ts';
export {
  type Attribution,
  type AttributionOptions,
  attribute,
  PART_KINDS,
  type Part,
  type PartEffects,
  partLabel,
  rankedParts,
} from './experiment/attribution.ts';
export { type BenchOptions, runBench } from './experiment/bench/bench.ts';
export type { Contender } from './experiment/bench/contenders.ts';
export type * from './experiment/bench/result.ts';
export { CHANGE_KINDS, type Change, describeChange } from './experiment/changes.ts';
export { type Comparison, compare } from './experiment/compare.ts';
export {
  type EarlyWarning,
  type EarlyWarningOptions,
  earlyWarning,
  kendallTau,
  lagOneAutocorrelation,
} from './experiment/early-warning.ts';
export { comparisonManifest, effectRows } from './experiment/effect-rows.ts';
export { type InputFile, type ReadFile, readFrom } from './experiment/files.ts';
export {
  type Branch,
  drift,
  halfLife,
  hysteresisArea,
  persistence,
  type Series,
  type Susceptibility,
  seriesOf,
  susceptibility,
  type TippingOptions,
  tippingStep,
} from './experiment/indicators.ts';

export {
  type Derivative,
  type InterferenceMatrix,
  interferenceMatrix,
  type WeightStep,
} from './experiment/interference.ts';

export { type Interval, meanInterval, sampleVariance } from './experiment/interval.ts';
export { type OpenOptions, open, type SpecLike, start, type World } from './experiment/open.ts';
export { type Onset, type PairedEffect, pairedEffect } from './experiment/paired.ts';
export type { MeasureEffect } from './experiment/paired-rows.ts';
export type * from './experiment/predictions.ts';
export { type Prepared, type PrepareOptions, prepare } from './experiment/prepare.ts';
export { type Recorded, type RecordOptions, recordRun } from './experiment/recorded.ts';
export { type Recording, recordedRows } from './experiment/recording.ts';
export type * from './experiment/scenario-result.ts';
export { hasScenario, type ScenarioOptions, type SideKind } from './experiment/scenario-sides.ts';
export type { ComparisonFacts, SideFacts, SideOptions } from './experiment/sides.ts';
export { type Progress, type Result, type RunOptions, runToEnd, simulate } from './experiment/simulate.ts';
export type { Stopped } from './experiment/stop.ts';
export {
  type FailedScenario,
  type JudgedLever,
  type NamedSpec,
  runSuite,
  type ScenarioResult,
  type Suite,
  type SuiteOptions,
} from './experiment/suite.ts';
export { suiteRows } from './experiment/suite-rows.ts';
export { predictionsOf } from './experiment/theory.ts';
export {
  type AgentTrace,
  type TracedCall,
  type TracedRule,
  type TraceOptions,
  traceAgent,
} from './experiment/trace.ts';
export { type Verification, type VerifyOptions, verifyManifest } from './experiment/verify.ts';
export * from './model/index.ts';
export { bisect, fixedPoints, roots } from './models/fixed-points.ts';
export { catalogue } from './models/index.ts';
export { acting, actingShare } from './models/mean-field.ts';
export { policyIndex, policyRows } from './models/policy-histories.ts';
export { type Workload, type WorkloadSize, workloads } from './models/workloads.ts';
export { explainPlan, formatBytes } from './plan/explain.ts';
export type { Plan, PlanOptions } from './plan/plan.ts';
export { concatRows, type Rows, rowCount } from './plan/rows.ts';
export type { TracedValue } from './plan/traced-values.ts';
export {
  type AgentsPart,
  csvOf,
  type EffectRow,
  type Manifest,
  type ManifestBody,
  openRunFolder,
  type Recovered,
  RUN_FILES,
  type RunFolder,
  readManifest,
  recover,
  TABLES,
  type TableName,
  writeComparison,
  writeEffects,
} from './record/index.ts';
export {
  type ComparisonWords,
  derivativeText,
  effectCells,
  effectSections,
  effectsByMeasure,
  effectsTable,
  effectText,
  onsetText,
  optional,
  percent,
  type ReportInput,
  renderAttribution,
  renderComparison,
  renderInterference,
  renderReport,
  renderSuite,
  undoneText,
} from './report/index.ts';
export { formatCount, formatInterval, formatNumber, formatSeconds, intervalDecimals } from './report/numbers.ts';
export {
  countMeasured,
  type GroupSpec,
  measuredUpTo,
  nextMeasured,
  type ParsedSpec,
  type ParseOptions,
  type Point,
  parseSpec,
  type RecordSpec,
  type Schedule,
  type Spec,
  type SpecInput,
  type StepRange,
  type Steps,
  type StopCondition,
  specSchema,
  type TopologySpec,
} from './spec/index.ts';
