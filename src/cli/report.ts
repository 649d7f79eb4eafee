// What the report of a run is made of.
import { stringify } from 'yaml';
import { type RecordOptions, type ReportInput, renderReport, theoryCourses } from '../index.ts';

/** Draws report.html under a title. */
export function drawReport(title: string): NonNullable<RecordOptions['report']> {
  return (manifest, rows, { plan, prepared }) => {
    const { spec, source } = prepared;
    const input: ReportInput = {
      title,
      about: spec.model.about,
      spec,
      specText: stringify(source),
      manifest,
      rows,
      columns: plan.measures.columns,
      theory: rows.step.length > 0 ? theoryCourses(prepared, rows) : [],
      notes: [],
    };
    return renderReport(input);
  };
}
