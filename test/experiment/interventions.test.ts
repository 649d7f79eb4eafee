// Interventions in whole runs of models of the catalogue: rows, manifest, costs, verification, traces and checked mode.
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { open } from '../../src/experiment/open.ts';
import { prepare } from '../../src/experiment/prepare.ts';
import { recordRun } from '../../src/experiment/recorded.ts';
import { simulate } from '../../src/experiment/simulate.ts';
import { traceAgent } from '../../src/experiment/trace.ts';
import { verifyManifest } from '../../src/experiment/verify.ts';
import { explainPlan } from '../../src/plan/explain.ts';
import { openRunFolder } from '../../src/record/index.ts';
import { clerks } from '../engine/interventions.ts';
import { refusal } from '../engine/support.ts';
import { toy } from '../engine/toys.ts';

const OPINIONS = {
  model: 'friedkin-johnsen',
  population: 200,
  replicas: 3,
  topology: { kind: 'erdos-renyi', mean_degree: 5 },
  groups: { press: 0.1, public: 0.9 },
  steps: 20,
  seed: 'campaign',
  measure: 1,
};
const CAMPAIGN = {
  campaign: { at: 6, until: 15, every: 5, target: { group: 'press', fraction: 0.5, place: 'hubs' }, do: { write: { opinion: 1, innate: 1 } }, cost: 2 }, // biome-ignore format: one thought
  hardening: { at: 11, until: 18, target: { group: 'public' }, do: { set: { susceptibility: 0.1 } }, cost: 0.5 },
};
const cpu = { engine: 'cpu', threads: 1 } as const;

test('the example of docs/interventions.md runs', async () => {
  const page = readFileSync(new URL('../../docs/interventions.md', import.meta.url), 'utf8');
  const [, text] = /```yaml\n(.*?)```/s.exec(page)!;
  const { plan } = await prepare({ text });
  expect(plan.events!.targets.map(({ counts }) => counts[0])).toEqual([20, 900]);
});

test('friedkin-johnsen: rows before the first step are those of the run without', async () => {
  const [without, changed] = [
    await simulate(OPINIONS, cpu),
    await simulate({ ...OPINIONS, interventions: CAMPAIGN }, cpu),
  ];
  const rows = (column: ArrayLike<number>, from: number, to: number): number[] =>
    [...changed.series.step].flatMap((step, row) => (step >= from && step <= to ? [column[row]] : []));
  expect(rows(changed.series.mean, 0, 5)).toEqual(rows(without.series.mean, 0, 5));
  const [pushed, plain] = [rows(changed.series.mean, 6, 20), rows(without.series.mean, 6, 20)];
  expect(pushed.every((mean, k) => mean > plain[k])).toBe(true);
});

test('voter: written zealots win, and no theory is drawn', async () => {
  const interventions = { plant: { at: 3, target: { fraction: 0.05 }, do: { write: { opinion: 1, zealot: 1 } } } };
  const spec = { model: 'voter', population: 100, replicas: 4, steps: 3000, init: { opinion: 0 }, measure: 3000 };
  const result = await simulate({ ...spec, interventions }, cpu);
  expect([...result.series.up].slice(-4)).toEqual([1, 1, 1, 1]);
  expect([...result.series.zealots]).toEqual([0, 0, 0, 0, 0.05, 0.05, 0.05, 0.05]);
  // the model's theories are about a run that is left alone
  expect(result.theory.courses).toEqual([]);
  expect((await simulate({ ...spec, steps: 5 }, cpu)).theory.courses.length).toBeGreaterThan(0);
});

test('the manifest holds them with what they cost, and can be verified', async () => {
  const spec = { ...OPINIONS, interventions: CAMPAIGN };
  await using world = await open(spec, { engine: 'cpu', threads: 2 });
  const folder = openRunFolder(join(mkdtempSync(join(tmpdir(), 'groundswell-')), 'run'));
  const { manifest } = await recordRun(world, folder, { version: '0' });
  const base = { at: 6, until: 15 };
  expect(manifest.interventions).toEqual([
    { name: 'campaign', does: 'write opinion: 1, write innate: 1', ...base, every: 5, targets: 30, unitCost: 2, applications: 2, cost: 120 }, // biome-ignore format: one thought
    { name: 'hardening', does: 'set susceptibility to 0.1', at: 11, until: 18, every: 1, targets: 540, unitCost: 0.5, applications: 8, cost: 2160 }, // biome-ignore format: one thought
  ]);
  const notes = manifest.notes!.join('\n');
  expect(notes).toContain('Intervention “campaign” from step 6 to 15, every 5 steps: write opinion: 1, write innate: 1; 50 % of group press, the hubs (10 agents of each world).'); // biome-ignore format: one thought
  expect(notes).toContain('Cost of interventions over all worlds: 2,280: campaign 120 (30 agents × 2 times), hardening 2,160 (540 agents × 8 times).'); // biome-ignore format: one thought
  expect(notes).toContain('The theories of the model are left out');
  expect(await verifyManifest(manifest, cpu)).toMatchObject({ agrees: true, differences: [] });

  const text = explainPlan(world.plan);
  expect(text).toContain('intervene   campaign from step 6 to 15, every 5 steps');
  expect(text).toContain('            hardening from step 11 to 18: set susceptibility to 0.1; group public (180 agents of each world)'); // biome-ignore format: one thought
  expect(text).toMatch(/before the steps of an intervention\n {2}intervention campaign +200 per world/);
});

