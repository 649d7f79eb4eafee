// Marks of interventions in figures over time: a thin rule where each begins, with its name, and a light band while it lasts.
import type { Spec } from '../spec/spec.ts';
import type { Layer } from './figure.ts';
import type { Domain } from './scales.ts';
import { FAINT } from './theme.ts';

/** An intervention in time. */
export interface Mark {
  name: string;
  /** The last step whose state it leaves alone, and the last that it changes. */
  from: number;
  to: number;
}

/** Names that find room in a panel. */
const MOST_NAMES = 6;

export function marksOf({ interventions }: Spec): Mark[] {
  return interventions.map(({ name, at, until }) => ({ name, from: at - 1, to: until }));
}

/** Layers behind the lines, for the marks that begin within the steps; `named`: with their names. */
export function markLayers(marks: readonly Mark[], steps: Domain, named: boolean): Layer[] {
  const shown = marks.filter(({ from }) => from < steps[1]).map(mark => ({ ...mark, to: Math.min(mark.to, steps[1]) }));
  if (shown.length === 0) return [];
  const scale = { domain: steps, nice: false as const };
  const x = { field: 'from', type: 'quantitative' as const, title: 'step', scale, axis: { tickCount: 5 } };
  const lasting = shown.filter(({ from, to }) => to > from + 1);
  const band: Layer = {
    data: { values: lasting },
    mark: { type: 'rect', opacity: 0.07, color: FAINT },
    encoding: { x, x2: { field: 'to' } },
  };
  const rule: Layer = {
    data: { values: shown },
    mark: { type: 'rule', strokeWidth: 0.8, color: FAINT },
    encoding: { x },
  };
  const name: Layer = {
    data: { values: shown },
    mark: { type: 'text', angle: 270, align: 'right', baseline: 'bottom', dx: -3, dy: -2, fontSize: 9.5, color: FAINT },
    encoding: { x, y: { value: 0 }, text: { field: 'name', type: 'nominal' } },
  };
  return [...(lasting.length > 0 ? [band] : []), rule, ...(named && shown.length <= MOST_NAMES ? [name] : [])];
}

/** The marks in words, for a caption. */
export function marksText(marks: readonly Mark[]): string {
  const told = marks.map(
    ({ name, from, to }) => `${name} (${to > from + 1 ? `steps ${from + 1} to ${to}` : `step ${to}`})`,
  );
  return `Vertical rules: ${told.join(', ')}.`;
}
