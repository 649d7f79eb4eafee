// SIGINT and SIGTERM. Before a run records, the first one ends the process; after that the first ends the run, so that its records are kept, and the second
// the process (the journal remains for `groundswell recover`).
import { EXIT } from './exit.ts';

export interface Interrupt {
  /** Aborted by the first signal after this call. */
  beginRecording(): AbortSignal;
  /** Back to how Node does it. */
  release(): void;
}

export function listenForInterrupts(): Interrupt {
  const controller = new AbortController();
  let recording = false;
  const onSignal = (): void => {
    if (!recording || controller.signal.aborted) process.exit(EXIT.interrupted);
    process.stderr.write('\ninterrupted: writing what was recorded (once more to stop at once)\n');
    controller.abort();
  };
  const signals = ['SIGINT', 'SIGTERM'] as const;
  for (const signal of signals) process.on(signal, onSignal);
  return {
    beginRecording() {
      recording = true;
      return controller.signal;
    },
    release() {
      for (const signal of signals) process.off(signal, onSignal);
    },
  };
}
