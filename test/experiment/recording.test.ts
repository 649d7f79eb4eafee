// What a run keeps of its agents: the values that a reader who stops at those steps sees, of the agents and worlds asked for, and nothing that would be too much.
import { describe, expect, it } from 'vitest';
import { planRecording } from '../../src/experiment/recording.ts';
import { type AgentsPart, open, type Prepared, prepare, runToEnd, simulate } from '../../src/index.ts';
import { drifters } from '../engine/toys.ts';

const POPULATION = 40;
const SPEC = {
  model: 'drifters',
  population: POPULATION,
  topology: 'ring',
  params: { restless: [0.3, 0.9] },
  replicas: 2,
  steps: 12,
  measure: 5,
  seed: 'kept',
} as const;
const OPTIONS = { models: [drifters], engine: 'cpu' } as const;
const WORLDS = 4;

const stepsOf = (parts: readonly AgentsPart[]): number[] => [...new Set(parts.map(({ step }) => step))];
const run = (record: unknown, more: object = {}, threads = 1) =>
  simulate({ ...SPEC, record, ...more }, { ...OPTIONS, threads });

describe('recorded values', () => {
  it.each([
    ['final', [12]],
    ['all-measured', [0, 5, 10, 12]],
    [
      [0, 3, 7],
      [0, 3, 7],
    ],
    [{ every: 4 }, [0, 4, 8, 12]],
    [{ every: 5 }, [0, 5, 10, 12]],
  ])('at %j are those of the state then', async (steps, expected) => {
    const recorded = [];
    for (const threads of [1, 2]) recorded.push((await run({ fields: ['spot', 'seen'], steps }, {}, threads)).recorded);
    expect(recorded[1]).toEqual(recorded[0]);
    expect(recorded[0].map(({ step, point, replica }) => [step, point, replica])).toEqual(
      expected.flatMap(step => [0, 1, 2, 3].map(world => [step, world >> 1, world & 1])),
    );
    await using world = await open(SPEC, OPTIONS);
    for (const step of expected) {
      await world.step(step - world.stepCount, { every: 0 });
      for (const [k, name] of ['spot', 'seen'].entries()) {
        const now = recorded[0].filter(part => part.step === step).flatMap(({ values }) => [...values[k]]);
        expect(now, `${name} at ${step}`).toEqual([...(await world.read(name))]);
      }
    }
  });

  it('change neither digest nor rows, and come with the final values of everybody', async () => {
    const plain = await simulate(SPEC, OPTIONS);
    const kept = await run({ fields: ['spot'], steps: [1, 2, 11], agents: { sample: 3 }, worlds: { replicas: 1 } });
    expect(kept.digest).toBe(plain.digest);
    expect(kept.rows).toEqual(plain.rows);
    expect(kept.final('spot')).toEqual(plain.final('spot'));
    expect(plain.recorded).toEqual([]);
  });

  it('end where a condition ends the run, which is the last of a schedule', async () => {
    const stop = { when: 'seen', above: 0, worlds: 'any' };
    const kept = async (steps: unknown) => stepsOf((await run({ fields: ['spot'], steps }, { stop })).recorded);
    expect(await kept('final')).toEqual([5]);
    expect(await kept({ every: 3 })).toEqual([0, 3, 5]);
    expect(await kept('all-measured')).toEqual([0, 5]);
    expect(await kept([2, 4, 6])).toEqual([2, 4]);
  });

  it('are kept as far as an interrupted run went; the final ones are of where it stopped', async () => {
    const interrupted = async (steps: unknown) => {
      const controller = new AbortController();
      await using world = await open({ ...SPEC, record: { fields: ['spot'], steps } }, OPTIONS);
      const parts: AgentsPart[] = [];
      await runToEnd(world, {
        signal: controller.signal,
        onAgents: got => void parts.push(...got),
        onProgress: ({ step }) => step >= 7 && controller.abort(),
      });
      return { steps: stepsOf(parts), end: world.stepCount };
    };
    const scheduled = await interrupted({ every: 2 });
    expect(scheduled.end).toBeLessThan(12);
    expect(scheduled.steps).toEqual([0, 2, 4, 6, 8].filter(step => step <= scheduled.end));
    const final = await interrupted('final');
    expect(final.steps).toEqual([final.end]);
  });
});

