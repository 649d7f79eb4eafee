// Marks of interventions: what a spec tells, and where they stand in a figure.
import { describe, expect, it } from 'vitest';
import { coursesOf, lastStep } from '../../src/report/courses.ts';
import { drawFigure, type Figure } from '../../src/report/figure.ts';
import { marksOf, withMarks } from '../../src/report/marks.ts';
import { alignedInput, EXTRA } from './aligned.ts';

const line: Figure = {
  title: 'A line',
  caption: 'Look.',
  description: 'It rises.',
  wide: false,
  spec: {
    data: { values: [0, 100].map(step => ({ step, mean: step })) },
    width: 300,
    height: 100,
    layer: [
      {
        mark: 'line',
        encoding: {
          x: { field: 'step', type: 'quantitative', title: 'step', scale: { domain: [0, 100], nice: false } },
          y: { field: 'mean', type: 'quantitative' },
        },
      },
    ],
  },
};

const mark = (name: string, from: number, to = from + 1) => ({ name, from, to });
/** Names with their heights in pixels above the panel and horizontal places. */
async function labels(figure: Figure | undefined): Promise<Record<string, { x: number; y: number }>> {
  const svg = (await drawFigure(figure!, 'f')).html;
  const texts = [
    ...svg.matchAll(/<text text-anchor="\w+" transform="translate\(([-\d.]+),([-\d.]+)\)"[^>]*>([^<]+)</g),
  ];
  return Object.fromEntries(texts.map(([, x, y, text]) => [text, { x: Number(x), y: Number(y) }]));
}

describe('marks of interventions', () => {
  it('come from the spec, in order; what acts once changes one step', () => {
    const { spec } = alignedInput([0.5]);
    expect(marksOf(spec)).toEqual([]);
    const interventions = [{ name: 'late', at: 9, until: 9 }, { name: 'early', at: 2, until: 5 }]; // biome-ignore format: one thought
    expect(marksOf({ interventions })).toEqual([mark('early', 1, 5), mark('late', 8)]);
    const input = alignedInput([0.5], { extra: EXTRA });
    expect(marksOf(input.spec).map(({ name }) => name)).toEqual(['retrain-leaders', 'audit', 'share-rewards']);
    expect(lastStep(coursesOf(input.rows))).toBe(200);
  });

  it('leave a figure alone where there are none within it', () => {
    expect(withMarks(line, [], 100)).toBe(line);
    expect(withMarks(line, [mark('late', 100)], 100)).toBe(line);
    expect(withMarks(undefined, [mark('a', 1)], 100)).toBeUndefined();
  });

  it('are told in words too', () => {
    const figure = withMarks(line, [mark('a', 10, 20), mark('b', 30)], 100)!;
    expect(figure.description).toBe('It rises. Interventions: a (steps 11 to 20), b (step 31).');
    expect(figure.caption).toMatch(/^Look\. Upright rule.* Interventions: a \(steps 11 to 20\), b \(step 31\)\.$/);
    const many = Array.from({ length: 20 }, (_, i) => mark(`m${i}`, i));
    expect(withMarks(line, many, 100)!.caption).toMatch(/m7 \(step 8\), and 12 more\.$/);
  });

  it('have names above the panel that keep off each other, and off its right edge', async () => {
    const near = [mark('first-of-three', 10), mark('second', 15), mark('far', 60), mark('at-the-end', 95)];
    const at = await labels(withMarks(line, near, 100));
    expect(near.filter(({ name }) => !(at[name].y < 0))).toEqual([]);
    expect(at['first-of-three'].y).toBeLessThan(at.second.y - 10);
    expect(at.far.y).toBe(at.second.y);
    expect([at['at-the-end'].x, at.far.x]).toEqual([300, 183]);
  });

  it('stand above cells, below lines, in every panel', () => {
    const layersOf = (figure: Figure | undefined): { mark: unknown }[] => (figure!.spec as never as { layer: { mark: unknown }[] }).layer; // biome-ignore format: one thought
    const own = 'line';
    const under = layersOf(withMarks(line, [mark('a', 10)], 100)).map(layer => layer.mark);
    const over = layersOf(withMarks({ ...line, crisp: true }, [mark('a', 10)], 100)).map(layer => layer.mark);
    expect(over.indexOf(own)).toBe(0);
    expect(under.indexOf(own)).toBeGreaterThan(0);
  });
});
