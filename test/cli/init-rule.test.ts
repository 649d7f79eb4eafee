// groundswell init --rule, in a folder that has the package as it is packed: what is written works as it is, and its tests can fail.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { node } from '../docs/blocks.ts';
import { folderWith } from './command.ts';
import { type Installed, installedFolder } from './installed.ts';

const FILES = ['peer_review.js', 'peer_review.test.js', 'peer_review.wgsl', 'peer_review.yaml'];
let installed: Installed;
let printed = '';
beforeAll(async () => {
  installed = installedFolder();
  const { status, stdout, stderr } = await installed.groundswell('init', '--rule', 'peer_review', '--dir', 'mine');
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  printed = stdout;
});
afterAll(() => installed.remove());
const mine = (): string => join(installed.folder, 'mine');
const read = (name: string): string => readFileSync(join(mine(), name), 'utf8');

describe('init --rule', () => {
  it('writes a rule, a model, a spec and a test under the name, and says what is next', () => {
    expect(readdirSync(mine()).sort()).toEqual(FILES);
    for (const name of FILES) expect(read(name)).not.toMatch(/template[_-]rule/);
    expect(read('peer_review.wgsl')).toContain('fn peer_review(me: u32)');
    expect(read('peer_review.yaml')).toContain('model: peer-review');
    for (const name of FILES) expect(printed).toContain(join('mine', name));
    for (const step of ['cd mine', 'node --test', 'groundswell run peer_review.yaml --model ./peer_review.js'])
      expect(printed).toContain(`\n  ${step}`);
    expect(printed).not.toContain('npm install');
  });

  it('says how to install the package where it is not', async () => {
    const { stdout } = await installed.groundswell('init', '--rule', 'other', '--dir', folderWith());
    expect(stdout).toMatch(/npm install \/.*\/node_modules\/groundswell/);
  });

  it('passes its tests', async () => {
    const { status, output } = await node(mine(), ['--test']);
    expect(status, output).toBe(0);
    expect(output).toMatch(/^# pass 4$/m);
  });

  it.each([
    ['k < u32(param.asked)', 'k < 0u', 'the one who asks an aligned agent is corrected'],
    ['chance(param.drift)', 'chance(param.drift / 2u)', 'the share of misaligned agents settles at'],
  ])('fails them for another rule: %s → %s', async (written, instead, failing) => {
    const right = read('peer_review.wgsl');
    expect(right).toContain(written);
    try {
      writeFileSync(join(mine(), 'peer_review.wgsl'), right.replace(written, instead));
      const { status, output } = await node(mine(), ['--test']);
      expect(status).toBe(1);
      expect(output).toMatch(new RegExp(`^not ok \\d - .*${failing}`, 'm'));
    } finally {
      writeFileSync(join(mine(), 'peer_review.wgsl'), right);
    }
  });
});
