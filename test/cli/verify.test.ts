import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Population } from '../../src/engine/engine.ts';
import { catalogue, type Engine, type Manifest, openCpu, readManifest, verifyManifest } from '../../src/index.ts';
import { libraryModules } from '../../src/plan/modules.ts';
import { sealManifest } from '../../src/record/manifest.ts';
import { folderWith, groundswell, SMALL } from './command.ts';

/** The CPU engine with a fault: before step 19 one bit of one agent of world 4 is flipped. */
async function openFaulty(): Promise<Engine> {
  const engine = await openCpu();
  return {
    ...engine,
    async load(plan) {
      const population = await engine.load(plan);
      const step: Population['step'] = async (count, options) => {
        const before = Math.max(0, Math.min(count, 18 - population.stepCount));
        await population.step(before, options);
        if (population.stepCount !== 18 || before === count) return population.step(count - before, options);
        const opinion = await population.read('opinion');
        opinion[4 * plan.population + 3] ^= 1;
        await population.write('opinion', opinion);
        return population.step(count - before, options);
      };
      return new Proxy(population, {
        get(target, name) {
          if (name === 'step') return step;
          const value = Reflect.get(target, name, target);
          return typeof value === 'function' ? value.bind(target) : value;
        },
      });
    },
  };
}

describe('verify', () => {
  let manifest: Manifest;
  let text: string;

  beforeAll(async () => {
    const { mkdtempSync, rmSync } = await import('node:fs');
    const folder = mkdtempSync('/tmp/groundswell-verify-');
    writeFileSync(join(folder, 'small.yaml'), SMALL);
    await groundswell(folder, 'run', 'small.yaml', '--quiet', '--out', 'out');
    text = readFileSync(join(folder, 'out/manifest.json'), 'utf8');
    manifest = readManifest(join(folder, 'out'));
    rmSync(folder, { recursive: true });
  });

  it('agrees with an unaltered manifest', async () => {
    const folder = folderWith({ 'manifest.json': text });
    const { status, stdout, stderr } = await groundswell(folder, 'verify', 'manifest.json');
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toMatch(new RegExp(`^OK: digest ${manifest.digest}, 6 worlds, 20 steps`));
  });

  it('finds an altered manifest by its checksums', async () => {
    const folder = folderWith({ 'manifest.json': text.replace('"seed": 5', '"seed": 6') });
    const { status, stderr } = await groundswell(folder, 'verify', 'manifest.json');
    expect(status).toBe(2);
    expect(stderr).toMatch(/^error: manifest\.json: the manifest was altered after it was written, in "spec"/);
  });

  it('disagrees when a sealed manifest is of another seed, and locates the first world', async () => {
    const spec = { ...(manifest.spec as object), seed: 6 };
    const folder = folderWith({ 'manifest.json': JSON.stringify(sealManifest({ ...manifest, spec })) });
    const { status, stderr } = await groundswell(folder, 'verify', 'manifest.json');
    expect(status).toBe(1);
    expect(stderr).toMatch(/does not agree:\n {2}digest of the run: recorded \w+, now \w+\n/);
    expect(stderr).toMatch(/final state of world \d \(point \d, replica \d\)/);
    expect(stderr).not.toContain('kernels');
  });

  it('finds one bit that an engine flipped, and the world in which it did', async () => {
    expect(await verifyManifest(manifest, { engine: 'cpu' })).toMatchObject({ agrees: true, differences: [] });
    const { agrees, differences } = await verifyManifest(manifest, { openEngine: openFaulty });
    expect(agrees).toBe(false);
    expect(differences[0]).toMatch(/^digest of the run: recorded /);
    expect(differences[1]).toMatch(/^final state of world 4 \(point 1, replica 1\): recorded /);
  });

  it('finds a kernel with one constant changed', async () => {
    const original = catalogue.find(({ name }) => name === 'noisy-q-voter')!;
    const { text: rule } = libraryModules(original)['rules/conform_to_q'];
    const changed = rule.replace('chance(param.independence)', 'chance(param.independence + 67108864u)');
    expect(changed).not.toBe(rule);
    const model = { ...original, shaders: { conform_to_q: { path: 'changed.wgsl', text: changed } } };
    const { agrees, differences } = await verifyManifest(manifest, { models: [model], engine: 'cpu' });
    expect(agrees).toBe(false);
    expect(differences[0]).toMatch(/^kernels .*: hash: recorded/);
    expect(differences.some(line => line.startsWith('digest of the run'))).toBe(true);
  });

  it('says which input file differs', async () => {
    const files = {
      'net.yaml': 'model: voter\ntopology: { kind: edges, file: e.csv }\nupdate: synchronous\nsteps: 3\n',
      'e.csv': 'source,target\na,b\nb,a\nc,a\n',
    };
    const folder = folderWith(files);
    await groundswell(folder, 'run', 'net.yaml', '--quiet', '--out', 'out');
    expect(await groundswell(folder, 'verify', 'out')).toMatchObject({ status: 0 });
    writeFileSync(join(folder, 'e.csv'), files['e.csv'].replace('c,a', 'c,b'));
    const { status, stderr } = await groundswell(folder, 'verify', 'out');
    expect(status).toBe(1);
    expect(stderr).toMatch(/input file e\.csv: SHA-256: recorded/);
  });
});
