// The page as a whole: complete, self-contained, escaped, and robust to runs that have little to tell.
import { describe, expect, it } from 'vitest';
import { type ReportInput, renderReport } from '../../src/report/index.ts';
import { alignedInput, EXTRA } from './aligned.ts';
import { columnOf, everyKind, madeInput, pointOf } from './fixtures.ts';
import { manyPoints, oneWorld, opinions, sweep, twoPoints } from './samples.ts';

const samples: [string, () => ReportInput][] = [
  ['two points', twoPoints],
  ['54 points', manyPoints],
  ['one world', oneWorld],
  ['a sweep', sweep],
  ['opinions', opinions],
  ['alignments', () => alignedInput([0.2, 0.8], { steps: 60, extra: EXTRA })],
];

const matches = (text: string, pattern: RegExp): string[] => [...text.matchAll(pattern)].map(match => match[1]);

describe.each(samples)('report of %s', (_, make) => {
  it('shows every measure, needs nothing else, and says what each figure shows', async () => {
    const input = make();
    const page = await renderReport(input);
    const headings = matches(page, /<h3>([^<]*)<\/h3>/g);
    for (const { measure } of input.columns)
      expect(
        headings.some(text => text.startsWith(measure)),
        measure,
      ).toBe(true);

    expect(page).not.toMatch(/<script|<img|<link|<iframe|\bsrc=|@import|https?:|javascript:/i);
    expect(matches(page, /url\(([^)]*)\)/g).filter(target => !target.startsWith('#'))).toEqual([]);
    expect(matches(page, /href="([^"]*)"/g).filter(target => !target.startsWith('#'))).toEqual([]);

    const figures = page.match(/<figure[\s>]/g) ?? [];
    expect(figures.length).toBeGreaterThan(0);
    expect(matches(page, /<svg role="img" [^>]*><title[^>]*>([^<]+)<\/title><desc/g)).toHaveLength(figures.length);
    expect(matches(page, /<desc[^>]*>([^<]{20,})<\/desc>/g)).toHaveLength(figures.length);
    expect(page).not.toMatch(/NaN|undefined|\[object/);
    expect(page.length).toBeLessThan(3_000_000);
  });

  it('refers to ids that exist, each once', async () => {
    const page = await renderReport(make());
    const ids = matches(page, /\bid="([^"]+)"/g);
    expect(new Set(ids).size).toBe(ids.length);
    const used = [...matches(page, /url\(#([^)]+)\)/g), ...matches(page, /href="#([^"]+)"/g)];
    expect(used.filter(id => !ids.includes(id))).toEqual([]);
  });
});

describe('report', () => {
  it('tells what was run, from where, and how to verify it', async () => {
    const page = await renderReport(twoPoints());
    expect(page).toContain(
      '1,000,000 agents in each of 16 worlds (2 points × 8 replicas), 200 steps with synchronous update',
    );
    expect(page).toContain('groundswell verify manifest.json');
    for (const fact of ['fedcba9876543210', '0123456789abcdef', 'Imaginary Accelerator 9', 'mean degree: 999,999']) {
      expect(page).toContain(fact);
    }
    expect(page).toContain('Dashed: mean field (Gauss 1809; exact).');
    expect(page).toContain('understate the spread');
  });

  it('compares final with initial states when starts vary, and only then', async () => {
    expect(await renderReport(manyPoints())).toContain('up: final against initial');
    expect(await renderReport(twoPoints())).not.toContain('final against initial');
  });

  it('marks interventions in every figure over time, and in no other', async () => {
    const retrain = {
      name: 'retrain',
      at: 50,
      until: 120,
      target: { place: 'random' as const, where: [], writtenAt: '' },
      set: {},
      does: [],
      about: '',
      cost: 0,
    };
    const interventions = [retrain];
    const told = async (input: ReportInput): Promise<[string, boolean][]> => {
      const page = await renderReport({ ...input, spec: { ...input.spec, interventions } });
      const figures = page.match(/<figure .*?<\/figure>/gs) ?? [];
      return figures.map(text => [/<section|<h3>([^<]*)</.exec(text)![1], text.includes('retrain (steps 50 to 120)')]);
    };
    expect(await told(opinions(1))).toEqual([
      ['polarisation', true],
      ['opinion over time', true],
      ['opinion at the end', false],
      ['polarisation at the end', false],
    ]);
  });

  it('escapes every text that it is given', async () => {
    const evil = `<b onload="x">&'`;
    const points = ['a', evil].map(preset => pointOf({ 'params.preset': preset, [`init.${evil}`]: preset }));
    const columns = [columnOf(evil, 'share'), columnOf(`${evil}.g`, 'mean', { measure: 'm', group: evil })];
    const input = madeInput({ points, replicas: 2, steps: 5, columns, value: () => 0.5, theory: () => 0.5 });
    const page = await renderReport({
      ...input,
      title: evil,
      about: evil,
      specText: evil,
      notes: [evil],
      theory: everyKind({ about: evil, source: evil, status: 'exact' }, columns[0].name),
      manifest: { ...input.manifest, seed: evil, status: 'interrupted', topology: { [evil]: evil } },
    });
    expect(page).not.toContain('<b ');
    expect(page).not.toMatch(/="[^"]*<b/);
    expect(page).toContain('&#60;b onload=&#34;x&#34;&#62;&#38;&#39;');
    expect(page).toContain('Interrupted.');
  });

  it('stands empty and undefined series', async () => {
    const columns = [columnOf('up', 'share'), columnOf('nobody', 'mean')];
    const made = { points: [pointOf({ a: 1 }), pointOf({ a: 2 })], replicas: 2, steps: 3, columns };
    const undefinedMean = madeInput({ ...made, value: ({ name }) => (name === 'up' ? 0.5 : Number.NaN) });
    const page = await renderReport(undefinedMean);
    expect(page).toMatch(/<td>–<\/td>/);
    expect(page).not.toContain('NaN');
    const empty = await renderReport(madeInput({ ...made, points: [], value: () => 0 }));
    expect(empty).toContain('No values were recorded.');
    expect(empty).not.toContain('<figure');
  });

  it('draws further figures, but loads nothing for them', async () => {
    const figure = {
      title: 'Phase diagram',
      caption: 'Two phases.',
      description: 'Where the order parameter vanishes.',
    };
    const mark = { mark: 'point' as const, encoding: { x: { field: 'a', type: 'quantitative' as const } } };
    const inline = { ...figure, spec: { data: { values: [{ a: 1 }] }, ...mark } };
    expect(await renderReport({ ...oneWorld(), figures: [inline] })).toContain('<h3>Phase diagram</h3>');
    const remote = { ...figure, spec: { data: { url: 'https://example.org/a.csv' }, ...mark } };
    const page = await renderReport({ ...oneWorld(), figures: [remote] });
    expect(page).not.toContain('example.org');
  });

  it('renders 216 worlds of 200 steps and 5 measures in seconds', async () => {
    const input = manyPoints();
    const start = performance.now();
    await renderReport(input);
    expect(performance.now() - start).toBeLessThan(15_000);
  });
});
