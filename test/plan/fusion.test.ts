// Which rules of a step share a kernel. For every reason to keep rules apart there is a model that comes to another state if they are put together all the same.
import { describe, expect, test, vi } from 'vitest';
import { openCpu } from '../../src/engine/cpu/engine.ts';
import { prepare } from '../../src/experiment/prepare.ts';
import { traceAgent } from '../../src/experiment/trace.ts';
import { arrayOf, bit, integerField, type Model, perGroup } from '../../src/model/index.ts';
import { explainPlan } from '../../src/plan/explain.ts';
import type { FusibleRule, RuleGroup } from '../../src/plan/fusion.ts';
import { noticing } from '../engine/fusion.ts';
import { toy, word } from '../engine/toys.ts';
import type { SpecObject } from '../support/runs.ts';
import { planOf } from './support.ts';

/** While it is set, all rules share a kernel, whatever speaks against it. */
const forced = vi.hoisted(() => ({ now: false }));

vi.mock('../../src/plan/fusion.ts', async importOriginal => {
  const actual = await importOriginal<typeof import('../../src/plan/fusion.ts')>();
  const fuseRules: typeof actual.fuseRules = (rules, context) =>
    forced.now ? [{ rules } as RuleGroup<(typeof rules)[number] & FusibleRule>] : actual.fuseRules(rules, context);
  return { ...actual, fuseRules };
});

const fields = { x: word, y: word };
const looking = (parts: Partial<Model>, texts: Readonly<Record<string, string>>): Model =>
  toy({ name: 'looking', fields, rules: Object.keys(texts), updates: ['synchronous', 'sublattice'], ...parts }, texts);

const GROW = 'import package::agent::{set_x, x};\nfn grow(me: u32) { set_x(x(me) * 5u + me + 1u); }';
const PEEK = 'import package::agent::{neighbor, set_y, x};\nfn peek(me: u32) { set_y(x(neighbor(me, 0u))); }';
const COPY =
  'import package::agent::{neighbor, set_x, x};\nfn copy(me: u32) { set_x(x(neighbor(me, 0u)) * 3u + me % 7u); }';
const COUNTING = `import package::agent::{set_x, x};
var<private> seen: u32;
fn note() -> u32 {
  seen += 1u;
  return seen;
}
fn count_first(me: u32) { set_x(x(me) + note()); }`;

const HAZARDS: { what: string; model: Model; reason: string; spec?: SpecObject }[] = [
  {
    what: 'a rule that reads at others what the one before writes',
    model: looking({}, { grow: GROW, peek: PEEK }),
    reason: 'it reads at others "x", which grow writes',
  },
  {
    what: 'a rule that overwrites what the one before reads at others',
    model: looking({}, { peek: PEEK, grow: GROW }),
    reason: 'it writes "x", which peek reads at others',
  },
  {
    what: 'a second exchange of slots, which leads back to what others read',
    model: looking({}, { copy: COPY, grow: GROW }),
    reason: 'it writes "x" again, which copy reads at others',
  },
  {
    what: 'an aggregate of what the one before writes',
    model: looking(
      {
        aggregates: { ones: { kind: 'count', field: 'z', value: 1, before: 'look' } },
        fields: { ...fields, z: integerField({ max: 3 }) },
      },
      {
        turn: 'import package::agent::{set_z, z};\nfn turn(me: u32) { set_z((z(me) + me) % 4u); }',
        look: 'import package::agent::{ones, set_y};\nfn look(me: u32) { set_y(ones()); }',
      },
    ),
    reason: 'ones is computed before it',
  },
  {
    what: 'a private variable that both use, which begins at 0 in a kernel',
    model: looking(
      {},
      {
        count_first: COUNTING,
        count_second:
          'import package::agent::{set_y, y};\nimport package::rules::count_first::note;\nfn count_second(me: u32) { set_y(y(me) + note()); }',
      },
    ),
    reason: 'it uses the private variable at toys/count_first.wgsl:2:1, as count_first does',
  },
  {
    what: 'a rule of a class and a derived one, which acts on everyone',
    model: looking({ derived: ['peek'] }, { grow: GROW, peek: PEEK }),
    reason: 'it acts on other agents than the one before',
    spec: { update: 'sublattice' },
  },
  {
    what: 'a rule of groups',
    model: looking(
      { fields: { ...fields, pool: perGroup(word) }, groupRules: ['pool_up'] },
      {
        grow: GROW,
        pool_up: 'import package::agent::{pool, set_pool};\nfn pool_up(g: u32) { set_pool(pool(g) + 1u); }',
      },
    ),
    reason: 'it runs for groups',
  },
];

async function digestOf(model: Model, spec: SpecObject, fuse: boolean): Promise<string> {
  const value = { model: model.name, population: 65, topology: 'ring', steps: 3, ...spec };
  const { plan } = await prepare({ value }, { models: [model], fuse });
  const engine = await openCpu({ threads: 1 });
  const population = await engine.load(plan);
  await population.step(3, { every: 0 });
  const digest = String((await population.digests())[0]);
  await population.dispose();
  return digest;
}

