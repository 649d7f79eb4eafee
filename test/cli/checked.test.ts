// Checked mode and traces at the command line: exit statuses, what is kept, and what is printed.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readManifest } from '../../src/index.ts';
import { folderWith, groundswell, LIBRARY_URL, SMALL } from './command.ts';

const MODEL = `import { bit, defineModel, integerField, mean } from '${LIBRARY_URL}';
export default defineModel({
  name: 'mine', about: 'Mine.', source: 'me', updates: ['synchronous'], published: { update: 'synchronous', note: '' },
  fields: { opinion: bit(), age: integerField({ max: 6 }) }, params: {}, init: { opinion: [0.5, 0.5] }, rules: ['grow'],
  measures: { age: mean('age') }, shaders: { grow: { path: 'grow.wgsl' } },
});
`;
const RULE = `import package::agent::{age, set_age};
fn grow(me: u32) {
  set_age(age(me) + u32(me > 8u));
}
`;
const FILES = {
  'package.json': '{ "type": "module" }',
  'mine.js': MODEL,
  'grow.wgsl': RULE,
  'mine.yaml': 'model: mine\npopulation: 10\nsteps: 12\nmeasure: 1\n',
};
const MINE = ['mine.yaml', '--model', './mine.js'];
const FAULT =
  'grow.wgsl:3:11: the value is outside the range of "age" in `set_age(age(me) + u32(me > 8u))` (rule "grow", agent 9, in step 7, point 0, replica 0): expected 0 to 6, got 7. Declare a wider range, or clamp the value in the rule';

describe('run --checked', () => {
  it('stops at a fault with status 1, and keeps what was measured before it', async () => {
    const folder = folderWith(FILES);
    const { status, stderr } = await groundswell(folder, 'run', ...MINE, '--checked', '--out', 'out', '--quiet');
    expect({ status, stderr: stderr.trim() }).toEqual({ status: 1, stderr: `error: ${FAULT}` });
    const { steps, status: kept, notes } = readManifest(join(folder, 'out'));
    expect({ steps, kept }).toEqual({ steps: 6, kept: 'interrupted' });
    expect(notes).toContain(`Stopped by a failure: ${FAULT}`);
    expect(notes).toContain('Its rules ran in checked mode.');
    const verified = await groundswell(folder, 'verify', 'out', '--model', './mine.js', '--checked');
    expect(verified.stdout).toMatch(/^OK: digest/);
  });

  it('without it the run goes on, and says that values were clamped', async () => {
    const folder = folderWith(FILES);
    const { status, stdout } = await groundswell(folder, 'run', ...MINE);
    expect(status).toBe(0);
    expect(stdout).toMatch(/note: 6 values had to be clamped .* A run with `--checked` says where\./);
  });

  it('has the digest of a run that is not checked, which verifies', async () => {
    const folder = folderWith({ 'small.yaml': SMALL });
    await groundswell(folder, 'run', 'small.yaml', '--checked');
    const { status, stdout } = await groundswell(folder, 'verify', 'runs/small');
    expect({ status, stdout }).toMatchObject({ status: 0, stdout: expect.stringMatching(/^OK: digest/) });
  });
});

describe('explain --agent --step', () => {
  it('tells what an agent does, in aligned columns', async () => {
    const folder = folderWith(FILES);
    const { status, stdout } = await groundswell(folder, 'explain', ...MINE, '--agent', '9', '--step', '7');
    expect(status).toBe(0);
    expect(stdout).toBe(`agent 9 of mine (synchronous): step 7, point 0, replica 0

before  opinion 1, age 6
after   opinion 1, age 6

rule grow (grow.wgsl)
  3:11  reads   age(9) = 6
  3:3   writes  set_age(7): age 6 → 6 (clamped)
`);
  });

  it.concurrent.for([
    [['--agent', '10', '--step', '1'], 'agent: no such agent: expected 0 to 9, got 10'],
    [['--agent', '1', '--step', '13'], 'step: no such step: expected 0 to 12, got 13'],
    [['--agent', '1', '--step', '1', '--replica', '1'], 'replica: no such replica: expected 0 to 0, got 1'],
    [['--agent', '1'], "an agent's step needs --step. As in --agent 17 --step 3"],
    [['--point', '0'], "an agent's step needs --agent. As in --agent 17 --step 3"],
    [['--agent', 'x', '--step', '1'], "option '--agent <i>' argument 'x' is invalid. Expected an integer from 0."],
  ] as const)('%j: exit status 2', async ([args, message], { onTestFinished }) => {
    const folder = folderWith(FILES, onTestFinished);
    const { status, stdout, stderr } = await groundswell(folder, 'explain', ...MINE, ...args);
    expect({ status, stdout, stderr: stderr.trim() }).toEqual({ status: 2, stdout: '', stderr: `error: ${message}` });
    expect(existsSync(join(folder, 'runs'))).toBe(false);
  });

  it('needs a spec, not a model', async () => {
    const { status, stderr } = await groundswell(folderWith(), 'explain', 'voter', '--agent', '1', '--step', '1');
    expect({ status, stderr }).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('"voter" is a model: expected the file of a spec'),
    });
  });
});
