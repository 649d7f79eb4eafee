// A manifest is checked entry by entry, and a change by hand is named.
import { describe, expect, it } from 'vitest';
import { completeManifest, type Manifest, manifestText } from '../../src/record/index.ts';
import { alteredEntries, canonicalJson, parseManifest } from '../../src/record/manifest.ts';
import { draft } from './fixtures.ts';

const ending = { status: 'complete', steps: 9, digest: '0123456789abcdef', files: ['series.parquet'] } as const;
const manifest = completeManifest(draft, { ...ending, worldDigests: ['0000000000000001'] });
const parse = (value: unknown): Manifest => parseManifest(JSON.stringify(value), 'run/manifest.json');

describe('manifest', () => {
  it('comes back from its text, however the text is laid out', () => {
    expect(parseManifest(manifestText(manifest), 'm')).toEqual(manifest);
    const reversed = Object.fromEntries(Object.entries(manifest).reverse());
    expect(parse(reversed)).toEqual(manifest);
  });

  it('drops what is undefined and survives numbers that JSON has not', () => {
    const odd = completeManifest({ ...draft, reasons: undefined, topology: { clustering: Number.NaN } }, ending);
    expect(parseManifest(manifestText(odd), 'm')).toEqual(odd);
    expect(odd.topology).toEqual({ clustering: null });
  });

  it('leaves out world digests that are too many', () => {
    const many = completeManifest(draft, { ...ending, worldDigests: Array(4097).fill('0000000000000001') });
    expect(many.worldDigests).toBeUndefined();
  });

  it.each([
    ['seed', { seed: 'b' }],
    ['spec', { spec: { ...(manifest.spec as object), population: 101 } }],
    ['digest', { digest: '0123456789abcdee' }],
    ['notes', { notes: ['all is well'] }],
  ])('names %s when it was altered', (name, change) => {
    expect(() => parse({ ...manifest, ...change })).toThrow(
      `run/manifest.json: the manifest was altered after it was written, in "${name}"`,
    );
  });

  it('names an entry that was taken away', () => {
    const { worldDigests: _, ...rest } = manifest;
    expect(alteredEntries(rest)).toEqual(['worldDigests']);
  });

  it.each([
    ['not JSON', '{"format": 1,', /expected a manifest.json written by groundswell run, got not JSON/],
    ['another file', '{"name": "groundswell"}', /got format: /],
    ['a list', '[]', /expected a manifest.json/],
    ['null', 'null', /expected a manifest.json/],
    ['a later format', '{"format": 2}', /expected format 1, got format 2/],
    ['a wrong entry', JSON.stringify({ ...manifest, worlds: -1 }), /got worlds: too small/],
    [
      'a wrong digest',
      JSON.stringify({ ...manifest, digest: 'xyz' }),
      /got digest: expected 16 or 32 hexadecimal digits/,
    ],
  ])('refuses %s', (_, text, message) => {
    expect(() => parseManifest(text, 'm')).toThrow(message);
  });

  it('has one text for one value', () => {
    expect(canonicalJson({ b: [1, { d: 'x', c: null }], a: undefined, A: -0.5 })).toBe(
      '{"A":-0.5,"b":[1,{"c":null,"d":"x"}]}',
    );
  });
});
