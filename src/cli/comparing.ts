// What the commands that run paired worlds share: options, and writing all files or none.
import { join } from 'node:path';
import type { Command } from 'commander';
import { stringify } from 'yaml';
import {
  type ComparisonFacts,
  type ComparisonWords,
  comparisonManifest,
  type EffectRow,
  formatSeconds,
  openRunFolder,
  RUN_FILES,
  type SideOptions,
  type SpecLike,
  writeComparison,
  writeEffects,
} from '../index.ts';
import { EXIT } from './exit.ts';
import { listenForInterrupts } from './interrupt.ts';
import {
  collect,
  type EngineOptions,
  integerFrom,
  type SourceOptions,
  seed,
  withEngineOptions,
  withSourceOptions,
} from './options.ts';
import { showProgress } from './progress.ts';
import { filesBeside, knownModels, readSpec, specName } from './sources.ts';
import type { SetStatus } from './status.ts';
import { textTable } from './table.ts';
import { version } from './version.ts';

export interface ComparingOptions extends EngineOptions, SourceOptions {
  both: string[];
  seed?: string | number;
  replicas?: number;
  out?: string;
  force?: boolean;
  quiet?: boolean;
  json?: boolean;
}

/** A command of paired runs: what it does with a spec, and how what it found is told. */
export interface Comparing<Found extends ComparisonFacts> {
  name: string;
  work(spec: SpecLike, options: SideOptions): Promise<Found>;
  rows(found: Found): EffectRow[];
  render(found: Found, words: ComparisonWords): Promise<string>;
  /** Tables for standard output. */
  text(found: Found): string;
  /** What the manifest says of this command's own options. */
  manifest: Record<string, unknown>;
}

export function withComparingOptions(command: Command): Command {
  command.argument('<spec>', 'file of the spec, in YAML or JSON');
  command.option('--both <path=value>', 'change a part of the spec in every run; repeatable', collect, []);
  command.option('--replicas <n>', 'replicas of every run, in place of the spec’s', integerFrom(1));
  withEngineOptions(command).option('--seed <seed>', 'stands for the seed of the spec', seed);
  return withSourceOptions(command)
    .option('--out <dir>', `where results are written (default: runs/, the name of the spec and -${command.name()})`)
    .option('--force', 'replace earlier results there')
    .option('--quiet', 'print nothing but errors')
    .option('--json', 'print the results as JSON');
}

/** Runs a command of paired runs. Nothing is on disk before its last run is done, so that an interrupt leaves nothing behind. */
export async function runComparing<Found extends ComparisonFacts>(
  file: string,
  options: ComparingOptions,
  setStatus: SetStatus,
  { name, work, rows, render, text, manifest }: Comparing<Found>,
): Promise<void> {
  const interrupt = listenForInterrupts();
  const progress = showProgress(options.quiet);
  try {
    const out = options.out ?? join('runs', `${specName(file)}-${name}`);
    const folder = openRunFolder(out, { force: options.force });
    const startedAt = new Date();
    const found = await work(await readSpec(file), {
      models: await knownModels(options),
      set: options.both,
      seed: options.seed,
      replicas: options.replicas,
      readFile: filesBeside(file, options),
      engine: options.engine,
      threads: options.threads,
      onProgress: progress.update,
    }).finally(progress.stop);
    const effects = rows(found);
    const specText = stringify(found.sides[0].spec);
    const report = await render(found, { title: specName(file), specText, version });
    writeComparison(folder, comparisonManifest(name, found, { version, specFile: file, startedAt, ...manifest }), {
      [RUN_FILES.effects]: writeEffects(effects),
      [RUN_FILES.report]: report,
    });
    print(found, effects, text(found), out, options);
    setStatus(EXIT.done);
  } finally {
    progress.stop();
    interrupt.release();
  }
}

function print(
  found: ComparisonFacts,
  effects: EffectRow[],
  text: string,
  out: string,
  { json, quiet }: ComparingOptions,
): void {
  const { seconds, engine, sides, notes } = found;
  if (json) {
    console.log(JSON.stringify({ out, engine: engine.name, seconds, sides: sides.map(({ label, digest }) => ({ label, digest })), effects, notes }, null, 2)); // biome-ignore format: one thought
    return;
  }
  if (quiet) return;
  const facts = [
    ['time', `${formatSeconds(seconds)} for ${sides.length} runs on ${engine.name} (${engine.device})`],
    ['files', `${join(out, RUN_FILES.manifest)}, ${RUN_FILES.effects}, ${RUN_FILES.report}`],
  ];
  console.log([text, '', textTable(facts), ...notes.map(note => `note: ${note}`)].join('\n'));
}
