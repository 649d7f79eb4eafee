// Columns without news are told in a sentence.
import { expect, test } from 'vitest';
import type { Rows } from '../../src/plan/rows.ts';
import type { ReportInput } from '../../src/report/input.ts';
import { movesInTime, withoutStill } from '../../src/report/still.ts';

const rows: Rows = {
  point: Uint32Array.of(0, 1, 0, 1),
  replica: Uint32Array.of(0, 0, 0, 0),
  step: Uint32Array.of(0, 0, 1, 1),
  measures: {
    up: Float64Array.of(0.1, 0.2, 0.3, 0.2),
    twin: Float64Array.of(0.1, 0.2, 0.3, 0.2),
    zero: Float64Array.of(0, 0, 0, 0),
    fixed: Float64Array.of(1, 2, 1, 2),
  },
};
const columns = Object.keys(rows.measures).map(name => ({ name, measure: name, kind: 'share' as const }));

test('a number throughout and a copy of another column are dropped and told', () => {
  const { columns: kept, notes } = withoutStill({ rows, columns, notes: ['first'] } as unknown as ReportInput);
  expect(kept.map(column => column.name)).toEqual(['up', 'fixed']);
  expect(notes).toEqual(['first', 'twin equals up throughout.', 'zero is 0 throughout.']);
});

test('all columns stay when none has news', () => {
  const only = columns.filter(column => column.name === 'zero');
  const input = { rows, columns: only, notes: [] } as unknown as ReportInput;
  expect(withoutStill(input)).toBe(input);
});

test('a column that differs between worlds only does not move in time', () => {
  expect(columns.map(column => movesInTime(rows, column))).toEqual([true, true, false, false]);
});
