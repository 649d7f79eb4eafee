// Measures by more groups than lines can be told apart.
import { describe, expect, it } from 'vitest';
import { figureSections } from '../../src/report/figures.ts';
import { type ReportInput, renderReport } from '../../src/report/index.ts';
import { columnOf, madeInput, pointOf } from './fixtures.ts';

const points = (count: number) =>
  Array.from({ length: count }, (_, k) => pointOf(count > 1 ? { 'params.noise': k / 10 } : {}));

/** A run measured by `groups` groups, each of which ends at its own number. */
function madeOf(groups: number, pointCount = 1): ReportInput {
  const columns = Array.from({ length: groups }, (_, g) =>
    columnOf(`trust.team-${g}`, 'mean', { measure: 'trust', group: `team-${g}` }),
  );
  const value = ({ group = '' }: { group?: string }, point: number, step: number): number =>
    (Number(group.slice(5)) + 100 * point) * (1 - 2 ** -step);
  return madeInput({
    points: points(pointCount),
    replicas: 3,
    steps: 12,
    columns: [columnOf('all', 'mean'), ...columns],
    value,
    spread: 0,
  });
}

const titles = (input: ReportInput): string[] =>
  figureSections(input).flatMap(({ heading, figures }) => figures.map(({ title }) => `${heading}: ${title}`));

describe('a measure by many groups', () => {
  it('is one heat map and one figure of rows', () => {
    expect(titles(madeOf(13))).toEqual([
      'Over time: all',
      'Over time: trust over time',
      'At the end: all at the end',
      'At the end: trust at the end',
    ]);
    const few = titles(madeOf(12));
    expect(few).toContain('Over time: trust');
    expect(few.filter(title => /trust\.team-\d+ at the end/.test(title)).length).toBe(12);
  });

  it('has the values of every group and step', () => {
    const [over, end] = figureSections(madeOf(20)).map(({ figures }) => figures[1]);
    const cells = (over.spec as { data: { values: { group: string; step: number; mean: number }[] } }).data.values;
    expect(cells.length).toBe(20 * 12);
    expect(cells.find(({ group, step }) => group === 'team-7' && step === 3)?.mean).toBeCloseTo(7 * 0.875, 9);
    const marks = (end.spec as { data: { values: { group: string; role: string; value: number }[] } }).data.values;
    expect(marks.length).toBe(20 * (3 + 1));
    const mean = marks.find(({ group, role }) => group === 'team-19' && role === 'mean');
    expect(mean?.value).toBeCloseTo(19 * (1 - 2 ** -12), 9);
    expect(over.description).toBe('Heat map of trust by 20 groups from step 0 to 12.');
  });

  it('has a table of its own, a row per group and a column per point', async () => {
    const page = await renderReport(madeOf(14, 2));
    expect(page).toContain('<th scope="col">trust of group</th><th scope="col" class="number">noise = 0</th>');
    expect(page).toMatch(/<th scope="row">team-13<\/th><td>13.*?<\/td><td>113.*?<\/td>/);
    expect(page).not.toContain('>trust.team-13</th>');
    expect(page).toContain('>trust over time</h3>');
  });

  it('stays apart by group where points are too many to stand beside each other', () => {
    expect(titles(madeOf(13, 9))).toContain('At the end: trust.team-4 at the end');
  });
});
