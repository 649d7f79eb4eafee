// How the process ends: exit status and error messages.
import { CommanderError } from 'commander';
import { GroundswellError } from '../index.ts';

export const EXIT = { done: 0, failed: 1, badInput: 2, interrupted: 130 } as const;

/** Milliseconds that whatever is still open (a device, a thread) may take to close when a command is done. */
const GRACE = 5000;

/** Says what went wrong, once, on standard error; returns the exit status. */
export function reportError(error: unknown): number {
  if (error instanceof CommanderError) {
    // commander has written its message; help and version are no errors
    return error.exitCode === 0 ? EXIT.done : EXIT.badInput;
  }
  if (error instanceof GroundswellError) {
    console.error(`error: ${error.message}`);
    if (debugging()) console.error(error);
    return error.kind === 'input' ? EXIT.badInput : EXIT.failed;
  }
  const message = error instanceof Error ? error.message : String(error);
  const hint = 'This is a fault of groundswell; GROUNDSWELL_DEBUG=1 shows where';
  console.error(debugging() ? error : `error: unexpected: ${message}. ${hint}`);
  return EXIT.failed;
}

/** Sets the exit status and lets the process end, by force if something stays open. */
export function end(status: number): void {
  process.exitCode = status;
  setTimeout(() => process.exit(), GRACE).unref();
}

function debugging(): boolean {
  return Boolean(process.env.GROUNDSWELL_DEBUG);
}
