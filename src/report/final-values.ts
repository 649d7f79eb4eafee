// The figure of a measure's values at the end, one mark per replica: over the values of one parameter where it takes many, else
// in one row per value. How each is drawn is told in its own file.
import { type Axis, axesOf, MOST_SERIES } from './axes.ts';
import type { Figure } from './figure.ts';
import type { FinalValues } from './final-data.ts';
import { responseFigure } from './response.ts';
import { stripsFigure } from './strips.ts';

/** The figure, or undefined where it would be a single mark or none. */
export function finalValuesFigure(request: FinalValues): Figure | undefined {
  const marks = request.values.flat().length;
  if (marks < 2) return undefined;
  const axes = axesOf(request.points);
  const along = axes.find(axis => axis.numeric && axis.values.length > MOST_SERIES) ?? onlyNumeric(axes);
  return along ? responseFigure(request, along, axes) : stripsFigure(request, axes);
}

function onlyNumeric(axes: readonly Axis[]): Axis | undefined {
  return axes.length === 1 && axes[0].numeric && axes[0].values.length >= 4 ? axes[0] : undefined;
}
