// groundswell suite
import { join } from 'node:path';
import { Command } from 'commander';
import {
  type FailedScenario,
  formatInterval,
  formatSeconds,
  GroundswellError,
  openRunFolder,
  optional,
  RUN_FILES,
  renderSuite,
  runSuite,
  type ScenarioNumbers,
  type Suite,
  suiteRows,
  undoneText,
  writeComparison,
  writeEffects,
} from '../index.ts';
import { EXIT } from './exit.ts';
import { listenForInterrupts } from './interrupt.ts';
import {
  type EngineOptions,
  integerFrom,
  numberAbove,
  type SourceOptions,
  seed,
  withEngineOptions,
  withSourceOptions,
} from './options.ts';
import { readScenarios } from './scenario-files.ts';
import { knownModels } from './sources.ts';
import type { SetStatus } from './status.ts';
import { textTable } from './table.ts';
import { version } from './version.ts';

interface Options extends EngineOptions, SourceOptions {
  out: string;
  scale: number;
  replicas?: number;
  seed?: string | number;
  force?: boolean;
  quiet?: boolean;
}

export function suiteCommand(setStatus: SetStatus): Command {
  const command = new Command('suite')
    .description('run scenarios of risk against their controls, with their levers, on the same draws')
    .argument('[paths...]', 'specs with a `scenario`, or folders of them (default: those of the package)')
    .option('--scale <factor>', 'multiply the populations', numberAbove(0), 1)
    .option('--replicas <n>', 'replicas of every run, in place of the specs’', integerFrom(1));
  withEngineOptions(command).option('--seed <seed>', 'stands for the seed of the specs', seed);
  return withSourceOptions(command)
    .option('--out <dir>', 'where results are written', join('runs', 'suite'))
    .option('--force', 'replace earlier results there')
    .option('--quiet', 'print nothing but errors')
    .action((paths: string[], options: Options) => runCommand(paths, options, setStatus));
}

/** Nothing is on disk before the last scenario is done, so that an interrupt leaves nothing behind. */
async function runCommand(paths: readonly string[], options: Options, setStatus: SetStatus): Promise<void> {
  const { out, force, quiet, scale, replicas, engine, threads } = options;
  const interrupt = listenForInterrupts();
  try {
    const folder = openRunFolder(out, { force });
    const startedAt = new Date().toISOString();
    const specs = await readScenarios(paths, options);
    const suite = await runSuite(specs, {
      ...{ scale, replicas, engine, threads, seed: options.seed, models: await knownModels(options) },
      onScenario: (told, number, of) => {
        if (!quiet) console.error(`${number}/${of} ${progressText(told)}`);
      },
    });
    for (const { name, error } of suite.failed) {
      console.error(`error: ${name}: ${error instanceof GroundswellError ? error.message : `unexpected: ${error}`}`);
    }
    setStatus(suite.failed.length > 0 ? EXIT.failed : EXIT.done);
    if (suite.scenarios.length === 0) return;
    const manifest = { groundswell: version, command: 'suite', scale, replicas, seed: options.seed, startedAt, timings: { all: suite.seconds } }; // biome-ignore format: one thought
    writeComparison(folder, manifest, {
      [RUN_FILES.suite]: `${JSON.stringify(plain(suite), null, 1)}\n`,
      [RUN_FILES.effects]: writeEffects(suiteRows(suite)),
      [RUN_FILES.report]: await renderSuite(suite, { version }),
    });
    if (!quiet) console.log([suiteText(suite), '', `${formatSeconds(suite.seconds)}; ${join(out, RUN_FILES.report)}, ${RUN_FILES.suite}, ${RUN_FILES.effects}`].join('\n')); // biome-ignore format: one thought
  } finally {
    interrupt.release();
  }
}

/** Failures by their messages. */
function plain({ failed, ...rest }: Suite): object {
  return { ...rest, failed: failed.map(({ name, message }) => ({ name, message })) };
}

function progressText(told: ScenarioNumbers | FailedScenario): string {
  if ('error' in told) return `${told.name}: failed`;
  const { name, measure, headline, seconds } = told;
  return `${name}: ${measure} ${formatInterval(headline.lastQuarter.effect)}, ${formatSeconds(seconds)}`;
}

/** A row per scenario and lever. */
function suiteText({ scenarios }: Suite): string {
  const rows = scenarios.flatMap(({ name, measure, moves, headline, verdict, early, levers }) => [
    [name, `${measure} ${moves}`, formatInterval(headline.lastQuarter.effect), verdict, optional(early.shows), optional(early.half), ''], // biome-ignore format: one thought
    ...levers.map(lever => [`  ${lever.name}`, '', formatInterval(lever.headline.lastQuarter.effect), lever.verdict, '', '', undoneText(lever.undone)]), // biome-ignore format: one thought
  ]);
  return textTable([['scenario', 'measure', 'effect', 'verdict', 'seen from', 'half at', 'undone'], ...rows]);
}
