import { describe, expect, it } from 'vitest';
import { describeModel, exampleSpec } from '../../src/cli/model-reference.ts';
import { catalogue, prepare } from '../../src/index.ts';
import { folderWith, groundswell, SMALL, start } from './command.ts';

describe('commands that only tell', () => {
  it('models: a table, and declarations as JSON', async () => {
    const folder = folderWith();
    const [table, json] = await Promise.all([groundswell(folder, 'models'), groundswell(folder, 'models', '--json')]);
    for (const { name } of catalogue) expect(table.stdout).toMatch(new RegExp(`^${name} `, 'm'));
    const models = JSON.parse(json.stdout);
    expect(models.map(({ name }: { name: string }) => name)).toEqual(catalogue.map(({ name }) => name));
    expect(models[1].params.q).toMatchObject({ default: 3, min: 1, max: 64 });
  });

  it('schema: JSON Schema that knows every model', async () => {
    const { status, stdout } = await groundswell(folderWith(), 'schema');
    expect(status).toBe(0);
    const schema = JSON.parse(stdout);
    expect(schema.$schema).toContain('json-schema.org');
    expect(schema.oneOf).toHaveLength(catalogue.length);
  });

  it('explain: a model, with every parameter; the plan of a spec; kernels', async () => {
    const folder = folderWith({ 'small.yaml': SMALL });
    const [model, plan, kernels, unknown] = await Promise.all([
      groundswell(folder, 'explain', 'imitation-game'),
      groundswell(folder, 'explain', 'small.yaml', '--set', 'replicas=5'),
      groundswell(folder, 'explain', 'small.yaml', '--wgsl'),
      groundswell(folder, 'explain', 'voterr'),
    ]);
    expect(model.stdout).toMatch(/selection +1 +number from 0 to 1000 /);
    expect(model.stdout).toMatch(/how +fermi +one of fermi, proportional, moran /);
    expect(model.stdout).toContain('Maynard Smith');
    expect(plan.stdout).toContain('(2 points × 5 replicas) of 200 agents');
    expect(plan.stdout).not.toContain('@compute');
    expect(kernels.stdout).toContain('@compute');
    expect(unknown).toMatchObject({ status: 2, stderr: expect.stringContaining('Did you mean "voter"?') });
  });

  it('every model has an example spec that can be planned', async () => {
    for (const model of catalogue) {
      const { plan } = await prepare({ value: exampleSpec(model) });
      expect(plan.population).toBe(1000);
      expect(describeModel(model)).toContain(model.source);
    }
  });

  it('devices: the processor, and WebGPU or why there is none', async () => {
    // no driver: whatever the machine has, there is no adapter
    const { finished } = start(folderWith(), ['devices', '--json'], { VK_DRIVER_FILES: '/nowhere.json' });
    const { status, stdout } = await finished;
    expect(status).toBe(0);
    const { cpu, webgpu, auto } = JSON.parse(stdout);
    expect(cpu.details.threads).toBeGreaterThan(0);
    expect(webgpu.absent ?? webgpu.device).toMatch(/./);
    expect(auto[0]).toMatchObject({ agents: 1000, engine: 'cpu' });
  });
});
