// Runs that end on a condition: at the step that the rows of the whole run name, with the state of that step and nothing beyond it, on any number of threads.
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { watchStops } from '../../src/experiment/stop.ts';
import { open, prepare, type Result, type Rows, runToEnd, simulate } from '../../src/index.ts';
import type { StopCondition } from '../../src/spec/index.ts';

const WORLDS = 6;
const SPEC = {
  model: 'noisy-q-voter',
  population: 60,
  replicas: 3,
  params: { q: 2, independence: [0.05, 0.2] },
  init: { opinion: 0.5 },
  steps: 60,
  measure: 2,
  seed: 'stop',
} as const;

const condition = (more: Partial<StopCondition>): StopCondition => ({
  when: 'up',
  is: 'above',
  value: 0.5,
  for: 1,
  worlds: 'all',
  ...more,
});

/** The first step at which a condition holds, found by going back from every step. */
function expectedStep(
  rows: Rows,
  { when, is, value, for: times, worlds }: StopCondition,
  perStep: number,
): number | undefined {
  const meets = (x: number): boolean => (is === 'above' ? x > value : is === 'below' ? x < value : x === value);
  const measured = rows.step.length / perStep;
  for (let k = times - 1; k < measured; k++) {
    const holds = Array.from({ length: perStep }, (_, world) =>
      Array.from({ length: times }, (_, back) => rows.measures[when][(k - back) * perStep + world]).every(meets),
    );
    if (worlds === 'all' ? !holds.includes(false) : holds.includes(true)) return rows.step[k * perStep];
  }
  return undefined;
}

describe('a run with a condition', () => {
  let whole: Result;
  beforeAll(async () => {
    whole = await simulate(SPEC, { engine: 'cpu', threads: 1 });
  });

  it.each([
    [{ when: 'up', above: 0.6, worlds: 'any' }, condition({ value: 0.6, worlds: 'any' })],
    [{ when: 'up', above: 0.7, for: 3, worlds: 'any' }, condition({ value: 0.7, for: 3, worlds: 'any' })],
    [{ when: 'active_links', below: 0.48 }, condition({ when: 'active_links', is: 'below', value: 0.48 })],
    [
      { when: 'active_links', below: 0.6, for: 5 },
      condition({ when: 'active_links', is: 'below', value: 0.6, for: 5 }),
    ],
    [{ when: 'up', equals: 0.05, worlds: 'any' }, condition({ is: 'equals', value: 0.05, worlds: 'any' })],
    [{ when: 'up', equals: 0.5 }, condition({ is: 'equals', value: 0.5 })],
  ])('%j', async (stop, same) => {
    const step = expectedStep(whole.rows, same, WORLDS);
    expect(step).toBeDefined();
    const count = WORLDS * (step! / 2 + 1);
    const runs: Result[] = [];
    for (const threads of [1, 2]) runs.push(await simulate({ ...SPEC, stop }, { engine: 'cpu', threads }));
    // what a run of just so many steps gives
    const short = step === 0 ? undefined : await simulate({ ...SPEC, steps: step }, { engine: 'cpu', threads: 1 });
    for (const run of runs) {
      expect(run.stoppedAt).toBe(step);
      expect([...run.rows.step]).toEqual([...whole.rows.step.subarray(0, count)]);
      expect([...run.rows.measures.up]).toEqual([...whole.rows.measures.up.subarray(0, count)]);
      expect(run.digest).toBe(runs[0].digest);
      if (!short) continue;
      expect(run.digest).toBe(short.digest);
      expect(run.final('opinion')).toEqual(short.final('opinion'));
      expect(run.saturations).toBe(short.saturations);
    }
  });

  it('goes on to its end when no condition holds', async () => {
    const run = await simulate({ ...SPEC, stop: { when: 'up', above: 1 } }, { engine: 'cpu' });
    expect(run.stoppedAt).toBeUndefined();
    expect(run.digest).toBe(whole.digest);
  });

  it('ends on the first of several', async () => {
    const stop = [
      { when: 'up', above: 1 },
      { when: 'up', above: 0.6, worlds: 'any' },
      { when: 'active_links', below: 0.3, worlds: 'any' },
    ];
    let told = '';
    const run = await simulate(
      { ...SPEC, stop },
      {
        engine: 'cpu',
        onStop: ({ condition: words }) => {
          told = words;
        },
      },
    );
    const steps = [
      condition({ value: 0.6, worlds: 'any' }),
      condition({ when: 'active_links', is: 'below', value: 0.3, worlds: 'any' }),
    ].map(one => expectedStep(whole.rows, one, WORLDS) ?? Infinity);
    expect(run.stoppedAt).toBe(Math.min(...steps));
    expect(told).toBe('up above 0.6 in any world');
  });

  it('stands at the step at which it ended', async () => {
    await using world = await open({ ...SPEC, stop: { when: 'up', above: 0.6, worlds: 'any' } }, { engine: 'cpu' });
    const rows = await runToEnd(world);
    expect(world.stepCount).toBe(rows.step.at(-1));
    expect(world.stepCount).toBeLessThan(SPEC.steps);
    const [digests, opinions] = [await world.stateDigests(), await world.read('opinion')];
    const mean = (w: number): number => opinions.filter((x, i) => x === 1 && Math.floor(i / 60) === w).length / 60;
    expect(digests).toHaveLength(WORLDS);
    expect(Array.from({ length: WORLDS }, (_, w) => mean(w))).toEqual([...rows.measures.up.subarray(-WORLDS)]);
  });

  it('refuses groups that the file of the topology does not have', async () => {
    const files: Record<string, string> = { 'e.csv': 'source,target\na,b\nb,a\n', 'g.txt': 'a red\nb blue\n' };
    const spec = (when: string) => ({
      model: 'voter',
      topology: {
        kind: 'edges',
        file: 'e.csv',
        groups: { file: 'g.txt', columns: { id: 1, group: 2 } },
      },
      update: 'synchronous',
      steps: 5,
      measure: { add: { lit: { kind: 'share', field: 'opinion', value: 1, by: 'group' } } },
      stop: { when, above: 0.5 },
    });
    const readFile = async (name: string) => new TextEncoder().encode(files[name]);
    await expect(prepare({ value: spec('lit.red') }, { readFile })).resolves.toBeDefined();
    await expect(prepare({ value: spec('lit.rod') }, { readFile })).rejects.toThrow(
      'stop.when: unknown group in "lit.rod". Did you mean "lit.red"?',
    );
    await expect(prepare({ value: spec('lit') }, { readFile })).rejects.toThrow(
      '"lit" has a value for each group: expected one of lit.GROUP',
    );
  });
});

