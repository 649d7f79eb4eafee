// Marks of interventions in figures over time.
import { expect, test } from 'vitest';
import { renderReport } from '../../src/report/index.ts';
import { marksOf } from '../../src/report/marks.ts';
import type { Intervention } from '../../src/spec/index.ts';
import { manyPoints, oneWorld, twoPoints } from './samples.ts';

const target = { place: 'random', where: [], writtenAt: undefined } as const;
const made = { target, set: {}, does: [], about: '', cost: 0 };
const interventions: Intervention[] = [
  { ...made, name: 'campaign', at: 11, until: 20, every: 1 },
  { ...made, name: 'shock', at: 15, until: 15 },
];

test('begin where the last untouched state is', () => {
  expect(marksOf({ ...oneWorld().spec, interventions })).toEqual([
    { name: 'campaign', from: 10, to: 20 },
    { name: 'shock', from: 14, to: 15 },
  ]);
});

test.each([
  ['one world', oneWorld],
  ['two points', twoPoints],
  ['panels', manyPoints],
])('%s: rules, a band, and the names in the caption', async (_, make) => {
  const plain = make();
  const [without, page] = [
    await renderReport(plain),
    await renderReport({ ...plain, spec: { ...plain.spec, interventions } }),
  ];
  const count = (text: string, pattern: RegExp): number => text.match(pattern)?.length ?? 0;
  expect(count(without, /mark-rule/g)).toBeLessThan(count(page, /mark-rule/g));
  expect(count(without, /mark-rect/g)).toBeLessThan(count(page, /mark-rect/g));
  expect(page).toContain('Vertical rules: campaign (steps 11 to 20), shock (step 15).');
  expect(without).not.toContain('Vertical rules');
});
