// Where the files that a spec names are found: beside the spec, then in the data folder. The only reading of files before a run; a browser passes its own.
import { GroundswellError } from '../errors.ts';

/** Resolves a file name of a spec to its bytes. */
export type ReadFile = (name: string) => Promise<Uint8Array>;

/** A file that was read, for the manifest. */
export interface InputFile {
  name: string;
  bytes: number;
  sha256: string;
}

/** Reads from the first of the folders that has the file. */
export function readFrom(folders: readonly string[]): ReadFile {
  return async name => {
    const { readFile } = await import('node:fs/promises');
    const { resolve } = await import('node:path');
    const places = folders.map(folder => resolve(folder, name));
    for (const place of places) {
      try {
        return await readFile(place);
      } catch (cause) {
        const code = (cause as { code?: string }).code;
        if (code !== 'ENOENT' && code !== 'ENOTDIR') {
          throw new GroundswellError({ what: `cannot read ${place}`, got: code ?? String(cause), cause });
        }
      }
    }
    throw new GroundswellError({
      what: `no file "${name}"`,
      expected: `it at ${[...new Set(places)].join(' or ')}`,
      hint: 'name the folder that holds it with --data DIR or GROUNDSWELL_DATA',
    });
  };
}

/** Reads from the current folder, then from GROUNDSWELL_DATA. */
export function defaultReadFile(): ReadFile {
  const data = typeof process === 'undefined' ? undefined : process.env.GROUNDSWELL_DATA;
  return readFrom(data ? ['.', data] : ['.']);
}

/** Notes every file that goes through. */
export function recordingInputs(read: ReadFile): { read: ReadFile; inputs: InputFile[] } {
  const inputs: InputFile[] = [];
  return {
    inputs,
    async read(name) {
      const data = await read(name);
      if (!inputs.some(input => input.name === name)) {
        inputs.push({ name, bytes: data.length, sha256: await sha256(data) });
      }
      return data;
    },
  };
}

/** SHA-256 of bytes or of a text's UTF-8 bytes, in hexadecimal digits. */
export async function sha256(data: Uint8Array | string): Promise<string> {
  const bytes = typeof data === 'string' ? new TextEncoder().encode(data) : Uint8Array.from(data);
  const hash = await crypto.subtle.digest('SHA-256', bytes);
  return [...new Uint8Array(hash)].map(byte => byte.toString(16).padStart(2, '0')).join('');
}
