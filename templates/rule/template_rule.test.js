// Run with: node --test
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { simulate } from 'groundswell';
import model from './template_rule.js';

const run = spec => simulate({ model: model.name, ...spec }, { models: [model], engine: 'cpu' });

// what must come out whatever the draws: few agents, by hand
test('at drift 1 all are misaligned after one step', async () => {
  const result = await run({ population: 3, params: { drift: 1 }, steps: 1 });
  assert.deepEqual([...result.final('misaligned')], [1, 1, 1]);
});

test('at correction 1 the one who asks an aligned agent is corrected', async () => {
  const params = { drift: 0, correction: 1 };
  const result = await run({ population: 2, init: { misaligned: 0.5 }, params, steps: 1 });
  assert.deepEqual([...result.final('misaligned')], [0, 0]);
});

test('nobody corrects where all are misaligned', async () => {
  const params = { correction: 1, asked: 8 };
  const result = await run({ population: 3, init: { misaligned: 1 }, params, steps: 5 });
  assert.deepEqual([...result.final('misaligned')], [1, 1, 1]);
});

// what theory says of many agents: with one asked, the mean field has its fixed point at drift / correction
test('the share of misaligned agents settles at drift / correction', async () => {
  const params = { drift: 0.1, correction: 0.25, asked: 1 };
  const { series } = await run({ population: 20_000, replicas: 4, params, steps: 100, seed: 'test' });
  const finals = [...series.misaligned].filter((_, row) => series.step[row] === 100);
  const mean = finals.reduce((sum, value) => sum + value, 0) / finals.length;
  // 80,000 agents: the standard error is .0023, the bound five of them
  assert(Math.abs(mean - 0.4) < 0.012, `measured ${mean}`);
});
