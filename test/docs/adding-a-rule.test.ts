// docs/adding-a-rule.md, followed to the letter: in a folder of one's own, then in a copy of the catalogue.
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { openCpu } from '../../src/engine/cpu/engine.ts';
import type { Model } from '../../src/model/index.ts';
import { type Rule, Society } from '../reference/society.ts';
import { load, neighborsOf } from '../support/runs.ts';
import { type Block, blocksOf, groundswell, node, ROOT, readPage, runBlock, workFolder, writeBlock } from './blocks.ts';

const page = readPage('docs/adding-a-rule.md');
const blocks = blocksOf(page);
const fileNamed = (name: string): Block => {
  const block = blocks.find(({ file }) => file === name);
  if (!block) throw new Error(`docs/adding-a-rule.md has no block for ${name}`);
  return block;
};

const OWN = ['follow_three.wgsl', 'my-model.js', 'my-spec.yaml'];
const { folder, remove } = workFolder();
beforeAll(() => {
  for (const name of OWN) writeBlock(folder, fileNamed(name));
});
afterAll(remove);

describe('in a folder of one’s own', () => {
  test('the commands run and print what the page shows', async () => {
    const [block] = blocks.filter(({ language, runs }) => language === 'sh' && runs);
    const output = await runBlock(folder, block);
    const shown = blocks.find(({ language }) => language === 'text')!.text;
    expect(output).toContain(shown.trim());
    expect(output).toMatch(/^OK: digest/m);
  });

  test('the check passes, and fails for a rule that draws once in its loop', async () => {
    const check = fileNamed('check.js');
    expect(check.runs).toBe(true);
    await runBlock(folder, check);
    const wrong = workFolder();
    onTestFinished(wrong.remove);
    for (const name of OWN) writeBlock(wrong.folder, fileNamed(name));
    writeBlock(wrong.folder, {
      ...fileNamed('follow_three.wgsl'),
      text: fileNamed('follow_three.wgsl').text.replace('below_at(k, degree(me))', 'below_at(0u, degree(me))'),
    });
    await expect(runBlock(wrong.folder, check)).rejects.toThrow('misaligned');
  });

  const RULE = 'follow_three.wgsl';
  test.each([
    [RULE, 'fn follow_three', 'fn follow_3', 'no function "follow_three"'],
    [RULE, 'opinion(neighbor', 'opinon(neighbor', "unresolved identifier 'opinon'"],
    [RULE, 'param.anchor', 'param.ancor', 'unknown name "ancor". Did you mean "anchor"?'],
    [RULE, 'param.anchor', '0.5', 'wrong type of argument "probability"'],
    [RULE, 'k < 3u', 'k < degree(me)', 'a loop over all neighbours on topology "complete"'],
    ['my-model.js', 'opinion: bit', 'shared: bit', 'bad name of a field'],
    [RULE, 'below_at(k, ', 'package::random::below(', 'draws the same number in every turn of a loop'],
    [RULE, 'set_opinion(0u)', 'set_opinion(2u)', 'values had to be clamped to the range of a field'],
  ])('%s: %s → %s', async (file, written, instead, message) => {
    expect(page).toContain(message);
    const { folder: here, remove: clear } = workFolder();
    onTestFinished(clear);
    for (const name of OWN) writeBlock(here, fileNamed(name));
    writeBlock(here, { ...fileNamed(file), text: fileNamed(file).text.replace(written, instead) });
    const small = ['--set', 'population=100', '--set', 'steps=5'];
    const { output } = await groundswell(here, ['run', 'my-spec.yaml', '--model', './my-model.js', ...small]);
    expect(output).toContain(message);
  });
});

test('in the catalogue: the package builds with it and agrees with the run in one’s own folder', async () => {
  const copy = mkdtempSync(join(tmpdir(), 'groundswell-catalogue-'));
  onTestFinished(() => rmSync(copy, { recursive: true, force: true }));
  for (const name of ['src', 'shaders', 'scripts', 'package.json', 'tsconfig.json', 'tsconfig.build.json'])
    cpSync(join(ROOT, name), join(copy, name), { recursive: true });
  symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'));

  writeBlock(copy, { ...fileNamed('follow_three.wgsl'), file: 'shaders/rules/follow_three.wgsl' });
  writeBlock(copy, fileNamed('src/models/anchored-majority.ts'));
  const index = join(copy, 'src/models/index.ts');
  const listed = readFileSync(index, 'utf8').replace(/(readonly Model\[\] = \[)/, '$1anchoredMajority, ');
  writeFileSync(index, `import { anchoredMajority } from './anchored-majority.ts';\n${listed}`);

  for (const args of [
    ['scripts/gather-shaders.mjs'],
    [join(ROOT, 'node_modules/typescript/bin/tsc'), '-p', 'tsconfig.build.json'],
  ]) {
    const { status, output } = await node(copy, args);
    expect(status, output).toBe(0);
  }
  mkdirSync(join(copy, 'here'));
  writeBlock(join(copy, 'here'), fileNamed('my-spec.yaml'));
  const small = ['run', 'my-spec.yaml', '--set', 'population=100', '--json', '--quiet', '--engine', 'cpu', '--force'];
  const inCatalogue = await node(join(copy, 'here'), [join(copy, 'dist/cli.js'), ...small]);
  const ownFolder = await groundswell(folder, [...small, '--out', 'runs/small', '--model', './my-model.js']);
  const digest = ({ output }: { output: string }) => /"digest": "(\w+)"/.exec(output)?.[1];
  expect(digest(inCatalogue), inCatalogue.output).toBeDefined();
  expect(digest(inCatalogue)).toBe(digest(ownFolder));
  // all of the package is compiled
}, 300_000);

test('the independent statement agrees bit for bit', async () => {
  const here = workFolder();
  onTestFinished(here.remove);
  const imported = async (name: string, from: string): Promise<Record<string, unknown>> => {
    const block = fileNamed(name);
    // beside the page's other files instead of in src or test
    const text = block.text.replace(/from '(\.[^']*)'/g, (_, path) => `from '${join(ROOT, from, path)}'`);
    writeBlock(here.folder, { ...block, text });
    return import(join(here.folder, name));
  };
  const { anchoredMajority } = await imported('src/models/anchored-majority.ts', 'src/models');
  const { followThree } = await imported('test/reference/anchored-majority.ts', 'test/reference');
  const { text } = fileNamed('follow_three.wgsl');
  const model = { ...(anchoredMajority as Model), shaders: { follow_three: { path: 'follow_three.wgsl', text } } };
  const params = { anchor: 0.1 };
  const topology = { kind: 'erdos-renyi', mean_degree: 3, directed: true };
  const spec = { model: model.name, population: 65, topology, params, steps: 30, seed: 'reference' };
  const { prepared, population } = await load(await openCpu({ threads: 1 }), spec, { models: [model] });
  const society = new Society({
    population: 65,
    seed: 'reference',
    stream: 0,
    params,
    init: model.init as Record<string, readonly number[]>,
    neighbors: neighborsOf(prepared),
    update: { kind: 'synchronous' },
    rule: { name: 'follow_three', act: followThree as Rule },
  });
  for (let step = 0; step <= 30; step++) {
    expect([...(await population.read('opinion'))], `after ${step} steps`).toEqual(society.state.opinion);
    society.step();
    await population.step(1, { every: 0 });
  }
});
