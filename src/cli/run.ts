// groundswell run
import { join } from 'node:path';
import { Command } from 'commander';
import { openRunFolder, type Prepared, prepare, type Recorded, recordRun, start } from '../index.ts';
import { printEstimate } from './estimate.ts';
import { EXIT, reportError } from './exit.ts';
import { listenForInterrupts } from './interrupt.ts';
import {
  CHECKED,
  type EngineOptions,
  type SpecOptions,
  seed,
  withEngineOptions,
  withSetOption,
  withSourceOptions,
  workgroupSize,
} from './options.ts';
import { showProgress } from './progress.ts';
import { drawReport } from './report.ts';
import { resultsJson, resultsText, type Summary, summarize } from './results.ts';
import { filesBeside, knownModels, readSpec, specName } from './sources.ts';
import type { SetStatus } from './status.ts';
import { version } from './version.ts';

interface Options extends EngineOptions, SpecOptions {
  out?: string;
  dry?: boolean;
  quiet?: boolean;
  json?: boolean;
  force?: boolean;
  checked?: boolean;
  workgroupSize?: number;
}

export function runCommand(setStatus: SetStatus): Command {
  const command = new Command('run')
    .description('run a spec and write manifest.json, series.parquet and report.html')
    .argument('<spec>', 'file of the spec, in YAML or JSON')
    .option('--out <dir>', 'where results are written (default: runs/ and the name of the spec)')
    .option('--force', 'replace the results of an earlier run there');
  withSetOption(withEngineOptions(command)).option('--seed <seed>', 'stands for the seed of the spec', seed);
  return withSourceOptions(command)
    .option('--workgroup-size <n>', 'invocations per workgroup on a GPU; changes no result', workgroupSize)
    .option('--checked', CHECKED)
    .option('--dry', 'print the plan, its memory and the time that it would take; write nothing')
    .option('--quiet', 'print nothing but errors')
    .option('--json', 'print the results as JSON')
    .action(async (file: string, options: Options) => setStatus(await run(file, options)));
}

async function run(file: string, options: Options): Promise<number> {
  const interrupt = listenForInterrupts();
  try {
    if (options.dry) {
      await printEstimate(await prepareSpec(file, options), options);
      return EXIT.done;
    }
    const out = options.out ?? join('runs', specName(file));
    const folder = openRunFolder(out, { force: options.force });
    const prepared = await prepareSpec(file, options);
    const begun = performance.now();
    await using world = await start(prepared, options);
    const loadSeconds = (performance.now() - begun) / 1000;
    const progress = showProgress(options.quiet);
    const recorded = await recordRun(world, folder, {
      version,
      specFile: file,
      loadSeconds,
      signal: interrupt.beginRecording(),
      onProgress: progress.update,
      report: drawReport(specName(file)),
    }).finally(progress.stop);
    print(summarize(recorded, world, out), options);
    return statusOf(recorded);
  } finally {
    interrupt.release();
  }
}

async function prepareSpec(file: string, options: Options): Promise<Prepared> {
  const input = await readSpec(file);
  return prepare(input, {
    models: await knownModels(options),
    set: options.set,
    seed: options.seed,
    readFile: filesBeside(file, options),
    workgroupSize: options.workgroupSize,
    checked: options.checked,
  });
}

/** A failure of a started run has status 1, whatever its kind. */
function statusOf({ failure, manifest }: Recorded): number {
  if (failure === undefined) return manifest.status === 'interrupted' ? EXIT.interrupted : EXIT.done;
  reportError(failure);
  return EXIT.failed;
}

function print(summary: Summary, { json, quiet }: Options): void {
  if (json) console.log(JSON.stringify(resultsJson(summary), null, 2));
  else if (!quiet) console.log(resultsText(summary));
}
