// The package: where it is, and its version.
import { readFileSync } from 'node:fs';

/** Its package.json, which is two folders above, in the sources and in the package; other files of the package are found beside it. */
export const PACKAGE = new URL('../../package.json', import.meta.url);

export const version: string = JSON.parse(readFileSync(PACKAGE, 'utf8')).version;
