// Which columns are one histogram, and which histograms belong into one figure over time.
import { axesOf, wholePoints } from './axes.ts';
import type { Course } from './courses.ts';
import type { HeatMap } from './heat-map.ts';
import type { Histogram } from './histograms.ts';
import type { Column, ReportInput } from './input.ts';

/** The histograms of a run: one for each measure, element of an array field, and group. */
export function histogramsOf({ columns, rows, spec }: ReportInput, courses: readonly Course[]): Histogram[] {
  const points = wholePoints(spec.points, axesOf(spec.points));
  const bins = columns.filter(column => column.kind === 'histogram');
  const title = ({ measure, group }: Column): string => (group === undefined ? measure : `${measure} of ${group}`);
  return [...new Set(bins.map(title))].map(name => {
    const own = bins.filter(column => title(column) === name);
    const [{ measure, group }] = own;
    return { title: name, measure, group, columns: own, rows, courses, points };
  });
}

/** Elements of an array field, whose columns are `<measure>.<k>`, share a figure. */
export function heatMapsOf(histograms: readonly Histogram[], { spec }: ReportInput): HeatMap[] {
  const maps = new Map<string, { measure: string; histograms: Histogram[] }>();
  for (const histogram of histograms) {
    const { measure: name, group } = histogram;
    const array = Object.hasOwn(spec.measure.measures, name) ? undefined : /^(.+)\.(\d+)$/.exec(name);
    const measure = array?.[1] ?? name;
    const title = `${measure}${group === undefined ? '' : ` of ${group}`}`;
    const element = array ? Number(array[2]) : undefined;
    const map = maps.get(title) ?? { measure, histograms: [] };
    maps.set(title, { measure, histograms: [...map.histograms, { ...histogram, element }] });
  }
  return [...maps].map(([title, { measure, histograms: own }]) => {
    const stances = measure === spec.model.alignments?.stances;
    return { title: `${title} over time`, histograms: own, stances, element: stances ? 'value question' : 'element' };
  });
}
