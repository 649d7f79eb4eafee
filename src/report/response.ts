// Final values over a parameter: a mark per replica; the theory's stationary values as curves where it has any, else a line through the means; critical values of
// that parameter as upright rules.
import { type Axis, MOST_FACETS, MOST_SERIES } from './axes.ts';
import { rangeOf } from './courses.ts';
import type { Figure, Layer } from './figure.ts';
import { type FinalValues, finalData, finalWords } from './final-data.ts';
import { inPanels } from './panels.ts';
import { criticalRules, marksAlong } from './rules.ts';
import { facetHeading, isLogarithmic, measureDomain, seriesEncoding } from './scales.ts';
import { INK } from './theme.ts';
import { citations } from './theory-words.ts';

/** The figure along one numeric axis; others are colours and panels. */
export function responseFigure(request: FinalValues, along: Axis, axes: readonly Axis[]): Figure {
  const others = axes.filter(axis => axis !== along);
  const series = others.find(axis => axis.values.length <= MOST_SERIES);
  const facet = others.find(axis => axis !== series && axis.values.length <= MOST_FACETS);
  const rest = others.filter(axis => axis !== series && axis !== facet);
  const arrangement = { series, facet, rest };
  const data = finalData(request, arrangement, point => ({ x: along.numberOf(point) }));
  const curves = request.curves.filter(curve => curve.path === along.path);
  const branches = curveData(curves, arrangement);
  const numbers = request.points.map((_, i) => along.numberOf(i)).filter(Number.isFinite);
  const logarithmic = isLogarithmic(numbers);
  const scale = logarithmic ? { type: 'log' as const, nice: false } : { zero: false, nice: true };
  const x = { field: 'x', type: 'quantitative' as const, title: along.label, scale };
  const domain = measureDomain(request.column, [...request.values.flat(), ...branches.map(({ value }) => value)]);
  const y = { field: 'value', type: 'quantitative' as const, title: null, scale: { domain, nice: false } };
  const { color, shape } = seriesEncoding(series, true);
  const size = { width: facet ? 270 : 400, height: facet ? 150 : 220 };
  const marks = [...data, ...branches].flatMap(({ x: at, value, facet: panel, ...datum }) =>
    at === undefined ? [] : [{ ...datum, x: at, y: value, facet: panel }],
  );
  const means = branches.length > 0 ? [] : marks.filter(({ role }) => role === 'mean');
  const joined = marksAlong(means, mark => JSON.stringify([mark.facet, mark.series, 'rest' in mark && mark.rest]));
  const rules = criticalRules(
    request.thresholds.filter(({ of }) => of === along.path),
    ({ value }) => value,
    { x: rangeOf(numbers), logarithmic, y: domain, height: size.height, facet, series, marks: [...marks, ...joined] },
  );
  const values = [...data, ...branches, ...rules.data];
  const layer: Layer[] = [
    ...rules.layers,
    ...(branches.length > 0 ? curveLayers(x, y, series) : [meanLine(x, y, color, rest.length > 0)]),
    {
      transform: [{ filter: `datum.role === 'replica'` }],
      mark: { type: 'point', filled: true, size: 26, opacity: 0.55 },
      encoding: { x, y, color, shape },
    },
  ];
  const unstable = branches.some(({ role }) => role === 'unstable');
  const caption = [
    `A mark per replica at its last step, over ${along.label}${branches.length > 0 ? '' : '; line: means'}.`,
    branches.length > 0
      ? `Curve: stationary values${unstable ? ', dashed where unstable' : ''}; ${citations(curves)}.`
      : '',
    rules.caption,
  ];
  return {
    ...finalWords(request, caption),
    wide: facet !== undefined,
    spec: inPanels(facet, { values, size, layer }, { columns: 3, spacing: 22 }),
  };
}

interface CurveDatum {
  role: 'stable' | 'unstable';
  x: number;
  value: number;
  piece: number;
  facet?: string;
  series?: string;
}

function curveData(curves: FinalValues['curves'], { series, facet }: { series?: Axis; facet?: Axis }): CurveDatum[] {
  let piece = 0;
  return curves.flatMap(({ point, pieces }) => {
    const place = {
      ...(facet && { facet: facetHeading(facet, facet.of(point)) }),
      ...(series && { series: series.of(point) }),
    };
    return pieces.flatMap(({ stable, xs, values }) => {
      piece++;
      const role = stable ? 'stable' : 'unstable';
      return xs.map((x, k) => ({ role, x, value: values[k], piece, ...place }));
    });
  });
}

type Encoding = NonNullable<Extract<Layer, { mark: unknown }>['encoding']>;

function curveLayers(x: Encoding['x'], y: Encoding['y'], series: Axis | undefined): Layer[] {
  const colour = series ? { color: seriesEncoding(series, true).color } : {};
  return (['stable', 'unstable'] as const).map(role => ({
    transform: [{ filter: `datum.role === '${role}'` }],
    mark: {
      type: 'line' as const,
      clip: true,
      strokeWidth: role === 'stable' ? 1.4 : 1.1,
      ...(role === 'stable' ? {} : { strokeDash: [4, 3] }),
      ...(series ? {} : { stroke: INK }),
    },
    encoding: { x, y, detail: { field: 'piece' }, ...colour },
  }));
}

function meanLine(x: Encoding['x'], y: Encoding['y'], color: Encoding['color'], detailed: boolean): Layer {
  return {
    transform: [{ filter: `datum.role === 'mean'` }],
    mark: { type: 'line', strokeWidth: 1.6 },
    encoding: { x, y, color, ...(detailed ? { detail: { field: 'rest' } } : {}) },
  };
}
