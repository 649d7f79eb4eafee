// The report of a comparison of two sides; its parts are exported, so that a report of several comparisons can hold them.
import type { Comparison } from '../experiment/compare.ts';
import type { MeasureEffect } from '../experiment/paired-rows.ts';
import type { Axis } from './axes.ts';
import { type ComparisonWords, comparisonPage, pointsOf } from './comparison-page.ts';
import { spread } from './courses.ts';
import { effectCells, everDiffers, onsetText, percent } from './effect-words.ts';
import {
  type EffectsOfMeasure,
  effectByPointFigure,
  effectFigure,
  MOST_PANELS,
  sidesFigure,
} from './effects-over-time.ts';
import type { Figure } from './figure.ts';
import type { FigureSection } from './figures.ts';
import { type Html, html } from './html.ts';

/** Measures that are drawn; all are in the table. */
const MOST_MEASURES = 16;

/** The report as the text of an HTML file. */
export function renderComparison(comparison: Comparison, words: ComparisonWords): Promise<string> {
  const [a, b] = comparison.sides;
  return comparisonPage(words, comparison, {
    eyebrow: 'Groundswell comparison',
    lead: comparison.identical
      ? `“${a.label}” and “${b.label}” are the same run: there is no effect.`
      : `What it changes to go from “${a.label}” (side a) to “${b.label}” (side b), on the same draws.`,
    results: effectsTable(comparison),
    sections: effectSections(comparison),
  });
}

/** Effects by measure, of every point. */
export function effectsByMeasure({ effects }: Pick<Comparison, 'effects'>): Map<string, MeasureEffect[]> {
  const byMeasure = new Map<string, MeasureEffect[]>();
  for (const effect of effects) byMeasure.set(effect.measure, [...(byMeasure.get(effect.measure) ?? []), effect]);
  return byMeasure;
}

/** A row per measure and point: both sides, effects, their size, what the pairing removed, and when they show. */
export function effectsTable(comparison: Comparison): Html {
  const points = pointsOf(comparison);
  const heads = ['side a', 'side b', 'effect', 'last quarter', 'size d', 'variance removed', 'effect shows'];
  const ordered = [...effectsByMeasure(comparison).values()].flat();
  const body = ordered.map(effect => {
    const { measure, point, final } = effect;
    const cells = [...effectCells(effect), percent(final.varianceRemoved), onsetText(effect)];
    return html`<tr><th scope="row">${measure}</th>${points && html`<td>${points.of(point)}</td>`}${cells.map(cell => html`<td>${cell}</td>`)}</tr>`;
  });
  return html`<div class="scroll tall" tabindex="0" role="region" aria-label="Effects by measure">
<table class="results effects"><thead><tr><th scope="col">measure</th>${points && html`<th scope="col" class="number">${points.label}</th>`}${heads.map(head => html`<th scope="col" class="number">${head}</th>`)}</tr></thead>
<tbody>${body}</tbody></table></div>
<p class="legend">Means over replicas ± half-width of the 95 % t-interval, at the last step. Effect: side b − side a, over pairs of replicas on the same draws; last quarter: of the means over the measured steps of the last quarter of the run; “equal”: exactly zero in every replica, with an empty interval. Size: the effect over the root of the mean variance of the sides (d_av). Variance removed: 1 − Var(b − a) / (Var a + Var b), of what an unpaired comparison would have. Effect shows: the first step at which its interval does not hold zero; intervals are for each step alone, so that of many steps without effect one in twenty would show some.</p>`;
}

/** Figures of the measures in which the sides differ. */
export function effectSections(comparison: Comparison): FigureSection[] {
  const points = pointsOf(comparison);
  const sides = [comparison.sides[0].label, comparison.sides[1].label] as const;
  const moved = [...effectsByMeasure(comparison)].filter(([, effects]) => effects.some(everDiffers));
  const figures = moved
    .slice(0, MOST_MEASURES)
    .flatMap(([measure, effects]) => figuresOf({ measure, effects, points, sides }));
  return figures.length === 0 ? [] : [{ heading: 'Effects', figures }];
}

function figuresOf(request: EffectsOfMeasure): Figure[] {
  const { points, effects } = request;
  if (!points) return [sidesFigure(request), effectFigure(request)];
  const some = { ...request, effects: spread(effects.length, MOST_PANELS).map(k => effects[k]) };
  const along = effectByPointFigure({ ...request, points: points satisfies Axis });
  return [{ ...along, wide: true }, effectFigure(some)];
}
