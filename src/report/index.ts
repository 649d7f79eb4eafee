// Rows of a run as one self-contained HTML file.
export type { Column, ExtraFigure, ReportInput, TheoryCurve } from './input.ts';
export { type Interval, meanInterval, tQuantile } from './interval.ts';
export { renderReport } from './report.ts';
