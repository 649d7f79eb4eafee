// The report of an attribution: for every measure the parts in order of their effects, as bars with intervals and as a table.
import { type Attribution, type Part, partLabel, rankedParts } from '../experiment/attribution.ts';
import { type ComparisonWords, comparisonPage, pointsOf } from './comparison-page.ts';
import { effectCells, effectText } from './effect-words.ts';
import type { Figure, Layer } from './figure.ts';
import { type Html, html } from './html.ts';
import { endsOf, facetHeading } from './scales.ts';
import { colourOf, FAINT, INK } from './theme.ts';

/** Figures of a report; all effects are in the table. */
const MOST_FIGURES = 32;
/** Bars of a figure: the largest. */
const MOST_BARS = 24;

/** The report as the text of an HTML file. */
export function renderAttribution(attribution: Attribution, words: ComparisonWords): Promise<string> {
  const pairs = attribution.measures.flatMap(measure => attribution.points.map((_, point) => ({ measure, point })));
  const figures = pairs.flatMap(({ measure, point }) => attributionFigure(attribution, measure, point) ?? []);
  return comparisonPage(words, attribution, {
    eyebrow: 'Groundswell attribution',
    lead: 'What changes at the end of the run when one part of it is switched off, on the same draws.',
    results: html`${partsTable(attribution)}${rankedTable(attribution)}`,
    sections: figures.length === 0 ? [] : [{ heading: 'Ranked effects', figures: figures.slice(0, MOST_FIGURES) }],
  });
}

/** Bars of one measure at one point, the largest first; undefined where no part changes it. */
export function attributionFigure(attribution: Attribution, measure: string, point: number): Figure | undefined {
  const ranked = rankedParts(attribution.parts, measure, point);
  if (ranked.every(({ effect }) => effect.final.equal)) return undefined;
  const shown = ranked.slice(0, MOST_BARS);
  const values = shown.map(({ part, effect: { final } }) => {
    return { part: partLabel(part), mean: final.effect.mean, ...endsOf(final.effect) };
  });
  const y = { field: 'part', type: 'nominal' as const, title: null, sort: null, axis: { grid: false } };
  const x = { field: 'mean', type: 'quantitative' as const, title: null, axis: { grid: true, tickCount: 5 } };
  const layer: Layer[] = [
    { mark: { type: 'bar', color: colourOf(0), height: { band: 0.6 } }, encoding: { x, y } },
    { mark: { type: 'rule', color: INK, strokeWidth: 1.4 }, encoding: { x: { ...x, field: 'low' }, x2: { field: 'high' }, y } }, // biome-ignore format: one thought
    { mark: { type: 'rule', color: FAINT }, encoding: { x: { datum: 0 } } },
  ];
  const points = pointsOf(attribution);
  const told = shown.slice(0, 8).map(({ part, effect }) => `${partLabel(part)} ${effectText(effect.final)}`);
  return {
    title: points ? `${measure}, ${facetHeading(points, points.of(point))}` : measure,
    caption: `Change of ${measure} at the end; line: 95 % interval over pairs of replicas.${shown.length < ranked.length ? ` The ${shown.length} largest of ${ranked.length}.` : ''}`,
    description: `Paired change of ${measure} with parts switched off, the largest first. ${told.join('; ')}.`,
    wide: false,
    spec: { data: { values }, width: 250, height: { step: 24 }, layer },
  };
}

function partsTable({ parts }: Attribution): Html {
  const rows = parts.map((part: Part) => html`<tr><th scope="row">${partLabel(part)}</th><td>${part.about}</td></tr>`);
  return html`<table class="facts"><tbody>${rows}</tbody></table>`;
}

function rankedTable(attribution: Attribution): Html {
  const points = pointsOf(attribution);
  const heads = ['as written', 'without', 'effect', 'last quarter', 'size d'];
  const body = attribution.measures.flatMap(measure =>
    attribution.points.flatMap((_, point) =>
      rankedParts(attribution.parts, measure, point).map(({ part, effect }) => {
        return html`<tr><th scope="row">${measure}</th>${points && html`<td>${points.of(point)}</td>`}<th scope="row">${partLabel(part)}</th>${effectCells(effect).map(cell => html`<td>${cell}</td>`)}</tr>`;
      }),
    ),
  );
  return html`<div class="scroll tall" tabindex="0" role="region" aria-label="Ranked effects">
<table class="results effects"><thead><tr><th scope="col">measure</th>${points && html`<th scope="col" class="number">${points.label}</th>`}<th scope="col">part</th>${heads.map(head => html`<th scope="col" class="number">${head}</th>`)}</tr></thead>
<tbody>${body}</tbody></table></div>
<p class="legend">Means over replicas ± half-width of the 95 % t-interval, at the last step; effect: without the part − as written, over pairs of replicas on the same draws, the largest first. Effects of parts need not add up: where two are both needed, each of them seems to do all; where either is enough, neither seems to do anything.</p>`;
}
