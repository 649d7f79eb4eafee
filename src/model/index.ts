// What a model is: the declaration, its parts, and how they are checked.
export { type Action, actionRules, copyFault, settingFault } from './actions.ts';
export * from './alignments.ts';
export * from './bins.ts';
export * from './constraints.ts';
export type { Interference, Mechanism } from './counterfactuals.ts';
export * from './fields.ts';
export * from './measure-faults.ts';
export * from './measures.ts';
export * from './model.ts';
export * from './params.ts';
export * from './society-measures.ts';
export * from './structure.ts';
export * from './tables.ts';
export * from './theory.ts';
