// Theories evaluated for a run: which counts, where they are evaluated, and what becomes of one that fails. The runs are tiny; the theories are made up.
import { describe, expect, test } from 'vitest';
import type { Predictions } from '../../src/experiment/predictions.ts';
import { simulate } from '../../src/experiment/simulate.ts';
import { defineModel, type Theory } from '../../src/model/index.ts';
import { catalogue } from '../../src/models/index.ts';

const voter = catalogue.find(({ name }) => name === 'noisy-q-voter')!;
const told = { about: 'made up', source: 'this test', status: 'approximation' } as const;

async function predictions(theory: readonly Theory[], spec: object = {}): Promise<Predictions> {
  const model = defineModel({ ...voter, theory });
  const base = { model: voter.name, population: 8, steps: 3, init: { opinion: 0.75 }, measure: 1 };
  return (await simulate({ ...base, ...spec }, { models: [model], engine: 'cpu' })).theory;
}

const doubling: Theory = { ...told, kind: 'map', measure: 'up', predict: () => x => x / 2 };

describe('courses', () => {
  test('follow from a map, from the measured start, at the recorded steps', async () => {
    const { courses, notes } = await predictions([doubling], { steps: 5, measure: 2 });
    expect(courses).toEqual([
      { ...told, measure: 'up', point: 0, steps: [0, 2, 4, 5], values: [0.75, 0.75 / 4, 0.75 / 16, 0.75 / 32] },
    ]);
    expect(notes).toEqual([]);
  });

  test('follow from a map of several numbers', async () => {
    const fibonacci = {
      start: [0, 1],
      next: ([a, b]: readonly number[]) => [b, a + b],
      measure: ([a]: readonly number[]) => a,
    };
    const { courses, maps } = await predictions([{ ...told, kind: 'map', measure: 'up', predict: () => fibonacci }]);
    expect(courses[0].values).toEqual([0, 1, 1, 2]);
    expect(maps).toEqual([]);
  });

  test('the first theory that holds at a point counts', async () => {
    const flat: Theory = { ...told, kind: 'trajectory', measure: 'up', predict: ({ params }, steps) => params.q === 2 ? steps.map(() => 0.1) : undefined }; // biome-ignore format: one thought
    const { courses } = await predictions([flat, doubling], { params: { q: [2, 3] } });
    expect(courses.map(({ point, values }) => [point, values[1]])).toEqual([
      [0, 0.1],
      [1, 0.375],
    ]);
  });

  test('that would take too long are left out with a note', async () => {
    const start = new Array<number>(2e7).fill(0);
    const map = { start, next: (state: readonly number[]) => state, measure: () => 0 };
    const { courses, notes } = await predictions([{ ...told, kind: 'map', measure: 'up', predict: () => map }]);
    expect(courses).toEqual([]);
    expect(notes).toEqual([expect.stringContaining('6.0e+7 updates, more than 3.0e+7')]);
  });
});

test('return maps are sampled where every step is measured, and only there', async () => {
  const { maps } = await predictions([doubling]);
  expect([maps[0].xs[0], maps[0].xs.at(-1), maps[0].ys.at(-1)]).toEqual([0, 1, 0.5]);
  expect((await predictions([doubling], { measure: 3 })).maps).toEqual([]);
});

test.each<[string, Theory, string]>([
  [
    'throws',
    {
      ...told,
      kind: 'steady',
      measure: 'up',
      predict: () => {
        throw new Error('out of luck');
      },
    },
    'out of luck',
  ],
  ['gives NaN', { ...told, kind: 'threshold', of: 'params.q', predict: () => Number.NaN }, 'it gave NaN'],
  [
    'gives too few values',
    { ...told, kind: 'trajectory', measure: 'up', predict: () => [0.5] },
    'it gave 1 values for 4 steps',
  ],
  [
    'throws in its map',
    {
      ...told,
      kind: 'map',
      measure: 'up',
      predict: () => () => {
        throw new TypeError('no map');
      },
    },
    'no map',
  ],
])('a theory that %s becomes one note, and the others stand', async (_, broken, message) => {
  // biome-ignore format: one thought
  const sound: Theory = { ...told, kind: 'steady', measure: 'active_links', predict: () => [{ value: 0.5, stable: true }] };
  const { notes, steady } = await predictions([broken, sound], { params: { q: [1, 2, 3, 4] } });
  expect(notes.length).toBe(1);
  expect(notes[0]).toContain('“made up”');
  expect(notes[0]).toContain(message);
  expect(steady.map(({ point }) => point)).toEqual([0, 1, 2, 3]);
});

describe('curves of stationary values', () => {
  // a fold at p = 0.25: value = 0.5 ± √(0.25 − p)
  const fold: Theory = {
    ...told,
    kind: 'steady',
    measure: 'up',
    predict({ params: { independence: p } }) {
      if (p > 0.25) return [];
      return [-1, 1].map(sign => ({ value: 0.5 + sign * Math.sqrt(0.25 - p), stable: sign > 0 }));
    },
  };
  const independence = [0.1, 0.2, 0.3, 0.4];

  test('are dense, joined by branch, and end at the fold', async () => {
    const { curves } = await predictions([fold], { params: { independence } });
    expect(curves).toMatchObject([{ path: 'params.independence', point: 0 }]);
    const [{ pieces }] = curves;
    expect(pieces.map(({ stable }) => stable).sort()).toEqual([false, true]);
    for (const { xs, values, stable } of pieces) {
      expect(xs.length).toBeGreaterThan(50);
      expect(xs[0]).toBe(0.1);
      expect(xs.at(-1)).toBeCloseTo(0.25, 6);
      values.forEach((value, k) => {
        expect(value).toBeCloseTo(0.5 + (stable ? 1 : -1) * Math.sqrt(0.25 - xs[k]), 12);
      });
    }
  });

  test('one for each combination of what else varies, at its own values', async () => {
    const shifted: Theory = {
      ...told,
      kind: 'steady',
      measure: 'up',
      predict: ({ params }) => [{ value: params.q / 10, stable: true }],
    };
    const { curves } = await predictions([shifted], { params: { q: [2, 3], independence } });
    expect(curves.map(({ point, pieces }) => [point, new Set(pieces[0].values)])).toEqual([
      [0, new Set([0.2])],
      [4, new Set([0.3])],
    ]);
  });

  test('only at integers along an integer parameter', async () => {
    const linear: Theory = {
      ...told,
      kind: 'steady',
      measure: 'up',
      predict: ({ params }) => [{ value: params.q / 10, stable: true }],
    };
    const { curves } = await predictions([linear], { params: { q: [1, 2, 4, 7] } });
    expect(curves[0].pieces[0].xs).toEqual([1, 2, 3, 4, 5, 6, 7]);
  });

  test('what starts in between is told to the theory', async () => {
    const kept: Theory = {
      ...told,
      kind: 'steady',
      measure: 'up',
      predict: ({ initial }) => [{ value: initial.up, stable: true }],
    };
    const { curves } = await predictions([kept], { init: { opinion: [0, 0.25, 0.5, 1] } });
    const [{ xs, values }] = curves[0].pieces;
    xs.forEach((x, k) => {
      expect(values[k]).toBeCloseTo(x, 12);
    });
  });

  test('none along fewer than four values', async () => {
    expect((await predictions([fold], { params: { independence: [0.1, 0.2, 0.3] } })).curves).toEqual([]);
  });
});
