// The Pareto front against its definition.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { frontSteps, type Place, paretoFront } from '../../src/report/alignment/pareto.ts';

const dominates = (a: Place, b: Place): boolean => a.x >= b.x && a.y >= b.y && (a.x > b.x || a.y > b.y);

// few distinct values, so that places tie and coincide
const places = fc.array(fc.record({ x: fc.integer({ min: 0, max: 9 }), y: fc.integer({ min: 0, max: 9 }) }), { maxLength: 40 }); // biome-ignore format: one thought

describe('Pareto front', () => {
  it('holds just the places that none dominates, each once', () => {
    fc.assert(
      fc.property(places, list => {
        const expected = list.flatMap((place, i) => (list.some(other => dominates(other, place)) ? [] : [i]));
        expect([...paretoFront(list)].sort((a, b) => a - b)).toEqual(expected);
      }),
    );
  });

  it('has a step line that falls from the left edge to the bottom, along what the front dominates', () => {
    fc.assert(
      fc.property(places, list => {
        const front = paretoFront(list).map(i => list[i]);
        const steps = frontSteps(front, -1, -1);
        // so far to the right of a place, the best is what lies there or further
        for (const x of [-0.5, 0.5, 3.5, 8.5]) {
          const level = steps.find(({ x: right }, k) => k > 0 && steps[k - 1].x <= x && right > x);
          const beyond = list.filter(place => place.x >= x).map(({ y }) => y);
          expect(level?.y).toBe(beyond.length > 0 ? Math.max(...beyond) : undefined);
        }
        expect(steps.at(0)?.x).toBe(list.length > 0 ? -1 : undefined);
        expect(steps.at(-1)?.y).toBe(list.length > 0 ? -1 : undefined);
        for (let k = 1; k < steps.length; k++) {
          const [from, to] = [steps[k - 1], steps[k]];
          expect(to.x >= from.x && to.y <= from.y && (from.x === to.x || from.y === to.y)).toBe(true);
        }
      }),
    );
  });

  it('keeps equal places, and of a row only the last', () => {
    const list = [{ x: 1, y: 1 }, { x: 1, y: 1 }, { x: 0, y: 1 }, { x: 1, y: 0 }]; // biome-ignore format: one thought
    expect(paretoFront(list)).toEqual([0, 1]);
    expect(frontSteps([{ x: 2, y: 1 }, { x: 1, y: 2 }], 0, 0)).toEqual([{ x: 0, y: 2 }, { x: 1, y: 2 }, { x: 1, y: 1 }, { x: 2, y: 1 }, { x: 2, y: 0 }]); // biome-ignore format: one thought
  });

  it('stands 100,000 places', () => {
    const many = Array.from({ length: 100_000 }, (_, i) => ({ x: i, y: -i }));
    expect(paretoFront(many)).toHaveLength(many.length);
  });
});
