// Files that a command makes for the user to go on with. All or none: what is in the way is found before anything is written.
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { GroundswellError } from '../index.ts';

/**
 * Writes texts by file name into a folder, which is made if it is not there; returns their paths. Without `force` no file may exist; throws an input error
 * that names those that do.
 */
export function writeNewFiles(
  folder: string,
  files: Readonly<Record<string, string>>,
  { force = false }: { force?: boolean },
): string[] {
  const paths = Object.keys(files).map(name => join(folder, name));
  const existing = paths.filter(path => existsSync(path));
  if (existing.length > 0 && !force) {
    const [what, them] = existing.length === 1 ? ['file exists', 'it'] : ['files exist', 'them'];
    throw new GroundswellError({
      what: `the ${what} already`,
      where: existing.join(', '),
      hint: `choose another name or place, or replace ${them} with --force`,
    });
  }
  try {
    mkdirSync(folder, { recursive: true });
    // `wx`: a file that came into being since then is not lost either
    for (const [name, text] of Object.entries(files))
      writeFileSync(join(folder, name), text, { flag: force ? 'w' : 'wx' });
  } catch (cause) {
    const { code, path = folder } = cause as NodeJS.ErrnoException;
    throw new GroundswellError({ what: `cannot write (${code})`, where: path, cause });
  }
  return paths;
}
