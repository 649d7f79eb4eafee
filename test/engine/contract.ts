// What src/engine/engine.ts promises of a population: stepping, measuring, reading, writing, snapshots.
import { describe, expect, test } from 'vitest';
import type { Engine, Population } from '../../src/engine/engine.ts';
import { prepare } from '../../src/experiment/prepare.ts';
import type { PlanOptions } from '../../src/plan/plan.ts';
import { differences, measuredText, refusal } from './support.ts';
import { drifters } from './toys.ts';

const POPULATION = 70;
const SPEC = {
  model: 'drifters',
  population: POPULATION,
  topology: 'ring',
  params: { restless: [0.3, 0.9] },
  replicas: 2,
  steps: 10,
};

export function contractSuite(engine: Engine): void {
  const fresh = async (options: PlanOptions = {}): Promise<Population> => {
    const { plan } = await prepare({ value: SPEC }, { models: [drifters], ...options });
    return engine.load(plan);
  };
  const stepsOf = async (population: Population): Promise<number[]> => {
    const { rows } = await population.measured();
    return [...rows.step].filter((_, row) => row % 4 === 0);
  };

  test('rows come step by step, within a step world by world, and once', async () => {
    const population = await fresh();
    await population.step(2);
    const { rows, stateDigests, cells } = await population.measured();
    expect([...rows.step]).toEqual([0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2]);
    expect([...rows.point]).toEqual([0, 0, 1, 1, 0, 0, 1, 1, 0, 0, 1, 1]);
    expect([...rows.replica]).toEqual([0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1]);
    expect(Object.keys(rows.measures)).toEqual(['mean_spot', 'seen']);
    expect(stateDigests.length).toBe(12);
    expect(cells.length).toBe(12 * 2 * population.plan.measures.cells.cellCount);
    expect([...(await population.digests())]).toEqual([...stateDigests.subarray(8)]);
    expect((await population.measured()).stateDigests.length).toBe(0);
    await population.dispose();
  });

  test('every: multiples and the last; the initial state once; 0: nothing; step(0)', async () => {
    const population = await fresh();
    expect(population.stepCount).toBe(0);
    await population.step(0);
    expect(await stepsOf(population)).toEqual([0]);
    await population.step(7, { every: 3 });
    expect(population.stepCount).toBe(7);
    expect(await stepsOf(population)).toEqual([3, 6, 7]);
    await population.step(3, { every: 0 });
    expect(await stepsOf(population)).toEqual([]);
    await population.step(0);
    expect(await stepsOf(population)).toEqual([]);
    await population.step(5, { every: 4 });
    expect(await stepsOf(population)).toEqual([12, 15]);
    await population.step(1);
    await population.step(2);
    expect(await stepsOf(population)).toEqual([16, 17, 18]);
    await population.dispose();
  });

  test('a schedule: the same steps however they are shared out among calls, and no others', async () => {
    const schedule = {
      steps: {
        ranges: [
          { from: 1, to: 3, every: 1 },
          { from: 5, every: 4 },
        ],
      },
      last: 11,
    };
    const whole = await fresh();
    await whole.step(14, { schedule });
    const rows = await measuredText(whole);
    for (const cuts of [
      [3, 0, 1, 10],
      [1, 1, 1, 1, 1, 1, 1, 1, 6],
      [0, 14],
      [8, 6],
    ]) {
      const parts = await fresh({ ringBytes: cuts.length % 2 === 0 ? 1 : 2 ** 20 });
      for (const count of cuts) await parts.step(count, { schedule });
      expect(await measuredText(parts)).toEqual(rows);
      await parts.dispose();
    }
    const steps = rows.map(row => Number(/step (\d+)/.exec(row)![1]));
    expect(steps.filter((_, row) => row % 4 === 0)).toEqual([0, 1, 2, 3, 5, 9, 11]);
    await whole.dispose();
  });

  test('several calls equal one, a ring of one slot equals a large one, and stepCount counts queued steps', async () => {
    const [whole, parts] = [await fresh(), await fresh({ ringBytes: 1 })];
    expect(parts.plan.ringSlots).toBe(1);
    await whole.step(9);
    const queued = [parts.step(4), parts.step(0), parts.step(2), parts.step(3)];
    expect(parts.stepCount).toBe(9);
    await Promise.all(queued);
    expect(await measuredText(parts)).toEqual(await measuredText(whole));
    expect(await differences(parts, whole)).toEqual([]);
    await Promise.all([whole.dispose(), parts.dispose()]);
  });

  test('digests and reads change nothing that waits to be fetched', async () => {
    const [one, other] = [await fresh(), await fresh()];
    await one.step(3);
    await one.digests();
    await one.read('spot');
    await one.step(2);
    await other.step(5);
    expect(await measuredText(one)).toEqual(await measuredText(other));
    await Promise.all([one.dispose(), other.dispose()]);
  });

  describe('read and write', () => {
    test('what is written is read, also with an odd number of steps behind, and rules see it', async () => {
      const population = await fresh();
      for (const steps of [0, 1, 2]) {
        await population.step(steps, { every: 0 });
        const values = Uint32Array.from({ length: 4 * POPULATION }, (_, i) => (i * 37 + steps) % 1000);
        const seen = new Uint32Array(4 * POPULATION).fill(1);
        await population.write('spot', values);
        await population.write('seen', seen);
        values.fill(0); // the population keeps a copy
        expect([...(await population.read('spot'))]).toEqual(
          Array.from({ length: 4 * POPULATION }, (_, i) => (i * 37 + steps) % 1000),
        );
        expect([...(await population.read('seen'))]).toEqual([...seen]);
      }
      await population.write('spot', new Uint32Array(4 * POPULATION).fill(500));
      await population.step(1, { every: 0 });
      const moved = new Set(await population.read('spot'));
      expect([...moved].sort()).toEqual([500, 501, 502, 503]);
      await population.dispose();
    });

    test('refusals', async () => {
      const population = await fresh();
      expect((await refusal(() => population.read('spott'))).message).toBe(
        'unknown field "spott". Did you mean "spot"?',
      );
      expect((await refusal(() => population.write('spot', new Uint32Array(3)))).message).toMatch(
        /expected 280 of them, got 3/,
      );
      const values = new Uint32Array(4 * POPULATION);
      values[7] = 1000;
      expect((await refusal(() => population.write('spot', values))).message).toMatch(
        /value 7 of field "spot" is out of range: expected encoded values from 0 to 999, got 1000/,
      );
      for (const [count, every] of [
        [-1, 1],
        [1.5, 1],
        [Number.NaN, 1],
        [1, -1],
        [1, 0.5],
      ]) {
        expect((await refusal(() => population.step(count, { every }))).what).toBe('bad step count');
      }
      expect(population.stepCount).toBe(0);
      expect([...(await population.read('spot'))]).toEqual([...new Uint32Array(4 * POPULATION)]);
      await population.dispose();
    });
  });

  test.each([0, 1, 2, 5])('a snapshot after %i steps restores, here and on a fresh population', async steps => {
    const [population, other] = [await fresh(), await fresh()];
    await population.step(steps, { every: 0 });
    const snapshot = await population.snapshot();
    expect(snapshot.step).toBe(steps);
    await population.step(3, { every: 0 });
    const digests = await population.digests();
    await population.restore(snapshot);
    expect(population.stepCount).toBe(steps);
    await population.step(3, { every: 0 });
    expect(await population.digests()).toEqual(digests);
    await other.restore(snapshot);
    await other.step(3, { every: 0 });
    expect(await differences(other, population)).toEqual([]);
    expect(other.stepCount).toBe(steps + 3);
    await Promise.all([population.dispose(), other.dispose()]);
  });

  test('populations on one engine do not meet', async () => {
    const [one, two] = [await fresh(), await fresh()];
    await Promise.all([one.step(4), two.step(2)]);
    await two.write('spot', new Uint32Array(4 * POPULATION).fill(9));
    const alone = await fresh();
    await alone.step(4);
    expect(await differences(one, alone)).toEqual([]);
    await two.dispose();
    await one.step(3);
    await alone.step(3);
    expect(await differences(one, alone)).toEqual([]);
    await Promise.all([one.dispose(), alone.dispose()]);
  });

  test('disposing twice is once; afterwards calls are refused', async () => {
    const population = await fresh();
    const stepping = population.step(5);
    await Promise.all([population.dispose(), population.dispose()]);
    await stepping;
    await population.dispose();
    for (const call of [
      () => population.step(1),
      () => population.read('spot'),
      () => population.digests(),
      () => population.measured(),
    ]) {
      expect((await refusal(call)).what).toBe('the population was disposed of');
    }
  });

  test('the comparison of populations sees one bit, and a swapped pair', async () => {
    const [one, other] = [await fresh(), await fresh()];
    await Promise.all([one.step(5), other.step(5)]);
    expect(await differences(one, other)).toEqual([]);
    const seen = await other.read('seen');
    const [a, b] = [seen.indexOf(0, POPULATION), seen.indexOf(1, POPULATION)];
    const flipped = seen.slice();
    flipped[a] ^= 1;
    await other.write('seen', flipped);
    expect((await differences(one, other)).map(text => text.split(':')[0])).toEqual([
      'field seen',
      'digest of world 1',
    ]);
    const swapped = seen.slice();
    [swapped[a], swapped[b]] = [seen[b], seen[a]];
    await other.write('seen', swapped);
    expect(await differences(one, other)).toContain('digest of world 1');
    await Promise.all([other.measured(), one.measured()]);
    await Promise.all([one.step(0), other.step(0)]);
    await Promise.all([one.dispose(), other.dispose()]);
  });

  test('the digests of the history see one bit', async () => {
    const [one, other] = [await fresh(), await fresh()];
    const seen = await other.read('seen');
    seen[0] ^= 1;
    await other.write('seen', seen);
    await Promise.all([one.step(1), other.step(1)]);
    const [a, b] = [await measuredText(one), await measuredText(other)];
    expect(a.map((row, i) => row === b[i])).toEqual([false, true, true, true, false, true, true, true]);
    await Promise.all([one.dispose(), other.dispose()]);
  });
}
