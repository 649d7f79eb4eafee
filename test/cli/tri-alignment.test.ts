// Specs of tri-alignment with a fault, as a user runs them: what is wrong, where, and exit status 2.
import { readdirSync } from 'node:fs';
import { expect, it } from 'vitest';
import { folderWith, groundswell } from './command.ts';

const BASE = 'model: tri-alignment\npopulation: 100\nsteps: 5\n';
const GROUPS = `${BASE}groups: { aid: 0.4, state: 0.6 }\n`;
const PULLS = 'the sum of all pulls, that of the user times 1 + sycophancy is too large: expected at most 1, got';

const CASES: [string, string, string][] = [
  ['weights above 1', `${GROUPS}params: { value_pull: 0.5, social_pull: 0.6 }\n`, `params.social_pull (spec.yaml, line 5, column 41): ${PULLS} 1.1`],
  ['weights above 1 by sycophancy', `${GROUPS}params:\n  social_pull: 0.3\n  preference_pull: 0.4\n  sycophancy: 1\n`, `params.sycophancy (spec.yaml, line 8, column 15): ${PULLS} 1.1`],
  ['weights above 1 of one agent', `${BASE}groups:\n  aid: { share: 0.4, params: { task_pull: { distribution: uniform, min: 0.1, max: 0.9 } } }\n  state: 0.6\nparams: { social_pull: 0.3 }\n`, `groups.aid.params.task_pull (spec.yaml, line 5, column 43): ${PULLS} 1.`],
  ['weights above 1 from a step on', `${GROUPS}params: { social_pull: 0.3 }\ninterventions:\n  train: { at: 2, do: { set: { value_pull: 0.8 } } }\n`, `interventions.train.do.set.value_pull (spec.yaml, line 7, column 44): ${PULLS} 1.1 for agent 0 from step 2 on`],
  ['relations of the wrong shape', `${GROUPS}relations:\n  kinds: [[cooperative, competitive]]\n`, 'relations.kinds (spec.yaml, line 6, column 10): wrong number of rows: expected 2, one for each group (aid, state), got 1'],
  ['shares of groups that do not sum to 1', `${BASE}groups: { aid: 0.4, state: 0.7 }\n`, 'groups (spec.yaml, line 4, column 9): the shares do not sum to 1: expected a sum of 1, got 1.1'],
  ['shares of roles that do not sum to 1', `${BASE}groups:\n  aid: { share: 0.4, roles: { leader: 0.3, member: 0.6 } }\n  state: 0.6\n`, 'groups.aid.roles (spec.yaml, line 5, column 29): the shares do not sum to 1: expected a sum of 1, got 0.9'],
  ['an intervention on an unknown group', `${GROUPS}interventions:\n  plant:\n    at: 2\n    target: { group: firm }\n    do: commit-to-exploit\n`, 'interventions.plant.target.group (spec.yaml, line 8, column 22): unknown group "firm". Known: aid, state'],
]; // biome-ignore format: a table

it.concurrent.for(CASES)('%s', async ([, text, message], { onTestFinished }) => {
  const folder = folderWith({ 'spec.yaml': text }, onTestFinished);
  const { status, stdout, stderr } = await groundswell(folder, 'run', 'spec.yaml', '--engine', 'cpu');
  expect(stderr).toContain(`error: ${message}`);
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(readdirSync(folder)).toEqual(['spec.yaml']);
});
