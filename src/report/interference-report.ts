// The report of an interference matrix: a heat map with numbers per point, and a table of the derivatives.
import type { Derivative, InterferenceMatrix } from '../experiment/interference.ts';
import type { Interval } from '../experiment/interval.ts';
import { type ComparisonWords, comparisonPage, pointsOf } from './comparison-page.ts';
import { spread } from './courses.ts';
import { derivativeText } from './effect-words.ts';
import { MOST_PANELS } from './effects-over-time.ts';
import type { Figure, Layer } from './figure.ts';
import { type Html, html } from './html.ts';
import { formatInterval, formatNumber } from './numbers.ts';
import { facetHeading } from './scales.ts';
import { INK } from './theme.ts';

/** The report as the text of an HTML file. */
export function renderInterference(matrix: InterferenceMatrix, words: ComparisonWords): Promise<string> {
  const points = matrix.points.map((_, point) => point);
  const shown = spread(points.length, MOST_PANELS).map(k => points[k]);
  const figures = shown.map(point => matrixFigure(matrix, point));
  const { by } = matrix;
  return comparisonPage(words, matrix, {
    eyebrow: 'Groundswell interference matrix',
    lead: `How far each weight moves each alignment at the end of the run: differences of runs on the same draws, with the weight ${by} below and above its value.`,
    results: derivativesTable(matrix),
    sections: [{ heading: 'Matrix', figures: figures.map(figure => ({ ...figure, wide: figures.length === 1 })) }],
  });
}

/** The matrix at one point, with the derivative and its half-width in every cell. */
export function matrixFigure(matrix: InterferenceMatrix, point: number): Figure {
  const own = matrix.derivatives.filter(derivative => derivative.point === point);
  const largest = Math.max(0, ...own.map(({ final }) => Math.abs(final.mean) || 0)) || 1;
  const values = own.map(({ alignment, weight, final }) => ({
    alignment,
    weight,
    value: final.mean,
    number: formatNumber(final.mean, 3),
    interval: widthText(final),
    // on strong colours dark words are hard to read
    strong: Math.abs(final.mean) > 0.6 * largest,
  }));
  const x = { field: 'weight', type: 'nominal' as const, title: 'weight', sort: null, axis: { labelAngle: 0, labelFlush: false, orient: 'top' as const, domain: false, ticks: false } }; // biome-ignore format: one thought
  const y = { field: 'alignment', type: 'nominal' as const, title: 'alignment', sort: null, axis: { grid: false } };
  const words = (field: string, dy: number, fontSize: number): Layer => ({
    mark: { type: 'text', dy, fontSize },
    encoding: { x, y, text: { field }, color: { condition: { test: 'datum.strong', value: '#ffffff' }, value: '#1b1b19' } }, // biome-ignore format: one thought
  });
  const layer: Layer[] = [
    {
      mark: { type: 'rect', stroke: INK, strokeOpacity: 0.15 },
      encoding: {
        x,
        y,
        color: {
          field: 'value',
          type: 'quantitative',
          title: 'per unit of weight',
          scale: { domain: [-largest, 0, largest], range: ['#b2521a', '#f4f1ea', '#1f6aa5'] },
          legend: { gradientLength: 160, gradientThickness: 8 },
        },
      },
    },
    words('number', -6, 13),
    words('interval', 10, 10),
  ];
  const points = pointsOf(matrix);
  const name = points ? `, ${facetHeading(points, points.of(point))}` : '';
  const told = own.map(({ alignment, weight, final }) => `${alignment} by ${weight} ${formatInterval(final)}`);
  return {
    title: `∂ alignment / ∂ weight at the end${name}`,
    caption: `Change of an alignment per unit of a weight, ± half-width of the 95 % interval over pairs of replicas. Blue: more of the weight, more of the alignment; brown: less.${oneSided(matrix)}`,
    description: `Matrix of derivatives. ${told.join('; ')}.`,
    wide: true,
    spec: { data: { values }, width: { step: 104 }, height: { step: 54 }, layer },
  };
}

function widthText({ halfWidth }: Interval): string {
  return Number.isNaN(halfWidth) ? '' : `± ${formatNumber(halfWidth, 2)}`;
}

function oneSided({ weights }: InterferenceMatrix): string {
  const labels = weights.filter(({ scheme }) => scheme !== 'central').map(({ label }) => label);
  return labels.length === 0 ? '' : ` One-sided, since the weight is at an end of its range: ${labels.join(', ')}.`;
}

function derivativesTable(matrix: InterferenceMatrix): Html {
  const points = pointsOf(matrix);
  const heads = ['at the end', 'last quarter', 'difference', 'over'];
  const body = matrix.derivatives.map((derivative: Derivative) => {
    const { alignment, weight, point, final, lastQuarter, scheme, span, effect } = derivative;
    const cells = [
      derivativeText(final, effect.final),
      derivativeText(lastQuarter, effect.lastQuarter),
      scheme,
      formatNumber(span, 5),
    ];
    return html`<tr><th scope="row">∂ ${alignment} / ∂ ${weight}</th>${points && html`<td>${points.of(point)}</td>`}${cells.map(cell => html`<td>${cell}</td>`)}</tr>`;
  });
  return html`<div class="scroll tall" tabindex="0" role="region" aria-label="Derivatives">
<table class="results effects"><thead><tr><th scope="col">derivative</th>${points && html`<th scope="col" class="number">${points.label}</th>`}${heads.map(head => html`<th scope="col" class="number">${head}</th>`)}</tr></thead>
<tbody>${body}</tbody></table></div>
<p class="legend">Per unit of the weight, ± half-width of the 95 % t-interval over pairs of replicas. Intervals are over the draws; the error of a difference over a finite span, of the order of its square (central) or of itself (forward, backward), comes on top: another --by shows how large it is.</p>`;
}
