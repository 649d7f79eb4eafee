// groundswell interference
import { Command } from 'commander';
import {
  derivativeText,
  effectRows,
  formatNumber,
  type InterferenceMatrix,
  interferenceMatrix,
  renderInterference,
} from '../index.ts';
import { type ComparingOptions, runComparing, withComparingOptions } from './comparing.ts';
import { numberAbove } from './options.ts';
import type { SetStatus } from './status.ts';
import { textTable } from './table.ts';

interface Options extends ComparingOptions {
  by: number;
}

export function interferenceCommand(setStatus: SetStatus): Command {
  const command = new Command('interference').description(
    'measure how far each weight of a model moves each of its alignments, by paired differences',
  );
  return withComparingOptions(command)
    .option('--by <step>', 'how far a weight is moved to either side', numberAbove(0), 0.01)
    .action((file: string, { by, ...options }: Options) =>
      runComparing<InterferenceMatrix>(file, options, setStatus, {
        name: 'interference',
        work: (spec, sides) => interferenceMatrix(spec, { ...sides, by }),
        rows: ({ derivatives, weights }) =>
          derivatives.flatMap(({ weight, effect, span }) => {
            const param = weights.find(({ label }) => label === weight)!.param;
            return effectRows(`params.${param}`, effect, span);
          }),
        render: renderInterference,
        text: matrixText,
        manifest: { by },
      }),
    );
}

/** A row per alignment, a column per weight, for every point. */
function matrixText({ derivatives, weights, declared, points }: InterferenceMatrix): string {
  const tables = points.map((varied, point) => {
    const rows = Object.keys(declared.alignments).map(alignment => [
      alignment,
      ...weights.map(({ label }) => {
        const found = derivatives.find(entry => entry.point === point && entry.alignment === alignment && entry.weight === label); // biome-ignore format: one thought
        return found ? derivativeText(found.final, found.effect.final) : '–';
      }),
    ]);
    const name = Object.entries(varied).map(([path, value]) => `${path} ${typeof value === 'number' ? formatNumber(value) : value}`).join(', '); // biome-ignore format: one thought
    return [
      ...(name === '' ? [] : ['', name]),
      textTable([['', ...weights.map(({ label }) => `∂ ${label}`)], ...rows]),
    ];
  });
  return ['final change of alignment per unit of weight ± 95 %', ...tables.flat()].join('\n');
}
