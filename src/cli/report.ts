// What the report of a run is made of.
import { stringify } from 'yaml';
import { predictionsOf, type RecordOptions, type ReportInput, renderReport } from '../index.ts';

/** Draws report.html under a title. */
export function drawReport(title: string): NonNullable<RecordOptions['report']> {
  return (manifest, rows, { plan, prepared }) => {
    const { spec, source } = prepared;
    const theory = predictionsOf(prepared, rows);
    const input: ReportInput = {
      title,
      about: spec.model.about,
      spec,
      specText: stringify(source),
      manifest,
      rows,
      columns: plan.measures.columns,
      theory,
      notes: theory.notes,
    };
    return renderReport(input);
  };
}
