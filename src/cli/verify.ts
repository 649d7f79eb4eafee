// groundswell verify

import { statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Command } from 'commander';
import { readManifest, verifyManifest } from '../index.ts';
import { EXIT } from './exit.ts';
import { CHECKED, type EngineOptions, type SourceOptions, withEngineOptions, withSourceOptions } from './options.ts';
import { showProgress } from './progress.ts';
import { inputFiles, knownModels } from './sources.ts';
import type { SetStatus } from './status.ts';

interface Options extends EngineOptions, SourceOptions {
  checked?: boolean;
  quiet?: boolean;
}

export function verifyCommand(setStatus: SetStatus): Command {
  const command = new Command('verify')
    .description('run a manifest again, on any engine, and compare every recorded step')
    .argument('<manifest>', 'manifest.json, or the folder that holds it')
    .option('--checked', CHECKED)
    .option('--quiet', 'no progress');
  return withSourceOptions(withEngineOptions(command)).action(async (path: string, options: Options) => {
    const manifest = readManifest(path);
    const isFolder = statSync(path).isDirectory();
    const folder = isFolder ? path : dirname(path);
    const progress = showProgress(options.quiet);
    try {
      const result = await verifyManifest(manifest, {
        engine: options.engine,
        threads: options.threads,
        checked: options.checked,
        models: await knownModels(options),
        readFile: inputFiles([folder, ...(manifest.specFile ? [dirname(manifest.specFile)] : []), '.'], options),
        onProgress: progress.update,
      });
      progress.stop();
      if (result.agrees) {
        console.log(
          `OK: digest ${result.digest}, ${manifest.worlds} worlds, ${manifest.steps} steps, on ${result.engine?.device}`,
        );
        return;
      }
      const name = isFolder ? join(path, 'manifest.json') : path;
      console.error(`${name} does not agree:\n${result.differences.map(difference => `  ${difference}`).join('\n')}`);
      setStatus(EXIT.failed);
    } finally {
      progress.stop();
    }
  });
}
