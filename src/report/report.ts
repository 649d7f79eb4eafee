// A run as one HTML file that needs nothing else: no scripts, no network. The words and the order of its parts.
import { type FigureSection, figureSections } from './figures.ts';
import { type Html, html } from './html.ts';
import type { ReportInput } from './input.ts';
import { counted, formatCount } from './numbers.ts';
import { drawSections, page } from './page.ts';
import { withoutStill } from './still.ts';
import { provenanceTable, resultsTable } from './tables.ts';
import { theoryTable } from './theory-table.ts';

/** The report as the text of an HTML file. Every text of the input is escaped. */
export async function renderReport(everything: ReportInput): Promise<string> {
  const input = withoutStill(everything);
  const sections = figureSections(input);
  const figures = await drawSections(sections);
  return page(
    { title: input.title, version: input.manifest.groundswell },
    html`${header(input, sections)}
<section id="results"><h2>Results</h2>
${resultsTable(input)}
${notes(input)}
${theoryTable(input)}
</section>
${figures}
<section id="spec"><h2>Specification</h2>
<p>As run, with every value that was set on the command line.</p>
<pre>${input.specText}</pre>
</section>
<section id="provenance"><h2>Provenance</h2>
${provenanceTable(input.manifest)}
</section>
<section id="verify"><h2>To verify and to cite</h2>
${verification(input)}
</section>
<footer>Written by Groundswell ${input.manifest.groundswell}. The numbers behind the figures are in series.parquet, beside this file.</footer>`,
  );
}

function header(input: ReportInput, sections: readonly FigureSection[]): Html {
  const { status, steps } = input.manifest;
  const links: [string, string][] = [
    ['results', 'Results'],
    ...sections.map(({ heading }, i): [string, string] => [`figures-${i + 1}`, heading]),
    ['spec', 'Specification'],
    ['provenance', 'Provenance'],
    ['verify', 'To verify and to cite'],
  ];
  return html`<header>
<p class="eyebrow">Groundswell run report</p>
<h1>${input.title}</h1>
${input.about !== '' && html`<p class="lead">${input.about}</p>`}
<p class="run">${runSentence(input)}</p>
${status === 'interrupted' && html`<p class="status" role="note"><strong>Interrupted.</strong> This run stopped before its end; what follows is what it had recorded by step ${formatCount(steps)}.</p>`}
<nav aria-label="Contents">${links.map(([id, text]) => html`<a href="#${id}">${text}</a>`)}</nav>
</header>`;
}

/** What was run, in a sentence. */
function runSentence({ spec, manifest }: ReportInput): string {
  const { population, worlds, engine } = manifest;
  const points = spec.points.length;
  const split = points > 1 ? ` (${counted(points, 'point')} × ${counted(spec.replicas, 'replica')})` : '';
  const agents = `${counted(population, 'agent')} in ${worlds === 1 ? 'one world' : `each of ${formatCount(worlds)} worlds${split}`}`;
  const update =
    spec.update.kind === 'activation' ? `activation of ${spec.update.activation}` : `${spec.update.kind} update`;
  return (
    `${agents}, ${counted(manifest.steps, 'step')} with ${update} on topology “${spec.topology.kind}”: ` +
    `model ${spec.model.name}, on ${engine.adapter ?? `the ${engine.name} engine`}.`
  );
}

function notes(input: ReportInput): Html {
  const all = [...new Set([...input.notes, ...(input.manifest.notes ?? [])])];
  return html`${all.length > 0 && html`<ul class="notes" aria-label="Notes">${all.map(note => html`<li>${note}</li>`)}</ul>`}`;
}

function verification({ spec, manifest }: ReportInput): Html {
  const where = manifest.reproducible === 'bitwise' ? 'this or another engine' : 'the same device';
  return html`<p>Run it again, on ${where}, and compare every recorded step:</p>
<pre>groundswell verify manifest.json</pre>
<p>It agrees if the run digest is again <code>${manifest.digest}</code>.</p>
<p>Cite the model as ${spec.model.source}, and the simulation as: Groundswell ${manifest.groundswell}, model ${spec.model.name}, seed <code>${manifest.seed}</code>, run digest <code>${manifest.digest}</code>.</p>`;
}
