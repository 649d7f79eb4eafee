// groundswell attribute
import { Command, Option } from 'commander';
import {
  type Attribution,
  attribute,
  effectRows,
  effectText,
  formatInterval,
  formatNumber,
  onsetText,
  optional,
  PART_KINDS,
  type Part,
  partLabel,
  rankedParts,
  renderAttribution,
} from '../index.ts';
import { type ComparingOptions, runComparing, withComparingOptions } from './comparing.ts';
import type { SetStatus } from './status.ts';
import { textTable } from './table.ts';

interface Options extends ComparingOptions {
  measure?: string[];
  only?: Part['kind'][];
}

export function attributeCommand(setStatus: SetStatus): Command {
  const command = new Command('attribute').description(
    'switch off every mechanism, group and class of relations of a run, one at a time, and rank what that changes',
  );
  return withComparingOptions(command)
    .option('--measure <name...>', 'measures to look at (default: those of the whole population)')
    .addOption(new Option('--only <kind...>', 'kinds of parts to switch off (default: all)').choices(PART_KINDS))
    .action((file: string, { measure: measures, only: kinds, ...options }: Options) =>
      runComparing<Attribution>(file, options, setStatus, {
        name: 'attribute',
        work: (spec, sides) => attribute(spec, { ...sides, measures, kinds }),
        rows: ({ parts }) => parts.flatMap(({ effects, ...part }) => effects.flatMap(effect => effectRows(partLabel(part), effect))), // biome-ignore format: one thought
        render: renderAttribution,
        text: rankedText,
        manifest: { measures, only: kinds },
      }),
    );
}

/** For every measure and point, the parts by the size of their effects. */
function rankedText({ measures, parts, points }: Attribution): string {
  const tables = measures.flatMap(measure =>
    points.map((varied, point) => {
      const rows = rankedParts(parts, measure, point).map(({ part, effect }) => [
        partLabel(part),
        formatInterval(effect.final.b),
        effectText(effect.final),
        effectText(effect.lastQuarter),
        optional(effect.final.size),
        onsetText(effect),
      ]);
      const at = Object.entries(varied).map(([path, value]) => `, ${path} ${typeof value === 'number' ? formatNumber(value) : value}`).join(''); // biome-ignore format: one thought
      return ['', textTable([[`${measure}${at}`, 'without', 'effect', 'last quarter', 'd', 'shows'], ...rows])].join(
        '\n',
      );
    }),
  );
  return ['final means ± 95 %; effect: without the part − as written, paired', ...tables].join('\n');
}