test('a run that stops earlier costs less', async () => {
  const spec = { ...OPINIONS, interventions: CAMPAIGN, stop: { when: 'mean', above: -2, for: 8 } };
  await using world = await open(spec, cpu);
  const folder = openRunFolder(join(mkdtempSync(join(tmpdir(), 'groundswell-')), 'run'));
  const { manifest } = await recordRun(world, folder, { version: '0' });
  expect(manifest.steps).toBe(7);
  expect(manifest.interventions!.map(({ applications, cost }) => [applications, cost])).toEqual([[1, 60], [0, 0]]); // biome-ignore format: one thought
});

const CLERKS = {
  model: 'clerks',
  population: 40,
  replicas: 2,
  topology: 'ring',
  groups: { few: 10, many: 30 },
  steps: 9,
  interventions: {
    odds: {
      at: 3,
      until: 5,
      target: { group: 'few' },
      do: { set: { odds: { distribution: 'uniform', min: 0.5, max: 0.9 } } },
    },
    all: { at: 4, do: { set: { limit: 7 } } },
    stamp: { at: 4, every: 2, target: { group: 'few', fraction: 0.5 }, do: 'stamp' },
  },
};

test('a trace tells what is aimed at the agent, its parameters and the rules of actions', async () => {
  const models = [clerks];
  await using world = await open(CLERKS, { models, ...cpu });
  await world.step(3, { every: 0 });
  const marks = await world.read('mark');
  await world.step(1, { every: 0 });
  const [read, marked] = [await world.read('odds_read'), await world.read('mark')];
  for (let agent = 0; agent < 12; agent++) {
    const trace = await traceAgent(CLERKS, { models, agent, step: 4, replica: 1 });
    const stamped = marked[40 + agent] > marks[40 + agent];
    const aimed = [...(agent < 10 ? ['odds'] : []), 'all', ...(stamped ? ['stamp'] : [])];
    expect(trace.interventions).toEqual(aimed);
    const names = stamped ? ['add_mark', 'write_down', 'move_on'] : ['write_down', 'move_on'];
    expect(trace.rules.map(({ rule }) => rule)).toEqual(names);
    expect(trace.before.mark.value).toBe(marks[40 + agent]);
    expect(trace.after.mark.value).toBe(marked[40 + agent]);
    const { params } = trace.rules.find(({ rule }) => rule === 'write_down')!;
    expect(params.odds).toBe(read[40 + agent] / 2 ** 31);
    expect(params.limit).toBe(7);
    if (agent < 10) expect(params.odds).toBeGreaterThan(0.5);
    else expect(params.odds).toBe(0.25);
  }
  const before = await traceAgent(CLERKS, { models, agent: 3, step: 2 });
  expect(before.interventions).toBeUndefined();
  expect(before.rules[0].params).toMatchObject({ odds: 0.25, limit: 3 });
});

test('checked mode finds faults in the rule of an action, and changes nothing', async () => {
  const shaders = { ...clerks.shaders, add_mark: { path: 'toys/add_mark.wgsl', text: 'import package::agent::{mark, set_mark};\nfn add_mark(me: u32) {\n  set_mark(mark(me) + 600u);\n}' } }; // biome-ignore format: one thought
  const models = [{ ...clerks, shaders }];
  const fault = await refusal(() => simulate(CLERKS, { models, checked: true, ...cpu }));
  expect(fault.message).toContain('the value is outside the range of "mark"');
  expect(fault.message).toMatch(/rule "add_mark", agent \d, in step 6/);
  const [plain, checked] = [
    await simulate(CLERKS, { models: [clerks], ...cpu }),
    await simulate(CLERKS, { models: [clerks], checked: true, ...cpu }),
  ];
  expect(checked.digest).toBe(plain.digest);
});

test('the rule of an action sees its own agent only', async () => {
  const action = (text: string) =>
    toy(
      { name: 'peepers', fields: clerks.fields, params: clerks.params, rules: ['stay'], actions: { look: { about: '', rule: 'look_around' } } }, // biome-ignore format: one thought
      {
        stay: 'import package::agent::{mark, set_mark};\nfn stay(me: u32) {\n  set_mark(mark(me));\n}',
        look_around: text,
      },
    );
  const spec = { model: 'peepers', population: 10, topology: 'complete', steps: 2, interventions: { x: { at: 1, do: 'look' } } }; // biome-ignore format: one thought
  for (const [read, name] of [
    ['mark(me + 1u)', 'mark'],
    ['u32(neighbor_sum_mark(me))', 'total_of_mark'],
  ]) {
    const imported = read.replace(/^u32\(/, '').replace(/\(.*/, '');
    const names = [...new Set([imported, 'set_mark'])].join(', ');
    const models = [action(`import package::agent::{${names}};\nfn look_around(me: u32) {\n  set_mark(${read});\n}`)];
    const fault = await refusal(() => simulate(spec, { models, ...cpu }));
    expect(fault.message).toContain(`the rule "look_around" of an action reads "${name}" beyond its own agent`);
  }
});
