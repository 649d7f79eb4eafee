// What a model asks of its parameters and of a run: refused at the written value, and where agents or steps differ, at theirs.
import { describe, expect, it } from 'vitest';
import { prepare } from '../../src/experiment/prepare.ts';
import { bit, number, probability, type RequirementContext } from '../../src/model/index.ts';
import { toy } from '../engine/toys.ts';
import { messageOfAsync } from '../values/message.ts';

const seen: RequirementContext[] = [];
const model = toy(
  {
    name: 'weighers',
    fields: { side: bit() },
    params: {
      pull: probability({ default: 0.25, about: 'a weight' }),
      push: probability({ default: 0.25, about: 'another' }),
      factor: number({ default: 1, min: 0, max: 8, about: 'a factor' }),
    },
    presets: { strong: { about: 'Strong.', params: { pull: 0.75, push: 0.5 } } },
    rules: ['weigh'],
    constraints: [
      {
        about: 'the sum of the weights',
        params: ['pull', 'push', 'factor'],
        value: ({ pull, push, factor }) => pull * factor + push,
        max: 1,
        relax: 'lower one of them',
      },
    ],
    requirements(context) {
      seen.push(context);
      if (!context.relations.has('competitive') || context.topology === 'complete') return undefined;
      return { path: 'topology', what: 'rivals meet everywhere', expected: 'complete', got: context.topology };
    },
  },
  {
    weigh:
      'import package::agent::{param, set_side};\nfn weigh(me: u32) {\n  set_side(u32(param.pull > param.push));\n}',
  },
);

const BASE = 'model: weighers\npopulation: 10\nsteps: 8\n';
const prepared = (more: string) => prepare({ text: BASE + more, file: 'spec.yaml' }, { models: [model] });
const sum = 'the sum of the weights is too large: expected at most 1, got';

describe('a constraint on parameters', () => {
  it('lets through what keeps to it, up to rounding', async () => {
    await prepared('params: {pull: 0.7, push: 0.3}');
    await prepared('groups: {a: {size: 5, params: {pull: 0.1}}, b: 5}\nparams: {pull: 0.7, push: 0.3}');
  });

  it.each([
    ['params: {pull: 0.9}', `params.pull (spec.yaml, line 4, column 16): ${sum} 1.15. Lower one of them`],
    ['params:\n  pull: 0.9\n  push: 0.2', `params.push (spec.yaml, line 6, column 9): ${sum} 1.1. Lower one of them`],
    ['params: {push: [0.5, 0.75, 1]}', `params.push[2] (spec.yaml, line 4, column 28): ${sum} 1.25. Lower one of them`],
    ['params: {preset: strong}', `params.preset (spec.yaml, line 4, column 18): ${sum} 1.25. Lower one of them`],
    [
      'groups: {a: {size: 5, params: {pull: 0.9}}, b: 5}',
      `groups.a.params.pull (spec.yaml, line 4, column 38): ${sum} 1.15 for agent 0. Lower one of them`,
    ],
    [
      'groups: {a: 5, b: 5}\nparams: {push: {by: group, values: {a: 0.5, b: 0.875}}}',
      `params.push.values.b (spec.yaml, line 5, column 48): ${sum} 1.125 for agent 5. Lower one of them`,
    ],
    [
      'params: {push: {distribution: uniform, min: 0.875, max: 1}}',
      `params.push (spec.yaml, line 4, column 16): ${sum}`,
    ],
    [
      'groups: {a: 5, b: 5}\ninterventions:\n  tempt: {at: 3, until: 5, target: {group: b}, do: {set: {pull: 0.9}}}',
      `1.15 for agent 5 from step 3 on. Lower one of them`,
    ],
  ])('%s', async (more, message) => {
    expect(await messageOfAsync(() => prepared(more))).toContain(message);
  });

  it('holds for interventions that act together', async () => {
    const two = (push: number) =>
      prepared(`interventions:
  one: { at: 2, until: 4, do: { set: { pull: 0.6 } } }
  two: { at: 4, until: 6, do: { set: { push: ${push} } } }
`);
    await two(0.4);
    const message = await messageOfAsync(() => two(0.5));
    expect(message).toContain('interventions.two.do.set.push (spec.yaml, line 6');
    expect(message).toContain(`${sum} 1.1 for agent 0 from step 4 on`);
  });
});

describe('requirements', () => {
  const groups = 'groups: {a: 5, b: 5}\nrelations: {a: {b: competitive}}\n';

  it('refuse a run at the key that they name', async () => {
    await prepared(groups);
    expect(await messageOfAsync(() => prepared(`${groups}topology: ring`))).toBe(
      'topology (spec.yaml, line 6, column 11): rivals meet everywhere: expected complete, got ring',
    );
  });

  it('see parameters, groups and the relations that occur', async () => {
    seen.length = 0;
    await prepared(`${groups}params: {pull: [0.1, {distribution: uniform, min: 0, max: 0.2}]}`);
    expect(seen.map(({ params }) => params.pull)).toEqual([0.1, Number.NaN]);
    expect(seen[0]).toMatchObject({ topology: 'complete', update: 'synchronous', groups: ['a', 'b'] });
    expect([...seen[0].relations]).toEqual(['collaborative', 'competitive']);
    await prepared('');
    expect([...seen[2].relations]).toEqual(['collaborative']);
  });
});