describe('watching', () => {
  /** Rows of so many worlds with these values, step by step. */
  const rowsOf = (values: readonly number[], worlds: number, first = 0): Rows => ({
    point: new Uint32Array(values.length),
    replica: Uint32Array.from(values, (_, row) => row % worlds),
    step: Uint32Array.from(values, (_, row) => first + Math.floor(row / worlds)),
    measures: { up: Float64Array.from(values) },
  });

  it('does not depend on how rows are handed over, and its margin is never too large', () => {
    const values = fc.constantFrom(0, 0.4, 0.5, 0.6, 1, Number.NaN);
    const conditions = fc.record<StopCondition>({
      when: fc.constant('up'),
      is: fc.constantFrom('above', 'below', 'equals'),
      value: fc.constantFrom(0.4, 0.5, 0.6),
      for: fc.integer({ min: 1, max: 4 }),
      worlds: fc.constantFrom('all', 'any'),
    });
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 3 }),
        fc.array(fc.array(values, { minLength: 3, maxLength: 3 }), { maxLength: 30 }),
        fc.array(conditions, { minLength: 1, maxLength: 3 }),
        (worlds, steps, list) => {
          const series = steps.map(row => row.slice(0, worlds));
          const found = watchStops(list, worlds).see(rowsOf(series.flat(), worlds));
          const expected = list.map(one => expectedStep(rowsOf(series.flat(), worlds), one, worlds) ?? Infinity);
          expect(found?.step ?? Infinity).toBe(Math.min(...expected));
          // as runToEnd does it: no further at a time than the margin
          const careful = watchStops(list, worlds);
          let at = 0;
          let stopped: ReturnType<typeof careful.see>;
          while (at < series.length && !stopped) {
            const margin = careful.margin();
            expect(margin).toBeGreaterThanOrEqual(1);
            const end = Math.min(series.length, at + margin);
            stopped = careful.see(rowsOf(series.slice(at, end).flat(), worlds, at));
            at = end;
          }
          expect(stopped).toEqual(found);
          if (stopped) expect(stopped.step).toBe(at - 1);
        },
      ),
      { numRuns: 1000 },
    );
  });

  it('has no margin to keep without conditions', () => {
    expect(watchStops([], 4).margin()).toBe(Infinity);
  });
});