describe('recorded agents and worlds', () => {
  it('first: those with the lowest numbers', async () => {
    const { recorded, final } = await run({ fields: ['spot'], agents: { first: 3 } });
    expect(recorded).toHaveLength(WORLDS);
    recorded.forEach(({ agents, values }, world) => {
      expect([...agents]).toEqual([0, 1, 2]);
      expect([...values[0]]).toEqual([...final('spot').subarray(world * POPULATION, world * POPULATION + 3)]);
    });
  });

  it('sample: drawn by the seed, ascending, the same in every world', async () => {
    const { recorded, final } = await run({ fields: ['spot'], agents: { sample: 7 }, steps: { every: 6 } });
    const chosen = [...recorded[0].agents];
    expect(new Set(chosen).size).toBe(7);
    expect(chosen).toEqual([...chosen].sort((a, b) => a - b));
    for (const { agents } of recorded) expect([...agents]).toEqual(chosen);
    const last = recorded.filter(({ step }) => step === 12);
    last.forEach(({ values }, world) => {
      expect([...values[0]]).toEqual(chosen.map(agent => final('spot')[world * POPULATION + agent]));
    });
    const again = await run({ fields: ['seen'], agents: { sample: 7 } }, { replicas: 1 });
    expect([...again.recorded[0].agents]).toEqual(chosen);
    const other = await run({ fields: ['spot'], agents: { sample: 7 } }, { seed: 'another' });
    expect([...other.recorded[0].agents]).not.toEqual(chosen);
    const all = await run({ fields: ['spot'], agents: { sample: POPULATION } });
    expect([...all.recorded[0].agents]).toEqual(Array.from({ length: POPULATION }, (_, i) => i));
  });

  it('sample: every agent is as likely as any other', async () => {
    // 600 seeds × 8 of 40 agents: each is expected 120 times with a standard deviation of √(600 × 0.2 × 0.8) = 9.8. Among 40 agents, 4.5 of them are passed
    // by chance once in 3,700 runs; the seeds are fixed.
    const counts = new Array<number>(POPULATION).fill(0);
    const { plan, topology } = await prepare(
      { value: { ...SPEC, record: { fields: ['spot'], agents: { sample: 8 } } } },
      OPTIONS,
    );
    for (let seed = 0; seed < 600; seed++) {
      for (const agent of planRecording({ ...plan, spec: { ...plan.spec, seed } }, topology)!.agents[0])
        counts[agent]++;
    }
    for (const count of counts) expect(Math.abs(count - 120)).toBeLessThan(4.5 * 9.8);
  });

  it('group: blocks of the spec', async () => {
    const groups = { a: 10, b: 25, c: 5 };
    const agentsOf = async (group: unknown) =>
      (await run({ fields: ['spot'], agents: { group } }, { groups })).recorded.map(({ agents }) => [
        agents[0],
        agents.at(-1),
        agents.length,
      ]);
    expect(await agentsOf('b')).toEqual(new Array(WORLDS).fill([10, 34, 25]));
    expect(await agentsOf(['c', 'a'])).toEqual(new Array(WORLDS).fill([0, 39, 15]));
  });

  it('worlds: the first replicas of each point', async () => {
    const { recorded } = await run({ fields: ['spot'], worlds: { replicas: 1 } });
    expect(recorded.map(({ point, replica }) => [point, replica])).toEqual([
      [0, 0],
      [1, 0],
    ]);
  });
});

describe('refusals before a run', () => {
  const FILES: Record<string, string> = {
    'e.csv': 'source,target\na,b\nb,c\nc,a\n',
    'g.txt': 'a red\nb blue\nc red\n',
  };
  const prepared = (record: unknown, more: object = {}): Promise<Prepared> =>
    prepare(
      { value: { model: 'voter', update: 'synchronous', steps: 5, record, ...more } },
      { readFile: async name => new TextEncoder().encode(FILES[name]) },
    );
  const topology = { kind: 'edges', file: 'e.csv', groups: { file: 'g.txt', columns: { id: 1, group: 2 } } };

  it('knows the groups of the topology’s file', async () => {
    const { recording } = await prepared({ fields: ['opinion'], agents: { group: 'red' } }, { topology });
    expect(recording?.agents.map(agents => [...agents])).toEqual([[0, 2]]);
    await expect(prepared({ fields: ['opinion'], agents: { group: ['red', 'blu'] } }, { topology })).rejects.toThrow(
      'record.agents: unknown group "blu". Did you mean "blue"?',
    );
  });

  it('knows the population of the file', async () => {
    await expect(prepared({ fields: ['opinion'], agents: { sample: 4 } }, { topology })).rejects.toThrow(
      'record.agents: more agents than there are: expected at most 3 (population), got 4',
    );
  });

  it('has a limit, with the numbers', async () => {
    const record = { fields: ['opinion', 'zealot'], steps: 'all-measured' };
    await expect(prepared(record, { population: 1_000_000, replicas: 4, steps: 1000 })).rejects.toThrow(
      'record: too much to record: expected at most 1,073,741,824 values, got 1,608,000,000: 201 steps × 4 worlds × 1,000,000 agents × 2 fields. Record fewer steps',
    );
  });
});
