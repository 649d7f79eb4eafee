// docs/spec.md: every YAML block is read with the test's model, so that the reference cannot name a key that is not there.
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { readObject } from './read.ts';

const text = readFileSync(new URL('../../docs/spec.md', import.meta.url), 'utf8');
const blocks = [...text.matchAll(/```yaml\n(.*?)```/gs)].map(([, block]) => parse(block) as Record<string, unknown>);

it.each(blocks.map(block => [Object.keys(block).join(', '), block]))('docs/spec.md: %s', (_, block) => {
  const { model: _model, ...rest } = block as Record<string, unknown>;
  const { groups = undefined } = (rest.topology ?? {}) as { groups?: object };
  expect(readObject({ ...(groups ? {} : { groups: { a: 1 } }), ...rest }).steps).toBeGreaterThan(0);
});

it('docs/spec.md names every key', () => {
  const keys = Object.keys(readObject({ record: ['opinion'] }));
  for (const key of keys.filter(name => name !== 'points'))
    expect(text).toMatch(new RegExp(`^\\| \`${key}\` +\\|`, 'm'));
});
