// groundswell export: a table of a run as CSV, into a file or a pipe.
import { createWriteStream, existsSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Command, Option } from 'commander';
import { csvOf, GroundswellError, TABLES, type TableName } from '../index.ts';

interface Options {
  table: TableName;
  out?: string;
  force?: boolean;
}

export function exportCommand(): Command {
  return new Command('export')
    .description('write a table of a run as CSV (RFC 4180), to standard output unless --out names a file')
    .argument('<dir>', 'the output folder of the run')
    .addOption(
      new Option('--table <name>', 'series: measures by world and step; agents: recorded fields by world and agent')
        .choices(TABLES)
        .default('series'),
    )
    .option('--out <file>', 'the file that is written; - is standard output')
    .option('--force', 'replace a file that is there')
    .action(async (dir: string, { table, out = '-', force = false }: Options) => {
      const text = csvOf(dir, table);
      if (out === '-') await print(text);
      else await save(text, out, force);
    });
}

/** A reader that has seen enough ends the process (main.ts). */
async function print(text: AsyncIterable<string>): Promise<void> {
  for await (const piece of text) await new Promise<void>(resolve => process.stdout.write(piece, () => resolve()));
}

/** The file appears whole or not at all. */
async function save(text: AsyncIterable<string>, path: string, force: boolean): Promise<void> {
  if (existsSync(path) && !force) {
    throw new GroundswellError({
      what: 'the file exists already',
      where: path,
      hint: 'choose another name, or replace it with --force',
    });
  }
  const draft = join(dirname(path), `.${basename(path)}.${process.pid}.tmp`);
  try {
    await pipeline(Readable.from(text), createWriteStream(draft));
    renameSync(draft, path);
  } catch (cause) {
    rmSync(draft, { force: true });
    const { code } = cause as NodeJS.ErrnoException;
    if (code === undefined) throw cause;
    throw new GroundswellError({ what: `cannot write (${code})`, where: path, cause });
  }
}
