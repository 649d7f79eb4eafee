// What the reports of all comparisons share: the header, notes, sides and provenance. What was found is handed in.
import type { ComparisonFacts } from '../experiment/sides.ts';
import { type Axis, axesOf, wholePoints } from './axes.ts';
import type { FigureSection } from './figures.ts';
import { type Html, html } from './html.ts';
import { counted, formatCount, formatSeconds } from './numbers.ts';
import { drawSections, page } from './page.ts';

/** Words of a comparison's report that its facts do not hold. */
export interface ComparisonWords {
  /** Name of the spec. */
  title: string;
  /** The spec as it was run on the first side, as YAML. */
  specText: string;
  /** Of the package. */
  version: string;
}

/** What a comparison found. */
export interface Findings {
  /** What kind of report this is. */
  eyebrow: string;
  /** In a sentence, what was compared. */
  lead: string;
  results: Html;
  sections: readonly FigureSection[];
}

/** The whole page. */
export async function comparisonPage(
  { title, specText, version }: ComparisonWords,
  facts: ComparisonFacts,
  { eyebrow, lead, results, sections }: Findings,
): Promise<string> {
  const links = [
    ['results', 'Results'],
    ...sections.map(({ heading }, i) => [`figures-${i + 1}`, heading]),
    ['sides', 'Runs'],
    ['spec', 'Specification'],
  ];
  return page(
    { title, version },
    html`<header>
<p class="eyebrow">${eyebrow}</p>
<h1>${title}</h1>
<p class="lead">${lead}</p>
<p class="run">${runSentence(facts)}</p>
<nav aria-label="Contents">${links.map(([id, text]) => html`<a href="#${id}">${text}</a>`)}</nav>
</header>
<section id="results"><h2>Results</h2>
${results}
${facts.notes.length > 0 && html`<ul class="notes" aria-label="Notes">${facts.notes.map(note => html`<li>${note}</li>`)}</ul>`}
</section>
${await drawSections(sections)}
<section id="sides"><h2>Runs</h2>
<p>Every run draws the same numbers: a draw is a function of seed, replica, rule, agent, step and place. Each can be run again by itself, from its spec in manifest.json, and must have the digest below.</p>
${sidesTable(facts)}
</section>
<section id="spec"><h2>Specification</h2>
<p>Of the first run.</p>
<pre>${specText}</pre>
</section>
<footer>Written by Groundswell ${version}. The numbers are in effects.parquet, beside this file.</footer>`,
  );
}

/** The points' names, where there are several. */
export function pointsOf({ points }: Pick<ComparisonFacts, 'points'>): Axis | undefined {
  if (points.length === 1) return undefined;
  const varying = points.map(varied => ({ varied }));
  return wholePoints(varying, axesOf(varying));
}

function runSentence({ model, population, points, replicas, steps, sides, engine, seconds }: ComparisonFacts): string {
  const worlds = points.length * replicas;
  const split = points.length > 1 ? ` (${counted(points.length, 'point')} × ${counted(replicas, 'replica')})` : '';
  return (
    `${counted(sides.length, 'run')} of ${worlds === 1 ? 'one world' : `${formatCount(worlds)} worlds`}${split} with ${counted(population, 'agent')} each, ` +
    `${counted(steps, 'step')}: model ${model.name}, on ${engine.device}, in ${formatSeconds(seconds)}.`
  );
}

function sidesTable({ sides, seed, model, engine, inputs }: ComparisonFacts): Html {
  const rows = sides.map(
    ({ label, digest, kernelHash }) =>
      html`<tr><th scope="row">${label}</th><td>digest <code>${digest}</code>, kernels <code>${kernelHash.slice(0, 16)}…</code></td></tr>`,
  );
  const files = inputs.map(({ name, sha256 }) => html`<div>${name}, SHA-256 <code>${sha256}</code></div>`);
  return html`<table class="facts"><tbody>${rows}
<tr><th scope="row">Model</th><td>${model.name} (${model.source})</td></tr>
<tr><th scope="row">Seed</th><td><code>${seed}</code></td></tr>
<tr><th scope="row">Engine</th><td>${engine.name}, ${engine.device}, since ${engine.reason}</td></tr>
${files.length > 0 && html`<tr><th scope="row">Input files</th><td>${files}</td></tr>`}</tbody></table>`;
}
