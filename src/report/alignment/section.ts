// The figures that a model's declared alignments give a report, in order. How each is drawn is told in its own file.
import { type Course, lastStep } from '../courses.ts';
import type { Figure } from '../figure.ts';
import { type HeatMap, heatMapFigure } from '../heat-map.ts';
import type { ReportInput } from '../input.ts';
import { marksOf, withMarks } from '../marks.ts';
import { differencesFigure } from './differences.ts';
import { alignmentsOverTimeFigure, concentrationFigure } from './lines.ts';
import { planesFigure } from './planes.ts';
import { relationsFigure } from './relations.ts';
import { spreadFigure } from './spread.ts';

/** All figures that the run has measures for; none of a model that declares no alignments. Of the heat maps it takes those of stances. */
export function alignmentFigures(
  input: ReportInput,
  courses: readonly Course[],
  maps: readonly HeatMap[],
): (Figure | undefined)[] {
  if (!input.spec.model.alignments) return [];
  const marks = marksOf(input.spec);
  const marked = (figure: Figure | undefined): Figure | undefined => withMarks(figure, marks, lastStep(courses));
  return [
    marked(alignmentsOverTimeFigure(input, courses)),
    marked(concentrationFigure(input, courses)),
    marked(spreadFigure(input, courses)),
    ...maps.filter(({ stances }) => stances).map(map => marked(heatMapFigure(map))),
    planesFigure(input, courses),
    relationsFigure(input),
    differencesFigure(input, courses),
  ];
}
