// The report of a suite: an overview of all scenarios, then a section for each.
import type { ScenarioResult, Suite } from '../../experiment/suite.ts';
import { type Html, html } from '../html.ts';
import { counted, formatCount, formatNumber, formatSeconds } from '../numbers.ts';
import { drawFigures, page } from '../page.ts';
import { courseFigure, groupsFigure, overviewFigures, planesFigure } from './figures.ts';
import { casesTable, idOf, leversTable, overviewTable } from './tables.ts';
import { earlySentence, verdictSentence } from './words.ts';

/** The report as the text of an HTML file. `version` is the package's. */
export async function renderSuite(suite: Suite, { version }: { version: string }): Promise<string> {
  const { scenarios, failed } = suite;
  const title = 'Scenarios of collective misalignment';
  const sections: Html[] = [];
  for (const scenario of scenarios) sections.push(await scenarioSection(scenario));
  const links = scenarios.map(({ name, risk }) => html`<a href="#${idOf(name)}">${risk}</a>`);
  return page(
    { title, version },
    html`<header>
<p class="eyebrow">Groundswell suite</p>
<h1>${title}</h1>
<p class="lead">${leadOf(scenarios)}</p>
<p class="run">${runOf(suite)}</p>
<nav aria-label="Contents"><a href="#overview">Overview</a>${links}</nav>
</header>
${failed.map(({ name, message }) => html`<p class="status">${name} failed, and is not told of: ${message}</p>`)}
<section id="overview"><h2>Overview</h2>
${overviewTable(scenarios)}
<p class="legend">${legendOf(suite)}</p>
${await drawFigures(overviewFigures(scenarios), 'overview-figure')}
</section>
${sections}
<footer>Written by Groundswell ${version}. The numbers are in suite.json and effects.parquet, beside this file. The mechanisms are hypotheses: an effect in the model is no effect in the world.</footer>`,
  );
}

function leadOf(scenarios: readonly ScenarioResult[]): string {
  const there = scenarios.filter(({ verdict }) => verdict === 'there');
  const undone = there.filter(({ levers }) => levers.some(({ verdict }) => verdict === 'helps'));
  return (
    `Of ${counted(scenarios.length, 'hypothesised risk')}, ${there.length === scenarios.length ? 'all show' : `${there.length} ${there.length === 1 ? 'shows' : 'show'}`} the effect that they should, against a control ` +
    `without the mechanism on the same draws; of these, ${undone.length} ${undone.length === 1 ? 'has' : 'have'} a lever that helps.`
  );
}

function runOf({ scenarios, scale, seconds, engine }: Suite): string {
  const range = (values: readonly number[]): string => {
    const [low, high] = [Math.min(...values), Math.max(...values)];
    return low === high ? formatCount(low) : `${formatCount(low)} to ${formatCount(high)}`;
  };
  const runs = scenarios.reduce((sum, { sides }) => sum + sides.length, 0);
  const scaled = scale === 1 ? '' : ` Populations are ${formatNumber(scale)} times those of the scenarios.`;
  return (
    `${counted(runs, 'run')} of ${range(scenarios.map(({ replicas }) => replicas))} worlds with ${range(scenarios.map(({ population }) => population))} agents each, ` +
    `${range(scenarios.map(({ steps }) => steps))} steps, on ${engine}, in ${formatSeconds(seconds)}.${scaled}`
  );
}

function legendOf({ checks }: Suite): string {
  return (
    'Effect: risk − control of the measure’s mean over the last quarter of the run, over pairs of replicas on the same draws, with a 95 % t-interval. ' +
    `Verdict: a paired t-test at 5 % and of the sign that was said beforehand, corrected by Holm’s method for ${counted(checks.scenarios, 'scenario')}; those of levers for ${counted(checks.levers, 'lever')}, and the marks of other alignments for ${counted(checks.alignments, 'check')}. Intervals are not corrected. ` +
    'Seen from: the step from which on the interval leaves out zero to the end; half at: the step at which half of the effect is there. ' +
    'Best lever: of those that help, the one that undoes most (of several that undo everything, the cheapest), (lever − risk) / (control − risk), with Fieller’s 95 % interval. Cost: in the units of the scenario’s interventions, for each agent of the population.'
  );
}

async function scenarioSection(scenario: ScenarioResult): Promise<Html> {
  const { name, risk, about, tuned, levers, cases, verdict, notes, model, population, replicas, steps } = scenario;
  const there = verdict === 'there';
  const cause = await drawFigures([courseFigure(scenario)], `${idOf(name)}-course`);
  const planes = [groupsFigure(scenario), planesFigure(scenario)].filter(figure => figure !== undefined);
  const table = casesTable(scenario);
  return html`<section id="${idOf(name)}"><h2>${risk}</h2>
<p>${about}</p>
<p class="${there ? '' : 'status'}">${verdictSentence(scenario)} ${there && earlySentence(scenario)}</p>
<p class="legend">${name}: ${model}, ${counted(population, 'agent')}, ${counted(replicas, 'replica')}, ${counted(steps, 'step')}. Tuned: ${tuned}</p>
${cause}
<h3>Levers</h3>
<ul>${levers.map(lever => html`<li><b>${lever.name}</b>: ${lever.about}</li>`)}</ul>
${leversTable(scenario)}
<p class="legend">Paired effects over the last quarter of the run: lever − risk (first row: risk − control). ▼ and ▲: an alignment besides the headline that the lever lowers (its cost to the others) or raises.${!there && ' Since the effect is not there, there is no damage to undo.'}</p>
${
  table &&
  html`<h3>Cases</h3>
<ul>${cases.map(one => html`<li><b>${one.name}</b>: ${one.about}</li>`)}</ul>
${table}`
}
${await drawFigures(planes, `${idOf(name)}-planes`)}
${notes.length > 0 && html`<details><summary>Notes</summary><ul class="notes">${notes.map(note => html`<li>${note}</li>`)}</ul></details>`}
</section>
`;
}
