// Marks of interventions in figures over time: upright rules where they act, a bar above the panel while they are in force, and their names.
import type { TopLevelSpec } from 'vega-lite';
import type { Intervention } from '../spec/intervention-spec.ts';
import type { Figure, Layer } from './figure.ts';
import { FAINT, INK, PAPER } from './theme.ts';

/** When an intervention acts: the last step whose state it leaves alone, and the last that it changes. */
export interface InterventionMark {
  name: string;
  from: number;
  to: number;
}

/** Interventions that a caption tells. */
const MOST_TOLD = 8;
/** A label's height, and the width of a letter at most, in pixels. */
const LINE = 13;
const LETTER = 5.6;

/** The interventions of a run in order of their first steps. */
export function marksOf(spec: {
  interventions: readonly Pick<Intervention, 'name' | 'at' | 'until'>[];
}): InterventionMark[] {
  const marks = spec.interventions.map(({ name, at, until }) => ({ name, from: at - 1, to: until }));
  return marks.sort((a, b) => a.from - b.from);
}

/** A figure over steps with its marks; its horizontal axis ends at step `last`. Other figures come back as they are. */
export function withMarks(figure: Figure | undefined, marks: readonly InterventionMark[], last: number) {
  const shown = marks.filter(({ from }) => from < last);
  if (!figure || shown.length === 0) return figure;
  const spec = markedSpec(figure, shown, last);
  if (!spec) return figure;
  const text = marksText(shown);
  return {
    ...figure,
    caption: `${figure.caption} Upright rule: an intervention begins here; bar above: as long as it lasts. ${text}`,
    description: `${figure.description} ${text}`,
    spec,
  };
}

function marksText(marks: readonly InterventionMark[]): string {
  const told = marks
    .slice(0, MOST_TOLD)
    .map(({ name, from, to }) => `${name} (${to > from + 1 ? `steps ${from + 1} to ${to}` : `step ${to}`})`);
  const more = marks.length > told.length ? `, and ${marks.length - told.length} more` : '';
  return `Interventions: ${told.join(', ')}${more}.`;
}

function markedSpec(figure: Figure, marks: readonly InterventionMark[], last: number): TopLevelSpec | undefined {
  const { spec } = figure;
  const marked = ({ layer, width }: { layer: readonly unknown[]; width?: unknown }) => {
    const { rules, names } = markLayers(marks, { last, width: Number(width), over: figure.crisp === true });
    return figure.crisp ? [...layer, ...rules, ...names] : [...rules, ...layer, ...names];
  };
  if ('layer' in spec) return { ...spec, layer: marked(spec) } as TopLevelSpec;
  if (!('facet' in spec && 'layer' in spec.spec)) return undefined;
  return { ...spec, spec: { ...spec.spec, layer: marked(spec.spec) } } as TopLevelSpec;
}

/** Layers of a panel of `width` pixels up to step `last`: rules, to be drawn below lines but `over` cells, and what stands above the panel. */
function markLayers(
  marks: readonly InterventionMark[],
  { last, width, over }: { last: number; width: number; over: boolean },
): { rules: Layer[]; names: Layer[] } {
  const places = labelPlaces(marks, last, width);
  const x = { field: 'from', type: 'quantitative' as const, title: 'step' };
  const perRow = [...new Set(places.map(({ row }) => row))].map(row => {
    const values = marks
      .map((mark, i) => ({ ...mark, ...places[i] }))
      .filter(mark => mark.row === row)
      .map(mark => ({ ...mark, to: Math.min(mark.to, last), ends: mark.to > mark.from + 1 && mark.to < last }));
    const top = { value: -4 - LINE * row };
    const rule = (
      field: 'from' | 'to',
      mark: { color: string; strokeWidth: number; strokeDash?: number[] },
    ): Layer => ({
      data: { values: values.filter(({ ends }) => field === 'from' || ends) },
      mark: { type: 'rule', ...mark },
      encoding: { x: { ...x, field }, y: field === 'from' ? top : { value: 0 }, y2: { value: 'height' } },
    });
    // on cells of any colour a rule needs paper beside it
    const halo = over
      ? [rule('from', { color: PAPER, strokeWidth: 3 }), rule('to', { color: PAPER, strokeWidth: 3 })]
      : [];
    const color = over ? INK : FAINT;
    return {
      rules: [
        ...halo,
        rule('from', { color, strokeWidth: 1 }),
        rule('to', { color, strokeWidth: 1, strokeDash: [2, 3] }),
      ],
      names: namesOf(values, x, top),
    };
  });
  return { rules: perRow.flatMap(({ rules }) => rules), names: perRow.flatMap(({ names }) => names) };
}

function namesOf(
  values: readonly (InterventionMark & LabelPlace)[],
  x: { field: string; type: 'quantitative' },
  y: { value: number },
): Layer[] {
  const bar: Layer = {
    data: { values: [...values] },
    mark: { type: 'rule', color: INK, strokeWidth: 2.5 },
    encoding: { x, x2: { field: 'to' }, y },
  };
  const names = (['rule', 'edge'] as const).map((at): Layer => {
    const beside = at === 'rule' ? { align: 'left' as const, dx: 3 } : { align: 'right' as const };
    return {
      data: { values: values.filter(value => value.at === at) },
      mark: { type: 'text', ...beside, baseline: 'bottom', dy: -1, fontSize: 10.5, color: INK },
      encoding: { x: at === 'rule' ? x : { value: 'width' }, y, text: { field: 'name', type: 'nominal' } },
    };
  });
  return [bar, ...names];
}

/** Where a label stands above a panel: the row, from 0, and whether it starts at its rule or ends with the panel. */
interface LabelPlace {
  row: number;
  at: 'rule' | 'edge';
}

/** Each mark takes the lowest row in which it overlaps none that acts later, so that no rule crosses the label of a later one on its way up. */
function labelPlaces(marks: readonly InterventionMark[], last: number, width: number): LabelPlace[] {
  const starts: number[] = [];
  const places = [...marks].reverse().map(({ name, from, to }): LabelPlace => {
    const at = (from / last) * width;
    const length = 6 + LETTER * name.length;
    const fits = at + length <= width;
    const reach = fits ? Math.max(at + length, (Math.min(to, last) / last) * width + 6) : width;
    const free = starts.findIndex(taken => taken >= reach);
    const row = free < 0 ? starts.length : free;
    starts[row] = Math.min(at, width - length);
    return { row, at: fits ? 'rule' : 'edge' };
  });
  return places.reverse();
}