describe('apart', () => {
  test.each(HAZARDS)('$what', async ({ model, reason, spec = {} }) => {
    const [first, second] = model.rules;
    const { ruleGroups } = await planOf(model, spec);
    expect(ruleGroups).toEqual([{ rules: [first] }, { rules: [second], apart: reason }]);
    const right = await digestOf(model, spec, false);
    expect(await digestOf(model, spec, true)).toBe(right);
    forced.now = true;
    const wrong = await digestOf(model, spec, true).finally(() => {
      forced.now = false;
    });
    expect(wrong).not.toBe(right);
  });

  test('derived rules of a sublattice act on everyone at once, and see each other as all others do', async () => {
    const model = looking(
      { fields: { ...fields, z: word }, derived: ['peek', 'reset_x'] },
      {
        peek: PEEK,
        reset_x: 'import package::agent::{set_x, z};\nfn reset_x(me: u32) { set_x(z(me)); }',
        step_z: 'import package::agent::{set_z, z};\nfn step_z(me: u32) { set_z(z(me) + me); }',
      },
    );
    const { ruleGroups } = await planOf(model, { update: 'sublattice' });
    expect(ruleGroups[1].apart).toBe('it writes "x", which peek reads at others');
  });

  const large = (name: string, field: string): string => {
    const terms = Array.from({ length: 600 }, (_, k) => `v = v * ${k + 3}u + ${field}(me);`).join('\n  ');
    return `import package::agent::{set_${field}, ${field}};\nfn ${name}(me: u32) {\n  var v = 1u;\n  ${terms}\n  set_${field}(v);\n}`;
  };

  test('rules that would make too large a kernel', async () => {
    const model = looking({}, { long_one: large('long_one', 'x'), long_two: large('long_two', 'y') });
    const { ruleGroups } = await planOf(model);
    expect(ruleGroups[1].apart).toBe('they would be too large to be compiled as one function');
  });

  test('in a sweep of many points, a rule with an array from one without', async () => {
    const model = looking(
      { fields: { ...fields, pile: arrayOf(word, 2) } },
      { grow: GROW, fill: 'import package::agent::set_pile;\nfn fill(me: u32) { set_pile(1u, me); }' },
    );
    expect((await planOf(model)).ruleGroups).toEqual([{ rules: ['grow', 'fill'] }]);
    const seeds = { ...model, params: noticing.params };
    const noise = Array.from({ length: 16 }, (_, k) => k / 16);
    const { ruleGroups } = await planOf(seeds, { params: { noise } });
    expect(ruleGroups[1].apart).toBe('only one of them can be computed for many points at once');
  });
});

describe('together', () => {
  test('classes of agents that do not look at each other, where all others would see the difference', async () => {
    const model = looking({}, { peek: PEEK, grow: GROW });
    expect((await planOf(model, { update: 'sublattice' })).ruleGroups).toEqual([{ rules: ['peek', 'grow'] }]);
  });

  test('a kernel of one rule has the text that it has if rules never share one', async () => {
    const [one, other] = [await planOf('tri-alignment'), await planOf('tri-alignment', {}, { fuse: false })];
    expect(one.kernels.map(({ serial }) => serial)).toEqual(other.kernels.map(({ serial }) => serial));
  });

  test('`explain` says which, and why not', async () => {
    const text = explainPlan(await planOf(noticing, { topology: 'ring' }));
    expect(text).toContain(`rules by kernel
  vote + notice + mirror + tie_up + settle_down + spread
  fade + glow_up              apart: it writes "glow" again, which spread reads at others
`);
    expect(explainPlan(await planOf('voter'))).not.toContain('rules by kernel');
  });

  test('checked mode names the rule that went wrong', async () => {
    const overshoot = 'import package::agent::{set_y, x};\nfn overshoot(me: u32) { set_y(x(me) + 5u); }';
    const model = looking({ fields: { x: word, y: integerField({ max: 40 }) } }, { grow: GROW, overshoot });
    const { plan } = await prepare(
      { value: { model: 'looking', population: 65, topology: 'ring', steps: 1 } },
      { models: [model], checked: true },
    );
    expect(plan.ruleGroups).toEqual([{ rules: ['grow', 'overshoot'] }]);
    const engine = await openCpu({ threads: 1 });
    const population = await engine.load(plan);
    // agent 35 is the first whose 0 · 5 + 35 + 1, and 5 more, are above 40
    await expect(population.step(1)).rejects.toThrow(/rule "overshoot", agent 35, in step 1/);
    await population.dispose();
  });

  test('a trace tells of each rule in turn, with the values that it sees', async () => {
    const models = [
      looking(
        { fields: { x: word, flag: bit() } },
        {
          grow: GROW,
          mark: 'import package::agent::{set_flag, x};\nfn mark(me: u32) { set_flag(x(me) & 1u); }',
        },
      ),
    ];
    const spec = { model: 'looking', population: 9, topology: 'ring', steps: 2 };
    const { rules } = await traceAgent(spec, { agent: 4, step: 1, models });
    expect(rules.map(({ rule }) => rule)).toEqual(['grow', 'mark']);
    const [grown, marked] = rules.map(({ calls }) => calls);
    // 0 · 5 + 4 + 1
    expect(grown.find(({ kind }) => kind === 'writes')?.write?.after.value).toBe(5);
    expect(marked.find(({ call }) => call === 'x')?.result?.value).toBe(5);
    expect(marked.find(({ kind }) => kind === 'writes')?.write).toMatchObject({
      before: { value: 0 },
      after: { value: 1 },
    });
  });
});
