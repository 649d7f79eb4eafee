// groundswell init: specs that say what the model says, and a rule of one's own that works as it is.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { starterSpec } from '../../src/cli/starter-spec.ts';
import { topologyExamples } from '../../src/cli/topology-examples.ts';
import {
  arrayOf,
  bit,
  catalogue,
  category,
  defineModel,
  fixed,
  integerField,
  type Model,
  number,
  parseSpec,
  perGroup,
  type Spec,
  scalarParams,
  table,
  tableParams,
} from '../../src/index.ts';
import { folderWith, groundswell, LIBRARY_URL } from './command.ts';

/** A model with what the catalogue may not have. */
const odd = (name: string, parts: Partial<Model> = {}): Model =>
  defineModel({
    name,
    about: 'Odd: it has a colon and a # in its words.',
    source: 'nobody # at all',
    updates: ['synchronous'],
    published: { update: 'synchronous', note: '' },
    fields: { state: bit() },
    params: {},
    init: { state: [0.25, 0.75] },
    rules: ['be_odd'],
    measures: {},
    ...parts,
  });

const ODD: Model[] = [
  odd('bare', { init: {} }),
  odd('on-a-lattice', { topologies: ['lattice'] }),
  odd('on-a-graph', { topologies: ['erdos-renyi', 'configuration'], updates: ['pairing', 'activation'] }),
  odd('on-a-file', { topologies: ['edges'] }),
  odd('class-by-class', { updates: ['sublattice', 'sequential'] }),
  odd('in-pairs', { updates: ['pairing', 'synchronous'], topologies: ['upscaled', 'edges'] }),
  odd('one-by-one', { updates: ['sequential'] }),
  odd('by-chance', { updates: ['activation', 'synchronous'] }),
  odd('many-states', {
    fields: {
      mood: category(['calm', 'on edge', 'yes', '3']),
      level: integerField({ max: 9, about: 'level: how much # of it' }),
      depth: integerField({ min: -2, max: 2 }),
      stance: fixed({ min: -1, max: 1 }),
    },
    init: { mood: [0.5, 0.25, 0, 0.25], level: [0, 0, 1] },
    params: { pull: number({ default: -0.5, about: 'pull: # of it' }) },
    presets: { 'no: 1 #': { about: 'odd', params: { pull: 1 } } },
  }),
  odd('of-tables', {
    fields: { state: bit(), total: perGroup(integerField({ max: 3 })), memory: arrayOf(bit(), 4) },
    params: { policy: table({ length: 4, default: 0.5, about: 'policy: # by situation' }) },
  }),
  // 1 − 0.9 is not 0.1 in binary, so that the share of 1 alone would not be what the model says
  odd('to-the-bit', { init: { state: [0.1, 0.9] } }),
];

const updatesOf = ({ updates }: Model) =>
  updates.map(update => (update === 'activation' ? { activation: 0.1 } : update));

