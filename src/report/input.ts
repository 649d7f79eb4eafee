// What a report is made of. Plain data: whoever ran the spec has evaluated the theories and named the columns.
import type { TopLevelSpec } from 'vega-lite';
import type { Predictions } from '../experiment/predictions.ts';
import type { Measure } from '../model/index.ts';
import type { Rows } from '../plan/rows.ts';
import type { ManifestBody } from '../record/index.ts';
import type { Spec } from '../spec/spec.ts';

/** What a column of the rows is. */
export interface Column {
  /** The column's name in `rows.measures`. */
  name: string;
  /** The measure that it belongs to. */
  measure: string;
  kind: Measure['kind'];
  /** Whether it is that of a group or of a role, and the name of it. */
  by?: Measure['by'];
  group?: string;
  /** The bin, for a histogram. */
  bin?: { from: number; to: number; label: string };
}

/** A figure beyond those that every report has. The Vega-Lite spec holds its data. */
export interface ExtraFigure {
  title: string;
  caption: string;
  /** What the figure shows, for those who cannot see it. */
  description: string;
  spec: TopLevelSpec;
}

/** Everything that a report tells. */
export interface ReportInput {
  title: string;
  about: string;
  spec: Spec;
  /** The spec as run, as YAML. */
  specText: string;
  manifest: ManifestBody;
  rows: Rows;
  columns: readonly Column[];
  theory: Predictions;
  /** What a reader should know before believing the numbers. */
  notes: readonly string[];
  figures?: readonly ExtraFigure[];
}
