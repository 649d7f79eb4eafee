// A folder in which the package is installed as `npm install` of its tarball would leave it: only what is packed, and what that depends on.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../docs/blocks.ts';
import { type Finished, start } from './command.ts';

export interface Installed {
  folder: string;
  /** Runs the packed command in the folder. */
  groundswell(...args: string[]): Promise<Finished>;
  remove(): void;
}

/** Packs and unpacks; nothing is downloaded, since the dependencies are those of this checkout. */
export function installedFolder(): Installed {
  const folder = mkdtempSync(join(tmpdir(), 'groundswell-installed-'));
  const modules = join(folder, 'node_modules');
  const place = join(modules, 'groundswell');
  mkdirSync(place, { recursive: true });
  const pack = ['pack', '--ignore-scripts', '--silent', '--pack-destination', folder];
  const tarball = execFileSync('npm', pack, { cwd: ROOT, encoding: 'utf8' }).trim().split('\n').at(-1)!;
  execFileSync('tar', ['xzf', join(folder, tarball), '-C', place, '--strip-components=1']);
  rmSync(join(folder, tarball));
  for (const name of readdirSync(join(ROOT, 'node_modules')))
    if (!name.startsWith('.')) symlinkSync(join(ROOT, 'node_modules', name), join(modules, name));
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }\n');
  return {
    folder,
    groundswell: (...args) => start(folder, args, {}, join(place, 'dist/cli.js')).finished,
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
