// How far a run is, on standard error: a bar on a terminal, a line now and then elsewhere.
import { Presets, SingleBar } from 'cli-progress';
import { formatCount, formatSeconds, type Progress } from '../index.ts';

export interface ProgressDisplay {
  update(progress: Progress): void;
  stop(): void;
}

/** Seconds between two lines where there is no terminal. */
const LINE_SECONDS = 10;

export function showProgress(quiet: boolean | undefined): ProgressDisplay {
  if (quiet) return { update() {}, stop() {} };
  return process.stderr.isTTY ? bar() : lines();
}

function bar(): ProgressDisplay {
  const single = new SingleBar(
    {
      format: '{bar} {percentage} %  step {value} of {total}  {eta_formatted} left',
      stream: process.stderr,
      hideCursor: true,
    },
    Presets.shades_classic,
  );
  let started = false;
  return {
    update({ step, steps }) {
      if (!started) single.start(steps, step);
      else single.update(step);
      started = true;
    },
    stop() {
      if (started) single.stop();
    },
  };
}

function lines(): ProgressDisplay {
  const begun = performance.now();
  let last = begun;
  return {
    update({ step, steps }) {
      const now = performance.now();
      if (now - last < 1000 * LINE_SECONDS || step === 0 || step === steps) return;
      last = now;
      const left = (((now - begun) / step) * (steps - step)) / 1000;
      console.error(`step ${formatCount(step)} of ${formatCount(steps)}, about ${formatSeconds(left)} left`);
    },
    stop() {},
  };
}
