// The other pages: what they link to is there, figures are small and say what they show, and the runs that they tell of can be planned.
import { existsSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { blocksOf, commandsOf, groundswell, ROOT, readPage, workFolder } from './blocks.ts';

const PAGES = [
  'docs/first-run.md',
  'docs/adding-a-rule.md',
  'docs/reading-results.md',
  'docs/updates.md',
  'docs/wgsl.md',
  'docs/checking.md',
  'docs/policy-tables.md',
  'docs/interventions.md',
  'docs/comparing.md',
  'docs/tri-alignment.md',
  'docs/scenarios.md',
  'docs/benchmarking.md',
  'docs/performance.md',
];
const MOST_FIGURE_BYTES = 60_000;

const { folder, remove } = workFolder();
afterAll(remove);

describe.each(PAGES)('%s', page => {
  const text = readPage(page);
  const links = [...text.matchAll(/(!?)\[([^\]]*)\]\((?!https?:)([^)#]+)/g)].map(([, image, words, path]) => ({
    isImage: image === '!',
    words,
    path: join(ROOT, dirname(page), path),
  }));

  test('links to files that exist', () => {
    expect(links.filter(({ path }) => !existsSync(path))).toEqual([]);
  });

  test('figures are small and have a text', () => {
    for (const { words, path } of links.filter(({ isImage }) => isImage)) {
      expect(statSync(path).size, path).toBeLessThan(MOST_FIGURE_BYTES);
      expect(words.length, path).toBeGreaterThan(60);
    }
  });

  // a run with files that are not part of the package is read no further
  const runs = blocksOf(text)
    .filter(({ language }) => language === 'sh')
    .flatMap(block => commandsOf(block.text))
    .filter(([command, spec]) => command === 'run' && spec.startsWith('examples/'))
    .filter(words => !words.includes('--data'));
  for (const [, spec, ...options] of runs) {
    test(`run ${spec} ${options.join(' ')}`, async () => {
      const changes = options.flatMap((word, i) => (word === '--set' ? [word, options[i + 1]] : []));
      const { status, output } = await groundswell(folder, ['explain', spec, ...changes, '--set', 'population=1000']);
      expect(status, output).toBe(0);
    });
  }
});
