// What a user writes: the spec, its parser and its JSON Schema.

export * from './intervention-spec.ts';
export { describeIntervention } from './intervention-text.ts';
export type { SpecInput } from './origin.ts';
export { type ParseOptions, parseSpec } from './parse.ts';
export { agentsFault, type RecordSpec } from './record.ts';
export type { Scenario, ScenarioVariant } from './scenario.ts';
export * from './schedule.ts';
export { specSchema } from './schema.ts';
export type { Assignment } from './set.ts';
export type * from './spec.ts';
export { columnFault, describeStop, type StopCondition } from './stop.ts';
