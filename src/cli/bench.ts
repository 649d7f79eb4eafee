// groundswell bench
import { existsSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { Command } from 'commander';
import { type BenchResult, GroundswellError, runBench, suggest, type Workload, workloads } from '../index.ts';
import { measureMemory } from './bench/memory.ts';
import { type BenchReport, benchText, describeMachine, shareOfMemory } from './bench/report.ts';
import { EXIT } from './exit.ts';
import { writeNewFiles } from './new-files.ts';
import { type EngineOptions, integerFrom, withEngineOptions } from './options.ts';
import type { SetStatus } from './status.ts';

interface Options extends EngineOptions {
  quick?: boolean;
  only?: string[];
  rounds?: number;
  json?: boolean;
  out?: string;
  force?: boolean;
}

export function benchCommand(setStatus: SetStatus): Command {
  const command = new Command('bench').description(
    'measure what the engines of this machine compute per second, after comparing their answers',
  );
  return withEngineOptions(command)
    .option('--quick', 'sizes about 32 times smaller: within half a minute')
    .option('--only <workload...>', `some of ${workloads.map(({ name }) => name).join(', ')}`)
    .option('--rounds <n>', 'how often each contender is timed (default: 5, quick 3)', integerFrom(1))
    .option('--json', 'print all rounds as JSON')
    .option('--out <file.json>', 'write all rounds as JSON')
    .option('--force', 'replace the file')
    .action(async (options: Options) => {
      const chosen = chooseWorkloads(options.only);
      if (options.out !== undefined && !options.force) refuseExisting(options.out);
      const found = await runBench({ ...options, workloads: chosen, onProgress: showProgress });
      const report = await withMachine(found);
      if (process.stderr.isTTY) process.stderr.write(CLEAR);
      const json = JSON.stringify(withShares(report), null, 2);
      if (options.out !== undefined) writeNewFiles(dirname(options.out), { [basename(options.out)]: `${json}\n` }, options); // biome-ignore format: one thought
      console.log(options.json ? json : benchText(report));
      if (found.workloads.some(({ failure }) => failure !== undefined)) setStatus(EXIT.failed);
    });
}

function chooseWorkloads(names: readonly string[] = workloads.map(({ name }) => name)): Workload[] {
  const known = workloads.map(({ name }) => name);
  for (const name of names) {
    if (known.includes(name)) continue;
    const expected = `some of ${known.join(', ')}`;
    throw new GroundswellError({
      what: 'unknown workload',
      where: '--only',
      expected,
      got: `"${name}"`,
      hint: suggest(name, known),
    });
  }
  return workloads.filter(({ name }) => names.includes(name));
}

/** Before the minutes that it takes, not after. */
function refuseExisting(file: string): void {
  if (!existsSync(file)) return;
  throw new GroundswellError({
    what: 'the file exists already',
    where: file,
    hint: 'choose another name or place, or replace it with --force',
  });
}

async function withMachine(found: BenchResult): Promise<BenchReport> {
  const counts = new Set(found.contenders.flatMap(({ threads }) => threads ?? []));
  const memory: BenchReport['memory'] = [];
  for (const threads of counts) memory.push(await measureMemory(threads));
  return { machine: describeMachine(), memory, ...found };
}

/** With each contender's share of the memory's rate, where it was measured. */
function withShares(report: BenchReport): BenchReport {
  const workloadsWithShares = report.workloads.map(workload => ({
    ...workload,
    contenders: workload.contenders.map(contender => ({
      ...contender,
      shareOfMemory: shareOfMemory(contender, report.memory),
    })),
  }));
  return { ...report, workloads: workloadsWithShares };
}

const CLEAR = '\r\u001b[K';

function showProgress(workload: string, contender: string, round: number): void {
  if (process.stderr.isTTY) process.stderr.write(`${CLEAR}${workload}, ${contender}, round ${round + 1}`);
}
