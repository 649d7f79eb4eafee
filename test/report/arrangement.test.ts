// Who shows what varies, and where labels stand.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arrange, axesOf, wholePoints } from '../../src/report/axes.ts';
import { bandsOf, coursesOf, spread } from '../../src/report/courses.ts';
import { placeLabels } from '../../src/report/labels.ts';
import { measureDomain } from '../../src/report/scales.ts';
import { columnOf, pointOf } from './fixtures.ts';

const grid = (presets: string[], signs: number[], starts: number[]) =>
  presets.flatMap(preset =>
    signs.flatMap(sign =>
      starts.map(start => pointOf({ 'params.preset': preset, 'params.bias_sign': sign, 'init.opinion': start })),
    ),
  );

describe('arrangement of points', () => {
  it('has nothing to share out at one point', () => {
    expect(arrange([pointOf()])).toEqual({ rest: [] });
  });

  it('draws few points as lines', () => {
    const { facet, series } = arrange(grid(['a', 'b'], [-1, 1], [0.5]));
    expect(facet).toBeUndefined();
    expect(series?.values).toEqual(['a · −1', 'a · 1', 'b · −1', 'b · 1']);
  });

  it('gives many points panels, lines and a rest', () => {
    const { facet, series, rest } = arrange(grid([...'abcdefghi'], [-1, 1], [0.8, 0.2, 0.5]));
    expect([facet?.path, series?.path, rest.map(axis => axis.path)]).toEqual([
      'params.preset',
      'params.bias_sign',
      ['init.opinion'],
    ]);
    expect(rest[0]).toMatchObject({ label: 'initial opinion', values: ['0.2', '0.5', '0.8'], numeric: true });
  });

  it('finds no panels in a fine sweep', () => {
    const points = Array.from({ length: 40 }, (_, i) => pointOf({ 'params.noise': i }));
    expect(arrange(points)).toMatchObject({ facet: undefined, series: undefined });
  });

  it('keeps points apart that vary in nothing that has a name', () => {
    expect(wholePoints([pointOf(), pointOf()], axesOf([pointOf(), pointOf()])).values).toEqual(['point 0', 'point 1']);
    const twins = [{ a: 1 }, { a: 1 }, { a: 2 }].map(pointOf);
    expect(wholePoints(twins, axesOf(twins)).values).toEqual(['1', '1 (point 1)', '2']);
  });
});

describe('courses', () => {
  const rows = {
    point: Uint32Array.of(1, 1, 0, 0, 0),
    replica: Uint32Array.of(0, 0, 0, 1, 0),
    step: Uint32Array.of(5, 0, 0, 0, 5),
    measures: { x: Float64Array.of(1, Number.NaN, 2, 4, 8) },
  };

  it('orders rows by point and step', () => {
    expect(coursesOf(rows)).toEqual([
      { point: 0, steps: [0, 5], rows: [[2, 3], [4]], final: [4, 3] },
      { point: 1, steps: [0, 5], rows: [[1], [0]], final: [0] },
    ]);
  });

  it('takes mean and range, and leaves gaps where nothing is defined', () => {
    const [first, second] = coursesOf(rows).map(course => bandsOf(course, rows.measures.x, 10));
    expect(first).toEqual([
      { step: 0, mean: 3, low: 2, high: 4 },
      { step: 5, mean: 8, low: 8, high: 8 },
    ]);
    expect(second[0]).toEqual({ step: 0 });
  });

  it('ends where each replica ends, as in an interrupted run', () => {
    expect(coursesOf(rows)[0].final).toEqual([4, 3]);
  });

  it('spreads with both ends', () => {
    expect(spread(201, 3)).toEqual([0, 100, 200]);
    expect(spread(2, 9)).toEqual([0, 1]);
    expect([spread(0, 5), spread(5, 1)]).toEqual([[], [0]]);
  });
});

describe('labels and ranges', () => {
  it('keeps labels apart, in order and below the top', () => {
    const ends = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 2, maxLength: 8 });
    fc.assert(
      fc.property(ends, values => {
        const placed = placeLabels(values, [0, 1], 200);
        const order = values.map((_, i) => i).sort((a, b) => placed[a] - placed[b]);
        for (let k = 1; k < order.length; k++) {
          expect(placed[order[k]] - placed[order[k - 1]]).toBeGreaterThan(14.9 / 200);
          expect(values[order[k]]).toBeGreaterThanOrEqual(values[order[k - 1]]);
        }
        expect(Math.max(...placed)).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('draws shares from 0 to 1 unless they are small', () => {
    expect(measureDomain(columnOf('up', 'share'), [0.6, 0.7])).toEqual([0, 1]);
    expect(measureDomain(columnOf('up', 'share'), [0.01, 0.1])).toEqual([0, 0.1]);
  });

  it('gives other measures round ends, and anything at all where nothing is known', () => {
    const domain = (...values: number[]) => measureDomain(columnOf('x', 'mean'), values);
    expect(domain(-3, 17)).toEqual([-4, 18]);
    expect(domain(7, 7)).toEqual([3.5, 10.5]);
    expect(domain(0, 0)).toEqual([-1, 1]);
    expect(domain(Number.NaN)).toEqual([0, 1]);
  });
});
