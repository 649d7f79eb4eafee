// effects.parquet, and the folder of a comparison: all files or none.
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parquetReadObjects } from 'hyparquet';
import { describe, expect, it, onTestFinished } from 'vitest';
import { comparisonManifest, effectRows } from '../../src/experiment/effect-rows.ts';
import { pairedEffect } from '../../src/experiment/paired.ts';
import type { MeasureEffect } from '../../src/experiment/paired-rows.ts';
import type { ComparisonFacts } from '../../src/experiment/sides.ts';
import { openRunFolder, readManifest, writeComparison, writeEffects } from '../../src/record/index.ts';
import { alteredEntries } from '../../src/record/manifest.ts';

const effect: MeasureEffect = {
  measure: 'up',
  point: 1,
  final: pairedEffect([1, 2, 3], [2, 4, 6]),
  lastQuarter: pairedEffect([1, 1], [1, 1]),
  onset: { differs: 3, first: 5, lasting: undefined },
  replicas: { a: [], b: [] },
  course: { steps: [], effects: [] },
};

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'groundswell-effects-'));
  onTestFinished(() => rmSync(made, { recursive: true, force: true }));
  return join(made, 'out');
}

describe('effects.parquet', () => {
  it('has two rows per effect: at the end and over the last quarter, divided by a span', async () => {
    const bytes = writeEffects(effectRows('params.q', effect, 0.5));
    const rows = await parquetReadObjects({ file: new Uint8Array(bytes).buffer });
    expect(rows).toHaveLength(2);
    expect(rows[0]).toMatchObject({ change: 'params.q', point: 1, measure: 'up', value: 'final', a: 2, b: 4, effect: 4, span: 0.5, replicas: 3, differs_from: 3, first_step: 5 }); // biome-ignore format: one thought
    expect(rows[0].half_width).toBeCloseTo((2 * 4.302653) / Math.sqrt(3), 5);
    expect(rows[0].lasting_from).toBeNaN();
    expect(rows[1]).toMatchObject({ value: 'last-quarter', effect: 0, half_width: 0 });
    expect(rows[1].effect_size).toBeNaN();
  });
});

describe('writeComparison', () => {
  const facts = { model: { name: 'm', about: '', source: 's' }, points: [{}], engine: { name: 'cpu', device: 'd', reason: 'r' }, sides: [] } as unknown as ComparisonFacts; // biome-ignore format: one thought
  const manifest = comparisonManifest('compare', facts, { version: '1.2.3', startedAt: new Date(0) });

  it('writes a manifest with checksums, which says that it is of no single run', () => {
    const path = folder();
    writeComparison(openRunFolder(path), manifest, { 'effects.parquet': new Uint8Array([1]), 'report.html': '<p>' });
    expect(readdirSync(path).sort()).toEqual(['effects.parquet', 'manifest.json', 'report.html']);
    const written = JSON.parse(readFileSync(join(path, 'manifest.json'), 'utf8'));
    expect(written).toMatchObject({ format: 1, command: 'compare', groundswell: '1.2.3', files: ['effects.parquet', 'report.html'] }); // biome-ignore format: one thought
    expect(alteredEntries(written)).toEqual([]);
    expect(alteredEntries({ ...written, seed: 9 })).toEqual(['seed']);
    expect(() => readManifest(path)).toThrow(
      /this is the manifest of a comparison \(groundswell compare\), not of one run/,
    );
    expect(() => openRunFolder(path)).toThrow(/this folder holds an earlier run/);
    openRunFolder(path, { force: true }).start();
    expect(readdirSync(path)).toEqual([]);
  });

  it('takes away what it wrote when something cannot be written', () => {
    const path = folder();
    const opened = openRunFolder(path);
    // a folder is in the way of the report
    mkdirSync(join(path, 'report.html'), { recursive: true });
    const blocked = { ...opened, start() {} };
    expect(() => writeComparison(blocked, manifest, { 'effects.parquet': 'x', 'report.html': 'y' })).toThrow(
      /cannot write/,
    );
    expect(readdirSync(path)).toEqual(['report.html']);
  });
});
