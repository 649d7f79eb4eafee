// What a model declares of its alignments, as far as the run has measured it: columns by role, with words and places among the colours.
import { ALIGNMENT_ROLES, type AlignmentRole } from '../../model/index.ts';
import type { ReportInput } from '../input.ts';

/** One kind of alignment with its columns. */
export interface Alignment {
  role: AlignmentRole;
  /** Its place among the colours, whatever else is measured. */
  position: number;
  mean: Float64Array;
  spread?: Float64Array;
  low?: Float64Array;
  /** The mean of each group, in their order. */
  byGroup?: readonly Float64Array[];
}

/** The groups of a run, in order: those of the spec, or of its topology as far as an alignment is measured by group. */
export function groupNames({ spec, rows }: ReportInput): string[] {
  if (spec.groups.length > 0) return spec.groups.map(({ name }) => name);
  const measure = ALIGNMENT_ROLES.flatMap(role => spec.model.alignments?.[role]?.byGroup ?? [])[0];
  if (measure === undefined) return [];
  const start = `${measure}.`;
  return Object.keys(rows.measures).flatMap(name => (name.startsWith(start) ? [name.slice(start.length)] : []));
}

/** The alignments that the model declares and the run has measured. */
export function alignmentsOf(input: ReportInput): Alignment[] {
  const { spec, rows } = input;
  const names = groupNames(input);
  return ALIGNMENT_ROLES.flatMap((role, position) => {
    const declared = spec.model.alignments?.[role];
    const mean = declared && rows.measures[declared.mean];
    if (!mean) return [];
    const column = (name: string | undefined): Float64Array | undefined =>
      name === undefined ? undefined : rows.measures[name];
    const groups = names.map(name => column(`${declared.byGroup}.${name}`));
    const byGroup = groups.filter(values => values !== undefined);
    const complete = groups.length > 1 && byGroup.length === groups.length;
    return [
      {
        role,
        position,
        mean,
        spread: column(declared.spread),
        low: column(declared.low),
        ...(complete ? { byGroup } : {}),
      },
    ];
  });
}
