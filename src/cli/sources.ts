// Reading what commands name: specs, the folders of input files, and the models that a spec may name.
import { readFile as readBytes } from 'node:fs/promises';
import { basename, dirname, extname } from 'node:path';
import { catalogue, GroundswellError, type Model, type ReadFile, readFrom } from '../index.ts';
import type { SourceOptions } from './options.ts';
import { loadModels } from './user-models.ts';

/** A spec's text, with its name for messages. */
export async function readSpec(file: string): Promise<{ text: string; file: string }> {
  try {
    return { text: await readBytes(file, 'utf8'), file };
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code ?? String(cause);
    throw new GroundswellError({
      what: code === 'ENOENT' ? `no spec file "${file}"` : `cannot read the spec "${file}" (${code})`,
      expected: 'a spec in YAML or JSON',
      hint: '`groundswell explain MODEL` tells what a spec may say',
      cause,
    });
  }
}

/** The spec's name: that of its file without what follows the last dot. */
export function specName(file: string): string {
  return basename(file, extname(file));
}

/** Reads files from the given folders, then from the data folders. */
export function inputFiles(folders: readonly string[], { data }: SourceOptions): ReadFile {
  return readFrom(
    [...folders, data, process.env.GROUNDSWELL_DATA].filter(
      folder => folder !== undefined && folder !== '',
    ) as string[],
  );
}

/** Reads files from beside a spec or manifest, then from the data folders. */
export function filesBeside(file: string, options: SourceOptions): ReadFile {
  return inputFiles([dirname(file)], options);
}

/** The catalogue and the models of `--model`. */
export async function knownModels({ model }: SourceOptions): Promise<readonly Model[]> {
  if (model === undefined) return catalogue;
  return [
    ...catalogue,
    ...(await loadModels(
      model,
      catalogue.map(known => known.name),
    )),
  ];
}