/** What is wrong with a spec, apart from a population that the topology fixes. */
function faultOf(value: Record<string, unknown>, model: Model): string | undefined {
  const kind = typeof value.topology === 'string' ? value.topology : (value.topology as { kind: string }).kind;
  const { fixesPopulation } = topologyExamples().find(example => example.kind === kind)!;
  const { population = 1000, ...rest } = value;
  try {
    parseSpec({ value: fixesPopulation ? rest : { population, ...rest } }, [model]);
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

/** A spec whose initial values do not say where they were written. */
const placeless = ({ points, ...rest }: Spec) => ({
  ...rest,
  points: points.map(({ starts = {}, ...point }) => {
    const sources = Object.entries(starts).map(([name, source]) => [name, { ...source, where: undefined }]);
    return { ...point, starts: Object.fromEntries(sources) };
  }),
});

describe.each([...catalogue, ...ODD].map(model => [model.name, model] as const))('a spec of %s', (_, model) => {
  const text = starterSpec(model, 'groundswell run it.yaml');
  const written = parse(text);

  it('is the model’s defaults', () => {
    const { population, replicas, steps } = written;
    // left out is what a spec may leave out
    const needed =
      model.topologies?.includes('complete') === false || written.topology !== 'complete'
        ? { topology: written.topology }
        : {};
    const update = faultOf({ ...written, update: undefined }, model) === undefined ? {} : { update: written.update };
    const least = { model: model.name, population, replicas, steps, ...needed, ...update };
    const { spec } = parseSpec({ text, file: 'it.yaml' }, [model]);
    expect(placeless(spec)).toEqual(placeless(parseSpec({ value: least }, [model]).spec));
  });

  it('says every parameter, update and topology', () => {
    expect(Object.keys(written.params ?? {})).toEqual(scalarParams(model.params).map(([name]) => name));
    for (const [name] of tableParams(model.params)) expect(text).toContain(`  # ${name}: a table`);
    const kinds = [...text.matchAll(/^(?:# )?topology: (?:\{ kind: )?([\w-]+)/gm)].map(([, kind]) => kind);
    expect(kinds.sort()).toEqual(
      topologyExamples(model.topologies)
        .map(({ kind }) => kind)
        .sort(),
    );
    const updates = [...text.matchAll(/^(?:# )?update: (?:\{ )?([\w-]+)/gm)].map(([, update]) => update);
    expect(updates.sort()).toEqual([...model.updates].sort());
  });

  it('has alternatives that are specs too', () => {
    const alternatives = text
      .split('\n')
      .filter(line => /^ *# (topology|update|preset|record): /.test(line))
      .map(line => parse(line.trim().slice(2)));
    const undirected = { kind: 'edges', file: 'network.csv', directed: false };
    const topologies = [...topologyExamples(model.topologies).map(({ written: topology }) => topology), undirected];
    for (const { preset, ...instead } of alternatives) {
      const value = { ...written, ...instead, ...(preset !== undefined && { params: { preset } }) };
      // not every update goes with every topology: with one of those that the model has it must
      const around =
        'update' in instead ? topologies.map(topology => ({ topology })) : updatesOf(model).map(update => ({ update }));
      const faults = around.map(part => faultOf({ ...value, ...part }, model));
      expect(faults, JSON.stringify(instead)).toContain(undefined);
    }
    expect(alternatives.length).toBeGreaterThan(0);
  });

  it('is short', () => {
    // few lines beside those of parameters and fields
    const parts = Object.keys({ ...model.params, ...model.fields }).length;
    expect(text.split('\n').length).toBeLessThan(60 + 1.2 * parts);
    expect(Math.max(...text.split('\n').map(line => line.length))).toBeLessThan(130);
  });
});

it('there is an example of every kind of topology', () => {
  // the parser knows them all, and says so
  const { message } = catchError(() =>
    parseSpec({ value: { model: 'bare', population: 9, steps: 1, topology: 3 } }, ODD),
  );
  const kinds = /a kind of topology \(([^)]+)\)/.exec(message)![1].split(', ');
  expect(
    topologyExamples()
      .map(({ kind }) => kind)
      .sort(),
  ).toEqual(kinds.sort());
});

function catchError(action: () => unknown): Error {
  try {
    action();
  } catch (error) {
    return error as Error;
  }
  throw new Error('nothing was thrown');
}

describe('init MODEL', () => {
  it('writes a spec that runs, says what to do next, and never writes over a file unasked', async () => {
    const folder = folderWith();
    const made = await groundswell(folder, 'init', 'noisy-q-voter');
    expect(made).toMatchObject({ status: 0, stderr: '' });
    expect(made.stdout).toMatch(/^ {2}groundswell run noisy-q-voter\.yaml {2}/m);
    const file = join(folder, 'noisy-q-voter.yaml');
    const text = readFileSync(file, 'utf8');
    expect(text).toBe(starterSpec(catalogue[1], 'groundswell run noisy-q-voter.yaml'));
    const small = ['--set', 'population=50', '--set', 'steps=3', '--engine', 'cpu', '--quiet'];
    expect(await groundswell(folder, 'run', 'noisy-q-voter.yaml', ...small)).toMatchObject({ status: 0, stderr: '' });

    const again = await groundswell(folder, 'init', 'voter', '--out', 'noisy-q-voter.yaml');
    expect(again).toMatchObject({ status: 2, stdout: '' });
    expect(again.stderr).toMatch(/^error: noisy-q-voter\.yaml: the file exists already\. .*--force$/m);
    expect(readFileSync(file, 'utf8')).toBe(text);
    expect(await groundswell(folder, 'init', 'voter', '--out', 'noisy-q-voter.yaml', '--force')).toMatchObject({
      status: 0,
    });
    expect(parse(readFileSync(file, 'utf8')).model).toBe('voter');
  });

  it('prints it for --out -, and writes into a folder that is not there yet', async () => {
    const folder = folderWith();
    const { stdout } = await groundswell(folder, 'init', 'voter', '--out', '-');
    expect(parse(stdout).model).toBe('voter');
    expect(readdirSync(folder)).toEqual([]);
    const made = await groundswell(folder, 'init', 'voter', '--out', 'specs/first.yaml');
    expect(made.stdout).toContain('groundswell run specs/first.yaml');
    expect(readdirSync(join(folder, 'specs'))).toEqual(['first.yaml']);
  });

  it('knows a model of one’s own, which needs no name if it is the only one', async () => {
    const module = `import { bit, defineModel } from '${LIBRARY_URL}';
export default defineModel({
  name: 'mine', about: 'Mine.', source: 'me', updates: ['synchronous'], published: { update: 'synchronous', note: '' },
  fields: { opinion: bit() }, params: {}, init: { opinion: [0.5, 0.5] }, rules: ['flip'], measures: {},
  topologies: ['ring'], shaders: { flip: 'import package::agent::{opinion, set_opinion};\\nfn flip(me: u32) { set_opinion(1u - opinion(me)); }' },
});
`;
    const folder = folderWith({ 'mine.mjs': module });
    const { status, stdout } = await groundswell(folder, 'init', '--model', './mine.mjs');
    expect(status).toBe(0);
    expect(stdout).toContain('groundswell run mine.yaml --model ./mine.mjs');
    expect(parse(readFileSync(join(folder, 'mine.yaml'), 'utf8')).topology).toEqual({ kind: 'ring', reach: 1 });
    const run = ['run', 'mine.yaml', '--model', './mine.mjs', '--set', 'steps=2', '--engine', 'cpu', '--quiet'];
    expect(await groundswell(folder, ...run)).toMatchObject({ status: 0, stderr: '' });
  });
});

describe('wrong input to init: exit status 2, one message, nothing written', () => {
  it.concurrent.for<[string, RegExp]>([
    ['', /^error: init: no model is named: expected one of voter, .*, or --rule/],
    ['noisy-q-votr', /^error: init: unknown model "noisy-q-votr"\. Did you mean "noisy-q-voter"\?/],
    ['voter --dir there', /^error: init: --dir goes with --rule/],
    ['voter --rule mine', /^error: init: the model "voter" does not go with --rule/],
    ['--rule mine --out mine.yaml', /^error: init: --out does not go with --rule/],
    ['--rule mine --model ./mine.js', /^error: init: --model does not go with --rule/],
    ['voter --model ./none.js', /^error: --model: no file "\.\/none\.js"/],
    ['voter --out package.json/a.yaml', /^error: package\.json: cannot write \(E\w+\)/],
    ['--rule peer-review', /^error: --rule: bad name of a rule: .*, got "peer-review"\. Write peer_review$/],
    ['--rule peerReview', /Write peer_review$/],
    ['--rule 3rd', /^error: --rule: bad name of a rule: .*, got "3rd"$/],
    ['--rule a__b', /Write a_b$/],
    ['--rule loop', /^error: --rule: a rule cannot be named "loop": .*Choose another, such as loop_rule$/],
    ['--rule chance', /^error: --rule: a rule cannot be named "chance"/],
    ['--rule misaligned', /^error: --rule: a rule cannot be named "misaligned"/],
    ['--rule voter', /^error: --rule: the catalogue has a model "voter" already\. .*my_voter$/],
  ])('init %s', async ([words, message], { onTestFinished }) => {
    const folder = folderWith({ 'package.json': '{}' }, onTestFinished);
    const { status, stdout, stderr } = await groundswell(folder, 'init', ...words.split(' ').filter(Boolean));
    expect(stderr.trim()).toMatch(message);
    expect(stderr).not.toMatch(/^ +at /m);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(readdirSync(folder)).toEqual(['package.json']);
  });

  it('one file in the way: none of the rule’s files is written', async () => {
    const folder = folderWith({ 'mine.yaml': 'precious' });
    const { status, stderr } = await groundswell(folder, 'init', '--rule', 'mine');
    expect(status).toBe(2);
    expect(stderr).toMatch(/^error: mine\.yaml: the file exists already/);
    expect(readdirSync(folder)).toEqual(['mine.yaml']);
    expect(readFileSync(join(folder, 'mine.yaml'), 'utf8')).toBe('precious');
  });
});
