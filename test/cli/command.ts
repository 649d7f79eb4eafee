// Runs the built command as a user does, in a folder of its own.
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

const ENTRY = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));
/** The built library, for modules that a test writes. */
export const LIBRARY_URL = new URL('../../dist/index.js', import.meta.url).href;

export interface Finished {
  status: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
}

export interface Started {
  child: ChildProcess;
  finished: Promise<Finished>;
}

/** Starts `groundswell` with arguments in a folder; `entry` is its file. */
export function start(
  folder: string,
  args: readonly string[],
  env: Record<string, string> = {},
  entry = ENTRY,
): Started {
  if (!existsSync(entry)) throw new Error(`${entry} is missing: run \`npm run build\` first (npm test does)`);
  const child = spawn(process.execPath, [entry, ...args], { cwd: folder, env: { ...process.env, ...env } });
  const parts = { stdout: '', stderr: '' };
  child.stdout.on('data', data => {
    parts.stdout += data;
  });
  child.stderr.on('data', data => {
    parts.stderr += data;
  });
  const finished = new Promise<Finished>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (status, signal) => resolve({ status, signal, ...parts }));
  });
  return { child, finished };
}

/** Runs `groundswell` to its end. */
export function groundswell(folder: string, ...args: string[]): Promise<Finished> {
  return start(folder, args).finished;
}

/** A temporary folder with these files, removed after the test (which passes its own `whenFinished` if it runs beside others). */
export function folderWith(files: Readonly<Record<string, string>> = {}, whenFinished = onTestFinished): string {
  const folder = mkdtempSync(join(tmpdir(), 'groundswell-cli-'));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  whenFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Waits until something holds; fails after ten seconds. */
export async function until(holds: () => boolean): Promise<void> {
  const end = performance.now() + 10_000;
  while (!holds()) {
    if (performance.now() > end) throw new Error('waited in vain');
    await new Promise(resolve => setTimeout(resolve, 20));
  }
}

/** A spec that takes a moment. */
export const SMALL = `model: noisy-q-voter
population: 200
replicas: 3
steps: 20
params: { q: 2, independence: [0.1, 0.5] }
seed: 5
`;
