// Runs whose agents lie in another order, end to end: what is recorded, traced, checked and continued is told by number, as without.
import { describe, expect, test } from 'vitest';
import { open } from '../../src/experiment/open.ts';
import { prepare } from '../../src/experiment/prepare.ts';
import { simulate } from '../../src/experiment/simulate.ts';
import { traceAgent } from '../../src/experiment/trace.ts';
import { explainPlan } from '../../src/plan/explain.ts';
import type { AgentsPart } from '../../src/record/index.ts';
import type { SpecObject } from '../support/runs.ts';

const EDGES = Array.from({ length: 400 }, (_, e) => `n${(e * e + 7 * e) % 101} n${(e * 37 + 5) % 101}`).join('\n');
const readFile = async () => new TextEncoder().encode(EDGES);

const specOf = (order: string): SpecObject => ({
  model: 'noisy-q-voter',
  topology: { kind: 'edges', file: 'edges.txt', order },
  replicas: 2,
  steps: 6,
  seed: 'told',
  params: { independence: 0.1 },
  record: { fields: ['opinion'], steps: [0, 3, 6], agents: { sample: 40 } },
});

describe('a run in another order', () => {
  test.each(['degree', 'breadth-first'])('%s: recorded agents, rows and digest are the same', async order => {
    const runOf = async (of: string) => {
      const parts: AgentsPart[] = [];
      const { series, digest, final } = await simulate(specOf(of), {
        engine: 'cpu',
        readFile,
        onAgents: (more: readonly AgentsPart[]) => {
          parts.push(...more);
        },
      } as Parameters<typeof simulate>[1]);
      return { series, digest, parts, final: final('opinion') };
    };
    expect(await runOf(order)).toEqual(await runOf('none'));
  });

  test('a trace and a checked run tell of the same agents', async () => {
    for (const agent of [0, 17, 100]) {
      const [plain, other] = await Promise.all(
        ['none', 'degree'].map(order => traceAgent(specOf(order), { agent, step: 3, replica: 1, readFile })),
      );
      expect(other).toEqual(plain);
    }
    await using world = await open(specOf('degree'), { engine: 'cpu', readFile, checked: true });
    await using unchecked = await open(specOf('degree'), { engine: 'cpu', readFile });
    expect([world.plan.order, unchecked.plan.order?.kind]).toEqual([undefined, 'degree']);
    await Promise.all([world.step(6), unchecked.step(6)]);
    expect(await world.stateDigests()).toEqual(await unchecked.stateDigests());
  });

  test('a history goes on without the order, and with it', async () => {
    await using one = await open(specOf('degree'), { engine: 'cpu', readFile });
    await using other = await open(specOf('none'), { engine: 'cpu', readFile });
    await one.step(3);
    await one.rows();
    await other.continueFrom(await one.history());
    await Promise.all([one.step(3), other.step(3)]);
    await Promise.all([one.rows(), other.rows()]);
    expect(other.digest()).toBe(one.digest());
  });

  test('anyone by number: tri-alignment with rotation', async () => {
    const digests = ['none', 'degree', 'breadth-first'].map(async order => {
      const topology = { kind: 'erdos-renyi', mean_degree: 5, order };
      const spec = {
        model: 'tri-alignment',
        population: 99,
        topology,
        params: { rotation: 0.3 },
        groups: { a: 40, b: 59 },
      };
      return (await simulate({ ...spec, steps: 4 }, { engine: 'cpu' })).digest;
    });
    const [plain, ...others] = await Promise.all(digests);
    expect(others).toEqual([plain, plain]);
  });

  test('explain tells it, and without an order kernels are those of no such option', async () => {
    const [plain, none, degree, breadth] = await Promise.all(
      [{}, { order: 'none' }, { order: 'degree' }, { order: 'breadth-first' }].map(option => {
        const topology = { kind: 'erdos-renyi', mean_degree: 3, ...option };
        return prepare({ value: { model: 'voter', population: 50, steps: 1, topology } });
      }),
    );
    expect(none.kernelHash).toBe(plain.kernelHash);
    expect(degree.kernelHash).not.toBe(plain.kernelHash);
    expect(breadth.kernelHash).toBe(degree.kernelHash);
    expect(explainPlan(none.plan)).toBe(explainPlan(plain.plan));
    expect(explainPlan(degree.plan)).toContain('links in the first, agents in memory by how many look at them');
    expect(explainPlan(breadth.plan)).toContain('links in the first, agents in memory breadth first along the links');
  });
});
