// Reports of paired worlds: complete, self-contained, and without numbers that are none.
import { beforeAll, describe, expect, it } from 'vitest';
import { type Attribution, attribute } from '../../src/experiment/attribution.ts';
import { type Comparison, compare } from '../../src/experiment/compare.ts';
import { type InterferenceMatrix, interferenceMatrix } from '../../src/experiment/interference.ts';
import { catalogue, defineModel, type SideOptions } from '../../src/index.ts';
import { effectSections, effectsByMeasure, effectText, onsetText, renderAttribution, renderComparison, renderInterference } from '../../src/report/index.ts'; // biome-ignore format: one thought

const WORDS = { title: 'Paired', specText: 'model: <here>', version: '9.9.9' };
const listeners = defineModel({
  ...catalogue.find(({ name }) => name === 'friedkin-johnsen')!,
  name: 'listeners',
  interference: { alignments: { middle: 'mean', spread: 'variance' }, weights: { listening: 'susceptibility' } },
});
const OPTIONS: SideOptions = { engine: 'cpu', threads: 1, models: [listeners] };
const spec = { model: 'listeners', population: 60, replicas: 3, steps: 6, params: { susceptibility: [0.1, 0.4] }, init: { opinion: { distribution: 'uniform', min: -1, max: 0.9 } } }; // biome-ignore format: one thought
const one = { ...spec, params: { susceptibility: 0.4 }, groups: { left: 0.5, right: 0.5 } };

const count = (page: string, pattern: RegExp): number => (page.match(pattern) ?? []).length;

function expectSound(page: string): void {
  expect(page).not.toMatch(/<script|<img|<link|<iframe|\bsrc=|@import|https?:|javascript:/i);
  expect(page).not.toMatch(/NaN|undefined|\[object|Infinity/);
  const ids = [...page.matchAll(/\bid="([^"]+)"/g)].map(match => match[1]);
  expect(new Set(ids).size).toBe(ids.length);
  expect(count(page, /<svg role="img"/g)).toBe(count(page, /<figure[\s>]/g));
  expect(page).toContain('model: &#60;here&#62;');
}

describe('of a comparison', () => {
  let comparison: Comparison;
  let equal: Comparison;
  beforeAll(async () => {
    comparison = await compare(one, { kind: 'parameter', set: ['params.susceptibility=0.9'] }, OPTIONS);
    equal = await compare(one, { kind: 'parameter', set: ['params.susceptibility=0.4'] }, { ...OPTIONS, replicas: 1 });
  });

  it('shows both sides and the effect of every measure that differs', async () => {
    const page = await renderComparison(comparison, WORDS);
    expectSound(page);
    for (const measure of ['mean', 'variance', 'minimum', 'maximum']) {
      expect(page).toContain(`<h3>${measure} on both sides</h3>`);
      expect(page).toContain(`<h3>${measure}: paired effect</h3>`);
    }
    expect(page).toContain('2 runs of 3 worlds with 60 agents each, 6 steps');
    for (const { digest } of comparison.sides) expect(page).toContain(digest);
  });

  it('of equal sides says so, and draws nothing', async () => {
    const page = await renderComparison(equal, WORDS);
    expectSound(page);
    expect(page).toContain('are the same run: there is no effect.');
    expect(page).toContain('0 (equal)');
    expect(page).toContain('never differs');
    expect(count(page, /<figure/g)).toBe(0);
    expect(effectSections(equal)).toEqual([]);
  });

  it('of one replica and different sides has no intervals', async () => {
    const single = await compare(one, { kind: 'parameter', set: ['params.susceptibility=0.9'] }, { ...OPTIONS, replicas: 1 }); // biome-ignore format: one thought
    const page = await renderComparison(single, WORDS);
    expectSound(page);
    expect(page).toContain('One replica: there are no intervals.');
  });

  it('has panels for the points of a sweep, and data by measure', async () => {
    const swept = await compare(spec, { kind: 'structure', set: ['topology={kind: ring, reach: 1}'] }, OPTIONS);
    const page = await renderComparison(swept, WORDS);
    expectSound(page);
    expect(page).toContain('<h3>variance: paired effect at the end</h3>');
    expect(page).toContain('susceptibility = 0.4');
    const byMeasure = effectsByMeasure(swept);
    expect([...byMeasure.keys()]).toEqual(['mean', 'variance', 'minimum', 'maximum']);
    expect(byMeasure.get('variance')!.map(({ point }) => point)).toEqual([0, 1]);
  });

  it('words effects and when they show', () => {
    const [effect] = comparison.effects;
    expect(effectText({ ...effect.final, equal: true })).toBe('0 (equal)');
    expect(effectText({ ...effect.final, equal: false, effect: { mean: 0.5, halfWidth: 0.012, count: 3 } })).toBe('0.500 ± 0.012'); // biome-ignore format: one thought
    const told = (first?: number, lasting?: number) => onsetText({ ...effect, onset: { differs: 1, first, lasting } });
    expect([told(), told(3, 3), told(3, 7), told(3)]).toEqual(['never', 'from 3 on', '3, for good from 7 on', '3, not to the end']); // biome-ignore format: one thought
  });
});

describe('of a matrix', () => {
  it('has a number in every cell, per point, and says what is one-sided', async () => {
    const matrix: InterferenceMatrix = await interferenceMatrix({ ...spec, params: { susceptibility: 0 } }, OPTIONS);
    const page = await renderInterference(matrix, WORDS);
    expectSound(page);
    expect(page).toContain('One-sided, since the weight is at an end of its range: listening.');
    const texts = [...page.matchAll(/<text [^>]*>([^<]+)<\/text>/g)].map(match => match[1]);
    expect(texts.filter(text => text.startsWith('± '))).toHaveLength(2);
    const several = await renderInterference(await interferenceMatrix(spec, OPTIONS), WORDS);
    expectSound(several);
    expect(count(several, /<h3>∂ alignment/g)).toBe(2);
  });
});

describe('of an attribution', () => {
  it('ranks the parts of every measure, in bars and in a table', async () => {
    const attribution: Attribution = await attribute(one, OPTIONS);
    const page = await renderAttribution(attribution, WORDS);
    expectSound(page);
    expect(count(page, /<figure/g)).toBe(4);
    expect(page).toContain('its agents without listening');
    expect(page.indexOf('variance</th><th scope="row">without listening')).toBeLessThan(page.indexOf('variance</th><th scope="row">group left inert')); // biome-ignore format: one thought
  });
});
