// The package's version.
import { readFileSync } from 'node:fs';

/** As in package.json, which is two folders above, in the sources and in the package. */
export const version: string = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')).version;
