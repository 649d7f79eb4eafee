import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { folderWith, groundswell, LIBRARY_URL, SMALL } from './command.ts';

/** A model whose rule is in a file of its own. */
const MODEL = `import { bit, defineModel, share } from '${LIBRARY_URL}';
export default defineModel({
  name: 'mine', about: 'Mine.', source: 'me', updates: ['synchronous'], published: { update: 'synchronous', note: '' },
  fields: { opinion: bit() }, params: {}, init: { opinion: [0.5, 0.5] }, rules: ['flip'],
  measures: { up: share('opinion', 1) }, shaders: { flip: { path: 'flip.wgsl' } },
});
`;
const RULE = `import package::agent::{opinion, set_opinion};
fn flip(me: u32) {
  set_opinion(1u - opinion(me));
}
`;
const MINE = 'model: mine\npopulation: 10\nsteps: 3\n';

interface Case {
  files?: Record<string, string>;
  args?: string[];
  message: RegExp;
}

const CASES: Record<string, Case> = {
  'an unknown key': {
    files: { 'spec.yaml': `${SMALL}stepz: 3\n` },
    message: /^error: stepz \(spec\.yaml, line 7, column 1\): unknown key "stepz"\. Did you mean "steps"\?$/,
  },
  'a value out of range': {
    args: ['--set', 'params.q=99'],
    message: /^error: --set params\.q: out of range: expected an integer from 1 to 64, got 99$/,
  },
  'an empty spec': { files: { 'spec.yaml': '' }, message: /^error: .*not a spec/ },
  'a missing input file': {
    files: { 'spec.yaml': 'model: voter\nupdate: synchronous\nsteps: 2\ntopology: { kind: edges, file: none.csv }\n' },
    message: /^error: no file "none\.csv": expected it at .*none\.csv\. Name the folder that holds it with --data/,
  },
  'a malformed line of an edge file': {
    files: {
      'spec.yaml': 'model: voter\nupdate: synchronous\nsteps: 2\ntopology: { kind: edges, file: e.csv }\n',
      'e.csv': 'source,target\na,b\nc\n',
    },
    message: /^error: e\.csv:3: /,
  },
  'a population that does not fit': {
    args: ['--set', 'population=2000000000', '--set', 'replicas=100'],
    message: /^error: population: the population does not fit: .* Use fewer agents, points or replicas$/,
  },
  'a broken rule of one’s own': {
    files: { 'spec.yaml': MINE, 'mine.js': MODEL, 'flip.wgsl': RULE.replace('1u - opinion', '1u - opinoin') },
    args: ['--model', 'mine.js'],
    message: /^error: flip\.wgsl:3:20: .*opinoin/,
  },
  'a rule with a type error': {
    files: { 'spec.yaml': MINE, 'mine.js': MODEL, 'flip.wgsl': RULE.replace('1u -', '1.5 -') },
    args: ['--model', 'mine.js'],
    message: /^error: flip\.wgsl:3:15: /,
  },
  'a model without its parts': {
    files: { 'spec.yaml': MINE, 'mine.js': 'export const mine = { name: "mine", fields: {}, rules: ["flip"] };\n' },
    args: ['--model', 'mine.js'],
    message: /^error: mine\.js, export mine: the model lacks about, source, updates, /,
  },
  'a model file that does not load': {
    files: { 'spec.yaml': MINE, 'mine.js': 'export default {;\n' },
    args: ['--model', 'mine.js'],
    message: /^error: --model mine\.js: the module does not load: got SyntaxError/,
  },
  'a bad option value': { args: ['--threads', 'many'], message: /^error: option '--threads <n>' argument 'many'/ },
  'an unknown option': { args: ['--sed', '3'], message: /^error: unknown option '--sed'\n\(Did you mean .*--seed/ },
};

describe('wrong input: exit status 2, one message, nothing left behind', () => {
  it.concurrent.for(Object.entries(CASES))('%s', async ([, { files = {}, args = [], message }], { onTestFinished }) => {
    const all = { 'spec.yaml': SMALL, ...files, 'package.json': '{ "type": "module" }' };
    const folder = folderWith(all, onTestFinished);
    const { status, stdout, stderr } = await groundswell(folder, 'run', 'spec.yaml', ...args);
    expect(stderr.trim()).toMatch(message);
    expect(stderr.match(/error:/g)).toHaveLength(1);
    expect(stderr).not.toMatch(/^ +at /m);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(readdirSync(folder).sort()).toEqual(Object.keys(all).sort());
  });

  it('a missing spec, and a misspelt command', async () => {
    const folder = folderWith();
    const missing = await groundswell(folder, 'run', 'none.yaml');
    expect(missing).toMatchObject({ status: 2, stderr: expect.stringMatching(/^error: no spec file "none\.yaml": /) });
    const misspelt = await groundswell(folder, 'modles');
    expect(misspelt).toMatchObject({ status: 2, stderr: "error: unknown command 'modles'\n(Did you mean models?)\n" });
    expect(readdirSync(folder)).toEqual([]);
  });

  it('a rule of one’s own that is right runs', async () => {
    const folder = folderWith({ 'spec.yaml': MINE, 'mine.mjs': MODEL, 'flip.wgsl': RULE });
    const { status, stdout } = await groundswell(folder, 'run', 'spec.yaml', '--model', 'mine.mjs', '--json');
    expect(status).toBe(0);
    expect(JSON.parse(stdout).points[0].finals.up.mean).toBe(0.5);
  });
});
