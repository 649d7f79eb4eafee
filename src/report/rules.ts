// Critical values in a figure: labelled upright rules where they lie on its horizontal axis.
import type { CriticalValue } from '../experiment/predictions.ts';
import { type Axis, MOST_SERIES } from './axes.ts';
import type { Layer } from './figure.ts';
import { placeBeside } from './labels.ts';
import { formatNumber } from './numbers.ts';
import { type Domain, facetHeading, seriesEncoding } from './scales.ts';
import { FAINT } from './theme.ts';
import { citations } from './theory-words.ts';

/** More labels in a panel than this would cover it. */
const MOST_LABELS = 4;

export interface Rules {
  /** To be drawn with the figure's own data, so that panels share them out. */
  data: RuleDatum[];
  layers: Layer[];
  /** A sentence for the caption; empty without rules. */
  caption: string;
}

/** Something drawn at a place, so that labels keep off it. */
export interface Mark {
  x: number;
  y: number;
  facet?: string;
}

/** Marks along the lines that join the marks of each key, in their order from left to right. */
export function marksAlong<M extends Mark>(marks: readonly M[], key: (mark: M) => string): Mark[] {
  const lines = new Map<string, M[]>();
  for (const mark of marks) lines.set(key(mark), [...(lines.get(key(mark)) ?? []), mark]);
  return [...lines.values()].flatMap(line => {
    const ordered = line.sort((a, b) => a.x - b.x);
    return ordered.slice(1).flatMap((to, k) => {
      const from = ordered[k];
      return Array.from({ length: 16 }, (_, i) => {
        const part = i / 16;
        return { x: from.x + part * (to.x - from.x), y: from.y + part * (to.y - from.y), facet: to.facet };
      });
    });
  });
}

interface Rule {
  x: number;
  facet?: string;
  series?: string;
  value: number;
}

export interface RuleDatum extends Rule {
  role: 'rule';
  bottom: number;
  top: number;
  label: string;
  /** Where its label stands, and on which side of the rule. */
  at: number;
  side: 'left' | 'right';
}

/** The panels of a figure: horizontal and vertical range, height in pixels, and what is drawn in them. */
export interface Panels {
  x: Domain;
  logarithmic?: boolean;
  y: Domain;
  height: number;
  facet?: Axis;
  series?: Axis;
  marks: readonly Mark[];
}

/**
 * Rules for the critical values that lie within the axis. `place` gives the position of a value (the value itself, or what starts there). Values that differ between
 * series have their colours, others are drawn once.
 */
export function criticalRules(
  thresholds: readonly CriticalValue[],
  place: (threshold: CriticalValue) => number | undefined,
  panels: Panels,
): Rules {
  const { x: domain, facet, series } = panels;
  const rules = new Map<string, Rule>();
  const coloured = series !== undefined && differBy(thresholds, series, facet);
  const shown = thresholds.filter(threshold => {
    const x = place(threshold);
    if (x === undefined || !(x >= domain[0] && x <= domain[1])) return false;
    const { point, value } = threshold;
    const rule = {
      x,
      value,
      ...(facet && { facet: facetHeading(facet, facet.of(point)) }),
      ...(coloured && { series: series.of(point) }),
    };
    rules.set(JSON.stringify([rule.facet, rule.series, formatNumber(x, 6)]), rule);
    return true;
  });
  if (rules.size === 0) return { data: [], layers: [], caption: '' };
  const caption = `Upright rule: critical value; ${citations(shown)}.`;
  const data = labelled([...rules.values()], panels);
  return { data, layers: ruleLayers(panels.y, coloured ? series : undefined), caption };
}

/** Whether critical values of one panel differ between the series. */
function differBy(thresholds: readonly CriticalValue[], series: Axis, facet?: Axis): boolean {
  const first = new Map<string, string>();
  return thresholds.some(({ point, value }) => {
    const panel = facet?.of(point) ?? '';
    const text = formatNumber(value, 6);
    if (!first.has(panel)) first.set(panel, text);
    return first.get(panel) !== text && series.values.length <= MOST_SERIES;
  });
}

function labelled(rules: readonly Rule[], { x, logarithmic, y, height, marks }: Panels): RuleDatum[] {
  const scaled = (value: number): number => (logarithmic ? Math.log(value) : value);
  const across = (value: number): number => (scaled(value) - scaled(x[0])) / (scaled(x[1]) - scaled(x[0]));
  const up = (value: number): number => (value - y[0]) / (y[1] - y[0]);
  return panelsOf(rules).flatMap(([facet, own]) => {
    const labels = own.slice(0, MOST_LABELS);
    const inPanel = marks.filter(mark => mark.facet === facet).map(mark => ({ x: across(mark.x), y: up(mark.y) }));
    const places = placeBeside(labels.map(rule => across(rule.x)), inPanel, height); // biome-ignore format: one thought
    return own.map((rule, i): RuleDatum => {
      const place = places[i] ?? { y: 1, side: 'right' };
      const label = i < labels.length ? `critical ${formatNumber(rule.value, 3)}` : '';
      const at = y[0] + place.y * (y[1] - y[0]);
      return { ...rule, role: 'rule', bottom: y[0], top: y[1], label, at, side: place.side };
    });
  });
}

/** The rules of each panel, from left to right. */
function panelsOf(rules: readonly Rule[]): [string | undefined, Rule[]][] {
  const ascending = [...rules].sort((a, b) => a.x - b.x);
  const facets = [...new Set(ascending.map(({ facet }) => facet))];
  return facets.map(facet => [facet, ascending.filter(rule => rule.facet === facet)]);
}

function ruleLayers(y: Domain, series: Axis | undefined): Layer[] {
  const x = { field: 'x', type: 'quantitative' as const };
  const upright = { type: 'quantitative' as const, scale: { domain: y, nice: false, zero: false } };
  const colour = series ? { color: seriesEncoding(series, true).color } : {};
  const ink = series ? {} : { color: FAINT };
  return [
    {
      transform: [{ filter: `datum.role === 'rule'` }],
      mark: { type: 'rule', strokeWidth: 1, strokeDash: [2, 2], ...ink },
      encoding: { x, y: { field: 'bottom', ...upright }, y2: { field: 'top' }, ...colour },
    },
    ...(['left', 'right'] as const).map((side): Layer => {
      const beside = side === 'left' ? { align: 'right' as const, dx: -5 } : { align: 'left' as const, dx: 5 };
      return {
        transform: [{ filter: `datum.role === 'rule' && datum.side === '${side}'` }],
        mark: { type: 'text', baseline: 'middle', fontSize: 11, ...beside, ...ink },
        encoding: { x, y: { field: 'at', ...upright }, text: { field: 'label' }, ...colour },
      };
    }),
  ];
}
