// How predictions are drawn and told.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Predictions } from '../../src/experiment/predictions.ts';
import { type ReportInput, renderReport } from '../../src/report/index.ts';
import { placeBeside } from '../../src/report/labels.ts';
import { criticalRules } from '../../src/report/rules.ts';
import { steadyCell } from '../../src/report/theory-table.ts';
import { columnOf, everyKind, madeInput, pointOf, TOLD } from './fixtures.ts';

const up = columnOf('up', 'share');
const noises = [0.05, 0.1, 0.15, 0.2, 0.25];

function swept(theory: Partial<Predictions> = {}): ReportInput {
  const points = noises.map(noise => pointOf({ 'params.noise': noise }));
  const input = madeInput({
    points,
    replicas: 3,
    steps: 20,
    columns: [up],
    value: (_, point, step) => 0.9 - point * 0.1 - step / 100,
  });
  return { ...input, theory: { ...everyKind(TOLD, 'up'), ...theory } };
}

describe('a report with theory', () => {
  it('draws curves, a labelled rule and the map, and tells each with its status', async () => {
    const page = await renderReport(swept());
    expect(page).toContain('Curve: stationary values; mean field (Gauss 1809; exact).');
    expect(page).toContain('Upright rule: critical value; mean field (Gauss 1809; exact).');
    expect(page).toMatch(/>critical 0\.12<\/text>/);
    expect(page).toContain('up: return map');
    expect(page).toContain('>0.8765 (or 0.1235)<');
    expect(page).toContain('exact: a closed form or a proof');
  });

  it('tells a critical value of what is not varied, beside the value of the run', async () => {
    const input = madeInput({ points: [pointOf()], replicas: 3, steps: 20, columns: [up], value: () => 0.5 });
    const page = await renderReport({ ...input, theory: everyKind(TOLD, 'up') });
    expect(page).toContain('critical noise');
    expect(page).toContain('0.12; this run: 0.1');
    expect(page).not.toMatch(/>critical 0\.12<\/text>/);
  });

  it('gives critical values that differ between points a column', async () => {
    const thresholds = noises.map((_, point) => ({ ...TOLD, of: 'params.noise', point, value: 0.1 + point / 100 }));
    const page = await renderReport(swept({ thresholds: thresholds.slice(1) }));
    expect(page).toMatch(/<th[^>]*>critical noise<\/th>/);
    expect(page).toContain('0.11 to 0.14, none at 1 of 5 points');
  });

  it('dashes unstable branches, and says so only where there are any', async () => {
    const [curve] = everyKind(TOLD, 'up').curves;
    const curves = [{ ...curve, pieces: [{ ...curve.pieces[0], stable: false }] }];
    const [plain, dashed] = [await renderReport(swept()), await renderReport(swept({ curves }))];
    expect(plain).not.toContain('dashed where unstable');
    expect(dashed).toContain('dashed where unstable');
    expect(dashed).toContain('stroke-dasharray="4,3"');
    expect(plain).not.toContain('stroke-dasharray="4,3"');
  });

  it('draws no return map that tells nothing', async () => {
    const grid = [0, 0.5, 1];
    const map = { ...TOLD, measure: 'up', point: 0, xs: grid };
    const diagonal = swept({ maps: [{ ...map, ys: grid.map(x => 0.999 * x) }] });
    expect(await renderReport(diagonal)).not.toContain('return map');
    const bent = [{ ...map, ys: grid.map(x => x * (2 - x)) }];
    const still = madeInput({ points: [pointOf()], replicas: 2, steps: 20, columns: [up], value: () => 0.5 });
    expect(await renderReport({ ...still, theory: { ...diagonal.theory, maps: bent } })).not.toContain('return map');
  });
});

describe('critical values in figures', () => {
  const series = {
    path: 's',
    label: 's',
    numeric: false,
    values: ['a', 'b'],
    of: (point: number) => 'ab'[point],
    numberOf: Number,
  };
  const panels = { x: [0, 1], y: [0, 1], height: 200, series, marks: [] } as const;
  const at = (...values: number[]) =>
    values.map((value, point) => ({ ...TOLD, of: 'params.noise' as const, point, value }));
  const place = ({ value }: { value: number }) => value;

  it('are one rule where all agree, and one of each colour where they differ', () => {
    expect(
      criticalRules(at(0.3, 0.3), place, { ...panels, x: [0, 1], y: [0, 1] }).data.map(rule => rule.series),
    ).toEqual([undefined]);
    expect(
      criticalRules(at(0.3, 0.6), place, { ...panels, x: [0, 1], y: [0, 1] }).data.map(rule => rule.series),
    ).toEqual(['a', 'b']);
  });

  it('are left out beyond the axis', () => {
    const { data, caption } = criticalRules(at(-0.1, 1.2), place, { ...panels, x: [0, 1], y: [0, 1] });
    expect({ data, caption }).toEqual({ data: [], caption: '' });
  });

  it('have labels that never cover each other, and keep off what is drawn', () => {
    const xs = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(xs, list => {
        const sorted = [...list].sort((a, b) => a - b);
        const places = placeBeside(sorted, [], 150);
        const boxes = places.map(({ y, side }, i) => ({ y, from: side === 'left' ? sorted[i] - 0.36 : sorted[i] }));
        for (const [i, a] of boxes.entries()) {
          expect(a.from).toBeGreaterThanOrEqual(-1e-9);
          expect(a.from + 0.36).toBeLessThanOrEqual(1 + 1e-9);
          for (const b of boxes.slice(i + 1)) {
            const apart = Math.abs(a.from - b.from) >= 0.36 - 1e-9 || Math.abs(a.y - b.y) >= 15 / 150 - 1e-9;
            expect(apart).toBe(true);
          }
        }
      }),
    );
    const crowded = Array.from({ length: 50 }, (_, i) => ({ x: i / 50, y: 0.95 }));
    expect(placeBeside([0.5], [], 200)[0].y).toBeGreaterThan(0.9);
    expect(placeBeside([0.5], crowded, 200)[0].y).toBeLessThan(0.9);
  });
});

it('the nearest stable value comes first', () => {
  const theory = everyKind(TOLD, 'up');
  expect(steadyCell(theory, up, 0, 0.8)).toBe('0.8765 (or 0.1235)');
  expect(steadyCell(theory, up, 0, 0.2)).toBe('0.1235 (or 0.8765)');
  expect(steadyCell(theory, up, 1, 0.2)).toBe('–');
});
