// The tables of a suite: an overview of all scenarios, and of each what its levers do to all alignments, and how its cases stand.
import type { ScenarioNumbers, ToldEffect, ToldSide } from '../../experiment/scenario-result.ts';
import type { JudgedLever, ScenarioResult } from '../../experiment/suite.ts';
import { optional } from '../effect-words.ts';
import { type Html, html } from '../html.ts';
import { bestLever, costText, shortEffect, shortInterval, undoneText } from './words.ts';

/** A row per scenario. */
export function overviewTable(scenarios: readonly ScenarioResult[]): Html {
  const heads = ['effect', 'seen from', 'half at', 'best lever', 'damage undone', 'cost'];
  const body = scenarios.map(scenario => {
    const { name, risk, measure, moves, headline, verdict, early } = scenario;
    const there = verdict === 'there';
    const best = there ? bestLever(scenario) : undefined;
    return html`<tr><th scope="row"><a href="#${idOf(name)}">${risk}</a><small class="faint">${measure} ${moves}</small></th>
<td>${shortEffect(headline.lastQuarter)}<br><b class="${there ? 'verdict' : 'worse'}">${verdict}</b></td>
<td>${there ? optional(early.shows) : '–'}</td><td>${there ? optional(early.half) : '–'}</td>
<td>${best?.name ?? '–'}</td><td>${best ? undoneText(best.undone) : '–'}</td><td>${best ? costText(best.cost) : '–'}</td></tr>`;
  });
  return html`<div class="scroll" tabindex="0" role="region" aria-label="All scenarios">
<table class="results compact overview"><thead><tr><th scope="col">risk, and what it should move</th>${heads.map(head => html`<th scope="col" class="number">${head}</th>`)}</tr></thead>
<tbody>${body}</tbody></table></div>`;
}

/** The id of a scenario's section. */
export function idOf(name: string): string {
  return `scenario-${name.replace(/[^\w-]/g, '-')}`;
}

/** The measures of a scenario's tables: the headline, the other alignments, and shares of agents. */
function measuresOf({ measure, alignments, shares }: ScenarioNumbers): string[] {
  return [...new Set([measure, ...alignments.map(alignment => alignment.measure), ...shares])];
}

/** A row per lever, after one of the risk: effects on all alignments, the damage undone, the cost. */
export function leversTable(scenario: ScenarioResult): Html {
  const { headline, others, levers, sides, verdict } = scenario;
  const measures = measuresOf(scenario);
  const risk = sides.find(({ kind }) => kind === 'risk')!;
  const rows = levers.map(lever => {
    const effects = [lever.headline, ...lever.others];
    const cells = measures.map(measure => effectCell(effects, measure, lever, scenario));
    return html`<tr><th scope="row">${lever.name}</th><td class="${lever.verdict === 'harms' ? 'worse' : lever.verdict === 'helps' ? 'verdict' : 'faint'}">${lever.verdict}</td><td>${verdict === 'there' ? undoneText(lever.undone) : '–'}</td><td>${costText(lever.cost)}</td>${cells}</tr>`;
  });
  const first = measures.map(measure => html`<td class="faint">${cellText([headline, ...others], measure)}</td>`);
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Effects of levers">
<table class="results compact"><thead><tr><th scope="col">run</th><th scope="col" class="number">verdict</th><th scope="col" class="number">damage undone</th><th scope="col" class="number">cost</th>${measures.map(measure => html`<th scope="col" class="number">${measure}</th>`)}</tr></thead>
<tbody><tr><th scope="row" class="faint">risk − control</th><td></td><td></td><td class="faint">${costText(risk.cost)}</td>${first}</tr>${rows}</tbody></table></div>`;
}

function effectCell(
  effects: readonly ToldEffect[],
  measure: string,
  lever: JudgedLever,
  scenario: ScenarioResult,
): Html {
  const text = cellText(effects, measure);
  if (measure === scenario.measure) {
    const mark = { helps: 'better', harms: 'worse', 'no effect': '' }[lever.verdict];
    return html`<td class="${mark}">${text}</td>`;
  }
  const moved = lever.moved.find(other => other.measure === measure);
  if (!moved) return html`<td>${text}</td>`;
  return moved.to === 'down' ? html`<td class="worse">▼ ${text}</td>` : html`<td class="better">▲ ${text}</td>`;
}

function cellText(effects: readonly ToldEffect[], measure: string): string {
  const effect = effects.find(other => other.measure === measure);
  return effect ? shortEffect(effect.lastQuarter) : '–';
}

/** Levels of control, risk and cases, each with its difference from the control; nothing without cases. */
export function casesTable(scenario: ScenarioResult): Html | undefined {
  const { cases, sides, headline, others } = scenario;
  if (cases.length === 0) return undefined;
  const measures = [...new Set([...measuresOf(scenario), ...cases.flatMap(({ shows }) => shows)])];
  const row = (label: string, side: ToldSide, effects: readonly ToldEffect[]): Html => {
    const cells = measures.map(measure => {
      const level = side.levels[measure];
      const effect = effects.find(other => other.measure === measure);
      return html`<td>${level ? shortInterval(level) : '–'}${effect && html`<span>${signed(shortEffect(effect.lastQuarter))}</span>`}</td>`;
    });
    return html`<tr><th scope="row">${label}</th>${cells}</tr>`;
  };
  const sideOf = (kind: ToldSide['kind'], name: string): ToldSide => sides.find(side => side.kind === kind && side.name === name)!; // biome-ignore format: one thought
  const rows = [
    row('control', sideOf('control', 'control'), []),
    row('risk', sideOf('risk', 'risk'), [headline, ...others]),
    ...cases.map(({ name, againstControl }) => row(name, sideOf('case', name), againstControl)),
  ];
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Cases">
<table class="results compact levels"><thead><tr><th scope="col">run</th>${measures.map(measure => html`<th scope="col" class="number">${measure}</th>`)}</tr></thead>
<tbody>${rows}</tbody></table></div>
<p class="legend">Means over the last quarter of the run, with 95 % intervals; below, the paired difference from the control.</p>`;
}

function signed(text: string): string {
  return /^[\d.]/.test(text) && !text.startsWith('0 (') ? `+${text}` : text;
}
