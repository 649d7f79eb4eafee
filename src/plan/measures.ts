// Measures as exact reductions and a closing formula: what the device adds up, and what the host makes of the sums. The kinds are planned in measure-*.ts.
import { GroundswellError } from '../errors.ts';
import { encodeValue, type Measure, type Model, measureFault } from '../model/index.ts';
import { literal } from './expressions.ts';
import * as bins from './measure-bins.ts';
import { activeLinksColumns, assortativityColumns } from './measure-links.ts';
import { misalignmentColumns } from './measure-misalignment.ts';
import * as moments from './measure-moments.ts';
import { type Measuring, measuringOf } from './measuring.ts';
import type { TermList } from './terms.ts';

/** What closing formulas read: the 64-bit value of a term's cell, exact as bigint or rounded as number. */
export interface CellReader {
  /** Number of the world's graph. */
  readonly graph: number;
  exact(identity: string, bin?: number): bigint;
  number(identity: string, bin?: number): number;
  /** Those of `count` bins in a row. */
  numbers(identity: string, from: number, count: number): number[];
}

/** One column of the results. */
export interface MeasureColumn {
  /** `up`, or `up.<group>`, `up.<role>` or `size.<bin>`. */
  name: string;
  measure: string;
  kind: Measure['kind'];
  /** Whether it is that of a group or of a role, and the name of it. */
  by?: Measure['by'];
  group?: string;
  /** Range of logical values of a histogram's bin: `from` included, `to` excluded (included in the last bin). */
  bin?: { from: number; to: number; label: string };
  finish(cells: CellReader): number;
}

/** What the measures need to know of the population. */
export interface MeasureContext {
  model: Model;
  population: number;
  groups: readonly { name: string }[];
  roles: readonly { name: string; size: number }[];
  /** Agents of a group; graphs may differ in it. */
  groupSize(graph: number, group: number): number;
  /** Elements of array fields, over all points. */
  elements: ReadonlyMap<string, number>;
  /** Complete graphs count links from the shares of the states; `edges` is the number of directed links of a graph. */
  topology: { complete: boolean; edges(graph: number): number };
}

/** The columns of a measure; its reductions are added to `terms`. An array field has columns for every element, `<measure>.<k>`. */
export function planMeasure(name: string, measure: Measure, terms: TermList, context: MeasureContext): MeasureColumn[] {
  const fault = measureFault(measure, context.model.fields);
  if (fault) {
    const { key, what, expected, got } = fault;
    throw new GroundswellError({ what, where: `measure ${name}.${key}`, expected, got });
  }
  const elements = 'field' in measure ? context.elements.get(measure.field) : undefined;
  if (elements === undefined) return planElement(name, measure, terms, context);
  return Array.from({ length: elements }, (_, k) => planElement(`${name}.${k}`, measure, terms, context, k)).flat();
}

function planElement(
  name: string,
  measure: Measure,
  terms: TermList,
  context: MeasureContext,
  element?: number,
): MeasureColumn[] {
  const measuring = <M extends Measure>(its: M): Measuring<M> => measuringOf(name, its, terms, context, element);
  switch (measure.kind) {
    case 'count':
    case 'share':
      return matchingColumns(measuring(measure));
    case 'sum':
      return moments.sumColumns(measuring(measure));
    case 'mean':
      return moments.meanColumns(measuring(measure));
    case 'gap':
      return moments.gapColumns(measuring(measure), terms);
    case 'variance':
      return moments.varianceColumns(measuring(measure));
    case 'deviation':
      return moments.deviationColumns(measuring(measure));
    case 'bimodality':
      return moments.bimodalityColumns(measuring(measure));
    case 'herfindahl':
      return moments.herfindahlColumns(measuring(measure));
    case 'minimum':
      return moments.extremeColumns(measuring(measure), 'min');
    case 'maximum':
      return moments.extremeColumns(measuring(measure), 'max');
    case 'histogram':
      return bins.histogramColumns(measuring(measure));
    case 'quantile':
      return bins.quantileColumns(measuring(measure));
    case 'gini':
      return bins.giniColumns(measuring(measure));
    case 'top-share':
      return bins.topShareColumns(measuring(measure));
    case 'entropy':
      return bins.entropyColumns(measuring(measure));
    case 'effective-number':
      return bins.effectiveNumberColumns(measuring(measure));
    case 'esteban-ray':
      return bins.estebanRayColumns(measuring(measure));
    case 'clusters':
      return bins.clustersColumns(measuring(measure));
    case 'active-links':
      return activeLinksColumns(measuring(measure), terms);
    case 'assortativity':
      return assortativityColumns(measuring(measure), terms);
    case 'misalignment':
      return misalignmentColumns(measuring(measure));
    case 'isolated':
      return isolatedColumns(measuring(measure));
  }
}

function matchingColumns(measuring: Measuring<Measure & { kind: 'count' | 'share' }>): MeasureColumn[] {
  const { measure, where, subject, add, columns, context } = measuring;
  const field = context.model.fields[measure.field];
  const value = literal(field, encodeValue(field, measure.value, `${where}.value`));
  const matching = add('sum', '1u', `${subject.read} == ${value}`);
  return measure.kind === 'count'
    ? columns((cells, part) => cells.number(matching, part))
    : columns((cells, part, total) => cells.number(matching, part) / Number(total()));
}

function isolatedColumns({ add, columns }: Measuring): MeasureColumn[] {
  const alone = add('sum', '1u', 'degree(me) == 0u');
  return columns((cells, part, total) => cells.number(alone, part) / Number(total()));
}
