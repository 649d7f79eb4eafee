// Rows of a run as one self-contained HTML file.
export type { Column, ReportInput } from './input.ts';
export { type Interval, meanInterval, tQuantile } from './interval.ts';
export { renderReport } from './report.ts';
