// Rows of a run as one self-contained HTML file.

export { renderAttribution } from './attribution-report.ts';
export type { ComparisonWords } from './comparison-page.ts';
export { effectSections, effectsByMeasure, effectsTable, renderComparison } from './comparison-report.ts';
export { derivativeText, effectCells, effectText, onsetText, optional, percent } from './effect-words.ts';
export type { Column, ReportInput } from './input.ts';
export { renderInterference } from './interference-report.ts';
export { renderReport } from './report.ts';
export { renderSuite } from './suite/page.ts';
export { undoneText } from './suite/words.ts';
