// What numbers are of: machine, versions, commit. No names of people or hosts.
import { execFileSync } from 'node:child_process';
import os from 'node:os';
import { nvidiaGpu } from './contenders.mjs';

const output = (command, ...args) => {
  try {
    return execFileSync(command, args, { stdio: 'pipe', cwd: import.meta.dirname })
      .toString()
      .trim();
  } catch {
    return undefined;
  }
};

export function machine(python) {
  return {
    processor: os.cpus()[0].model.trim(),
    cores: os.availableParallelism(),
    memoryGiB: Math.round(os.totalmem() / 2 ** 30),
    system: `${os.platform()} ${os.arch()}`,
    gpu: nvidiaGpu().name,
    node: process.version,
    gcc: output('gcc', '-dumpfullversion'),
    python: output(python, '-c', 'import platform; print(platform.python_version())'),
    loadAtStart: Number(os.loadavg()[0].toFixed(2)),
  };
}

/** The commit, and whether something else than results was changed since. */
export function commit() {
  const changed = output('git', 'status', '--porcelain', '--', ':/', ':(top,exclude)bench/results');
  return {
    commit: output('git', 'rev-parse', '--short', 'HEAD'),
    changed: changed === undefined ? undefined : changed !== '',
  };
}
