// The command line: commands in order, and the one place where errors end.
import { Command } from 'commander';
import { attributeCommand } from './attribute.ts';
import { benchCommand } from './bench.ts';
import { compareCommand } from './compare.ts';
import { devicesCommand } from './devices.ts';
import { EXIT, end, reportError } from './exit.ts';
import { explainCommand } from './explain.ts';
import { exportCommand } from './export.ts';
import { initCommand } from './init.ts';
import { interferenceCommand } from './interference.ts';
import { modelsCommand } from './models.ts';
import { recoverCommand } from './recover.ts';
import { runCommand } from './run.ts';
import { schemaCommand } from './schema.ts';
import type { SetStatus } from './status.ts';
import { suiteCommand } from './suite.ts';
import { verifyCommand } from './verify.ts';
import { version } from './version.ts';

/** Runs the command of `argv` (as `process.argv`) and sets the exit status: 0 done, 1 failed, 2 wrong input, 130 interrupted. */
export async function main(argv: readonly string[]): Promise<void> {
  // a reader that has seen enough, such as `head`, is no error
  process.stdout.on('error', error => {
    if ((error as NodeJS.ErrnoException).code === 'EPIPE') process.exit(EXIT.done);
    throw error;
  });
  let status: number = EXIT.done;
  const setStatus: SetStatus = result => {
    status = result;
  };
  const commands = [
    initCommand,
    runCommand,
    compareCommand,
    interferenceCommand,
    attributeCommand,
    suiteCommand,
    modelsCommand,
    explainCommand,
    devicesCommand,
    verifyCommand,
    recoverCommand,
    exportCommand,
    schemaCommand,
    benchCommand,
  ];
  const program = new Command('groundswell')
    .description(
      'Simulates millions of interacting AI agents, to find when aligned individuals become collectively misaligned.',
    )
    .version(version)
    .exitOverride();
  for (const command of commands) {
    // subcommands made apart do not inherit it
    program.addCommand(command(setStatus).exitOverride());
  }
  try {
    await program.parseAsync([...argv]);
  } catch (error) {
    status = reportError(error);
  }
  end(status);
}
