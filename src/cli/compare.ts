// groundswell compare
import { Command } from 'commander';
import {
  CHANGE_KINDS,
  type Change,
  type Comparison,
  compare,
  describeChange,
  effectCells,
  effectRows,
  effectsByMeasure,
  formatNumber,
  GroundswellError,
  onsetText,
  percent,
  renderComparison,
} from '../index.ts';
import { type ComparingOptions, runComparing, withComparingOptions } from './comparing.ts';
import { collect } from './options.ts';
import type { SetStatus } from './status.ts';
import { textTable } from './table.ts';

interface Options extends ComparingOptions {
  with: string[];
  set: string[];
}

export function compareCommand(setStatus: SetStatus): Command {
  const command = new Command('compare').description(
    'run a spec without and with a change, on the same draws, and write the paired effects on every measure',
  );
  return withComparingOptions(command)
    .requiredOption(
      '--with <kind...>',
      'what side b has and side a has not: `intervention`, then names of the spec’s interventions (default all); `parameter` or `structure`, with --set',
    )
    .option('--set <path=value>', 'what side b has: params and init, or the structure; repeatable', collect, [])
    .action((file: string, options: Options) => {
      const change = changeOf(options);
      return runComparing<Comparison>(file, options, setStatus, {
        name: 'compare',
        work: (spec, sides) => compare(spec, change, sides),
        rows: found => found.effects.flatMap(effect => effectRows(describeChange(change), effect)),
        render: renderComparison,
        text: effectsText,
        manifest: { change },
      });
    });
}

function changeOf({ with: [kind, ...names], set }: Options): Change {
  const found = CHANGE_KINDS.find(known => known === kind);
  if (!found) {
    const expected = `one of ${CHANGE_KINDS.join(', ')}`;
    throw new GroundswellError({ what: 'nothing to compare with', where: '--with', expected, got: `"${kind}"` });
  }
  if (found !== 'intervention' && names.length > 0) {
    const hint = `write --with ${found} --set path=value`;
    throw new GroundswellError({ what: `unexpected "${names.join(' ')}"`, where: `--with ${found}`, hint });
  }
  if (found !== 'intervention') return { kind: found, set };
  if (set.length > 0) {
    const hint = 'what both sides share is changed by --both';
    throw new GroundswellError({ what: '--set has no part in it', where: '--with intervention', hint });
  }
  return { kind: found, names };
}

/** A row per point and measure. */
function effectsText({ effects, points, sides, identical }: Comparison): string {
  const paths = [...new Set(points.flatMap(varied => Object.keys(varied)))];
  const value = (entry: number | string | undefined): string => (typeof entry === 'number' ? formatNumber(entry) : (entry ?? '')); // biome-ignore format: one thought
  const rows = [...effectsByMeasure({ effects }).values()].flat().map(effect => {
    const { measure, point, final } = effect;
    const found = [...effectCells(effect), percent(final.varianceRemoved), onsetText(effect)];
    return [...paths.map(path => value(points[point][path])), measure, ...found];
  });
  const heads = [...paths, 'measure', 'side a', 'side b', 'effect', 'last quarter', 'd', 'var. removed', 'shows'];
  return [
    `a: ${sides[0].label}; b: ${sides[1].label}`,
    identical
      ? 'Both sides are the same run: every effect is exactly zero, with an empty interval.'
      : 'final means ± 95 %; effect: b − a, paired',
    '',
    textTable([heads, ...rows]),
  ].join('\n');
}
