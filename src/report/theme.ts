// How figures look: colours, markers, type. Colours are CSS variables of the page with fallbacks, so that one SVG serves light,
// dark and print. Okabe & Ito's palette (2008) is told apart by people of any colour vision; markers repeat what colours say.
import type { Config } from 'vega-lite';

interface Swatch {
  light: string;
  dark: string;
  shape: string;
}

/** Series in order of use. */
const SWATCHES: readonly Swatch[] = [
  { light: '#0072b2', dark: '#4fa8e0', shape: 'circle' },
  { light: '#d55e00', dark: '#ff8a47', shape: 'square' },
  { light: '#009e73', dark: '#35c79e', shape: 'triangle-up' },
  { light: '#b0578d', dark: '#e39cc6', shape: 'diamond' },
  { light: '#c28500', dark: '#f0b73f', shape: 'triangle-down' },
  { light: '#3d9bd8', dark: '#9ad4f7', shape: 'cross' },
  { light: '#4d4d4d', dark: '#d0d0d0', shape: 'triangle-right' },
  { light: '#8c6d46', dark: '#c9a877', shape: 'triangle-left' },
];

export const INK = 'currentColor';
export const PAPER = 'var(--paper, #ffffff)';
/** Lines and words that stand back. */
export const FAINT = 'var(--faint, #6b6b6b)';
export const GRID = 'var(--grid, #e4e4e0)';
export const DASH: number[] = [5, 3];

/** The colour of the series at a position. */
export function colourOf(position: number): string {
  const i = position % SWATCHES.length;
  return `var(--series-${i + 1}, ${SWATCHES[i].light})`;
}

/** The marker of the series at a position. */
export function shapeOf(position: number): string {
  return SWATCHES[position % SWATCHES.length].shape;
}

/** The declarations of the colour variables, for the page's style sheet. */
export function colourVariables(scheme: 'light' | 'dark'): string {
  return SWATCHES.map((swatch, i) => `--series-${i + 1}: ${swatch[scheme]};`).join(' ');
}

/** Vega-Lite configuration of every figure. */
export const CONFIG: Config = {
  aria: false,
  background: 'transparent',
  font: 'Helvetica Neue, Helvetica, Arial, sans-serif',
  padding: 4,
  view: { stroke: null },
  axis: {
    labelColor: FAINT,
    titleColor: INK,
    domainColor: FAINT,
    tickColor: FAINT,
    gridColor: GRID,
    labelFontSize: 11,
    titleFontSize: 12,
    titleFontWeight: 'normal',
    tickSize: 4,
    labelPadding: 4,
    titlePadding: 8,
    labelLimit: 260,
  },
  axisX: { grid: false, labelFlush: true },
  axisY: { domain: false, ticks: false, grid: true },
  header: {
    labelFontSize: 12,
    labelColor: INK,
    labelFontWeight: 'bold',
    labelAnchor: 'start',
    labelPadding: 6,
    title: null,
  },
  legend: {
    orient: 'top',
    direction: 'horizontal',
    labelColor: INK,
    titleColor: INK,
    titleFontWeight: 'normal',
    titleFontSize: 12,
    titleOrient: 'left',
    labelFontSize: 12,
    labelLimit: 320,
    symbolSize: 80,
    symbolOpacity: 1,
    columnPadding: 18,
    offset: 14,
  },
};
