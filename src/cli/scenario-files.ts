// Which files `groundswell suite` reads: those named, those of a folder that have a scenario, or the ones that come with the package.
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { GroundswellError, hasScenario, type NamedSpec } from '../index.ts';
import type { SourceOptions } from './options.ts';
import { filesBeside, readSpec, specName } from './sources.ts';
import { PACKAGE } from './version.ts';

/** The folder of scenarios in the package. */
const OWN = fileURLToPath(new URL('examples/scenarios/', PACKAGE));

/** The specs at some paths; of none, the package's own. */
export async function readScenarios(paths: readonly string[], options: SourceOptions): Promise<NamedSpec[]> {
  const specs: NamedSpec[] = [];
  for (const path of paths.length > 0 ? paths : [OWN]) {
    const folder = statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
    const found: NamedSpec[] = [];
    for (const file of folder ? specsIn(path) : [path]) {
      const spec = await readSpec(file);
      // a folder may hold other specs; a file that is named has to be a scenario
      if (folder && !mayBeScenario(spec.text)) continue;
      found.push({ name: specName(file), spec, options: { readFile: filesBeside(file, options) } });
    }
    if (found.length === 0) {
      const expected = 'specs with a key `scenario`';
      throw new GroundswellError({ what: 'no scenario in this folder', where: path, expected });
    }
    specs.push(...found);
  }
  return specs;
}

function specsIn(folder: string): string[] {
  return readdirSync(folder)
    .filter(name => /\.(ya?ml|json)$/.test(name))
    .sort()
    .map(name => join(folder, name));
}

/** Whether it has a scenario; what is no YAML at all is for the parser to tell. */
function mayBeScenario(text: string): boolean {
  try {
    return hasScenario(parse(text));
  } catch {
    return true;
  }
}
