// Suites of scenarios: verdicts, what levers undo and cost, exact zeros where nothing is changed, and scenarios that fail among others.
import { beforeAll, describe, expect, it } from 'vitest';
import { compare } from '../../src/experiment/compare.ts';
import { holm } from '../../src/experiment/holm.ts';
import { runSuite, type Suite } from '../../src/experiment/suite.ts';
import { suiteRows } from '../../src/experiment/suite-rows.ts';
import { renderSuite } from '../../src/report/index.ts';
import { failing, leaders, nothing } from '../support/scenarios.ts';

let suite: Suite;
const told: string[] = [];

beforeAll(async () => {
  const specs = [
    { name: 'leaders', spec: leaders },
    { name: 'failing', spec: failing },
    { name: 'nothing', spec: nothing },
  ];
  suite = await runSuite(specs, {
    engine: 'cpu',
    onScenario: ({ name }, number, of) => told.push(`${number}/${of} ${name}`),
  });
}, 600_000);

describe('a scenario whose effect is there', () => {
  const find = () => suite.scenarios[0];

  it('has the effect of a comparison of the two specs', async () => {
    const { scenario: _, ...spec } = leaders;
    const { effects } = await compare({ ...spec, groups: { loud: { ...spec.groups.loud, params: { influence: 1 } }, others: 0.8 } }, { kind: 'structure', set: ['groups.loud.params.influence=20'] }, { engine: 'cpu' }); // biome-ignore format: one thought
    const own = effects.find(({ measure }) => measure === 'human_alignment')!;
    expect(find().headline.lastQuarter).toEqual(own.lastQuarter);
    expect(find().headline.onset).toEqual(own.onset);
    expect(find().verdict).toBe('there');
    expect(find().headline.lastQuarter.effect.mean).toBeLessThan(0);
  });

  it('judges levers against the risk, and tells what is left, undone and paid', () => {
    const [equal, louder] = find().levers;
    expect([equal.verdict, louder.verdict]).toEqual(['helps', 'harms']);
    const [risk, control] = [find().sides[1], find().sides[0]].map(({ levels }) => levels.human_alignment.mean);
    const lever = find().sides[2].levels.human_alignment.mean;
    expect(equal.undone.value).toBeCloseTo((lever - risk) / (control - risk), 12);
    expect(equal.left.effect.mean).toBeCloseTo(lever - control, 12);
    expect(louder.undone.value).toBeLessThan(0);
    // steps 8 to 20 in force, at 2 for each agent
    expect([equal.cost, louder.cost]).toEqual([26, 0]);
  });

  it('is seen before half of it is there', () => {
    const { shows, half, lead } = find().early;
    expect(shows).toBeGreaterThan(0);
    expect(half).toBeGreaterThanOrEqual(shows!);
    expect(lead).toBeGreaterThanOrEqual(half! - shows!);
  });

  it('tells alignments of every side, and what its cases show, by group and element', () => {
    const { alignments, sides, cases } = find();
    expect(alignments.map(({ role }) => role)).toEqual(['human', 'preferential', 'task', 'outcome']);
    expect(sides.map(({ kind }) => kind)).toEqual(['control', 'risk', 'lever', 'lever', 'case']);
    expect(cases[0].shows).toEqual(['human_by_group.loud', 'human_by_group.others', 'polarisation.0']);
    for (const column of [...cases[0].shows, ...alignments.map(({ measure }) => measure)]) {
      for (const { levels } of sides) expect(levels[column].count).toBe(4);
    }
  });
});

describe('a scenario whose control is the same run', () => {
  it('has an effect of exactly zero, which is not there', () => {
    const { headline, others, verdict, adjusted, sides } = suite.scenarios[1];
    expect(sides[0].facts.digest).not.toBe(sides[2].facts.digest);
    expect(headline.lastQuarter).toMatchObject({ equal: true, effect: { mean: 0, halfWidth: 0, count: 4 } });
    expect(headline.p).toBe(1);
    expect(others.every(({ final, lastQuarter }) => final.equal && lastQuarter.equal)).toBe(true);
    expect([verdict, adjusted]).toEqual(['not there', 1]);
    expect(suite.scenarios[1].early).toMatchObject({ shows: undefined, half: undefined, lead: undefined });
  });
});

describe('runSuite', () => {
  it('keeps the others where one fails', () => {
    expect(suite.failed).toMatchObject([{ name: 'failing', message: expect.stringContaining('missing.csv') }]);
    expect(suite.scenarios.map(({ name }) => name)).toEqual(['leaders', 'nothing']);
    expect(told).toEqual(['1/3 leaders', '2/3 failing', '3/3 nothing']);
  });

  it('corrects verdicts for the number of scenarios and of levers', () => {
    expect(suite.checks).toMatchObject({ scenarios: 2, levers: 3 });
    expect(suite.scenarios.map(({ adjusted }) => adjusted)).toEqual(holm(suite.scenarios.map(({ headline }) => headline.p))); // biome-ignore format: one thought
  });

  it.each([
    [
      { ...nothing, scenario: { ...nothing.scenario, control: { 'params.consience': 1 } } },
      /scenario.control.params.consience.*unknown parameter "consience"/s,
    ],
    [
      { ...nothing, scenario: { ...nothing.scenario, control: { 'params.conscience': [1, 2] } } },
      /different numbers of points/,
    ],
    [{ ...nothing, params: { conscience: [0, 1] } }, /a scenario has one point/],
    [{ ...nothing, scenario: undefined }, /no scenario/],
  ])('refuses what is written wrong before anything runs', async (spec, message) => {
    await expect(runSuite([{ name: 'bad', spec }])).rejects.toThrow(message);
  });

  it('multiplies populations, and refuses two of a name and none', async () => {
    const scaled = await runSuite([{ name: 'small', spec: nothing }], { scale: 0.1, replicas: 2, engine: 'cpu' });
    expect(scaled.scenarios[0]).toMatchObject({ population: 20, replicas: 2 });
    await expect(runSuite([{ name: 'a', spec: nothing }, { name: 'a', spec: nothing }])).rejects.toThrow(/two scenarios/); // biome-ignore format: one thought
    await expect(runSuite([])).rejects.toThrow(/no scenarios/);
  }, 300_000);
});

describe('what is written of a suite', () => {
  it('has a row for each effect', () => {
    const rows = suiteRows(suite);
    const row = rows.find(({ change, measure, value }) => change === 'leaders: equal-voice against risk' && measure === 'human_alignment' && value === 'last-quarter'); // biome-ignore format: one thought
    expect(row?.effect).toBe(suite.scenarios[0].levers[0].headline.lastQuarter.effect.mean);
    expect(rows.filter(({ change }) => change === 'leaders: crowd against control').length).toBeGreaterThan(0);
  });

  it('is a page with all scenarios, and says plainly what is not there and what failed', async () => {
    const page = await renderSuite(suite, { version: '0.0.0' });
    for (const text of ['Loud leaders', 'No risk', 'equal-voice', 'the same in both runs, to the last bit', 'failing failed']) expect(page).toContain(text); // biome-ignore format: one thought
    expect(page.match(/<figure /g)!.length).toBeGreaterThanOrEqual(5);
    expect(page).not.toMatch(/NaN|undefined/);
  }, 300_000);
});
