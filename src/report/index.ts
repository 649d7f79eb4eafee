// Rows of a run as one self-contained HTML file.

export type { ComparisonWords } from './comparison-page.ts';
export { effectSections, effectsByMeasure, effectsTable, renderComparison } from './comparison-report.ts';
export { effectText, onsetText, optional, percent } from './effect-words.ts';
export type { Column, ReportInput } from './input.ts';
export { renderReport } from './report.ts';
