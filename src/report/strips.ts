// Final values in rows: a mark per replica, a bar at each mean, and a long thin bar at each stable stationary value of the theory.
import { type Axis, arrange, MOST_SERIES, wholePoints } from './axes.ts';
import type { Figure, Layer } from './figure.ts';
import { type FinalValues, finalData, finalWords } from './final-data.ts';
import { measureDomain, seriesEncoding } from './scales.ts';
import { INK } from './theme.ts';
import { citations } from './theory-words.ts';

/** The rows; of many points each is one value of the axis that panels would show, with series beside each other. */
export function stripsFigure(request: FinalValues, axes: readonly Axis[]): Figure {
  const { points, column, steady } = request;
  const few = points.length <= MOST_SERIES;
  const { facet, series, rest } = arrange(points, axes);
  const rows = few ? wholePoints(points, axes) : facet;
  const split = few ? rows : series;
  const data = finalData(request, { series: split, rest }, point => ({
    row: points.length > 1 ? rows?.of(point) : '',
  }));
  const drawn = data.map(({ value }) => value);
  const x = {
    field: 'value',
    type: 'quantitative' as const,
    title: null,
    scale: { domain: measureDomain(column, drawn), nice: false, zero: false },
    axis: { grid: true, tickCount: 5 },
  };
  const y = {
    field: 'row',
    type: 'nominal' as const,
    title: null,
    sort: rows ? [...rows.values] : null,
    axis: { grid: false },
  };
  const { color, shape } = seriesEncoding(points.length > 1 ? split : undefined, !few);
  const yOffset =
    split && !few ? { yOffset: { field: 'series', type: 'nominal' as const, sort: [...split.values] } } : {};
  const role = (name: string) => [{ filter: `datum.role === '${name}'` }];
  const layer: Layer[] = [
    {
      transform: role('replica'),
      mark: { type: 'point', filled: true, size: 36, opacity: 0.45 },
      encoding: { x, y, color, shape, ...yOffset },
    },
    {
      transform: role('mean'),
      mark: { type: 'tick', orient: 'vertical', thickness: 2, size: few ? 16 : 11, opacity: 1 },
      encoding: { x, y, color, ...yOffset },
    },
  ];
  const predicted = data.some(datum => datum.role === 'theory');
  if (predicted) {
    layer.push({
      transform: role('theory'),
      mark: { type: 'tick', orient: 'vertical', thickness: 1, size: few ? 23 : 13, opacity: 0.9, color: INK },
      encoding: { x, y, ...yOffset },
    });
  }
  const caption = [
    rows && points.length > 1 ? `A row per ${rows.label}.` : '',
    `A mark per replica at its last step; upright bar: ${rest.length > 0 ? 'mean of a point' : 'mean'}.`,
    rest.length > 0 ? `Marks of one look differ in ${rest.map(axis => axis.label).join(' and ')} too.` : '',
    predicted ? `Thin bar: stable stationary value; ${citations(steady)}.` : '',
  ];
  return {
    ...finalWords(request, caption),
    wide: false,
    spec: { data: { values: data }, width: 300, height: few ? Math.max(48, 24 * points.length) : { step: 13 }, layer },
  };
}
