// groundswell recover
import { Command } from 'commander';
import { formatCount, recover } from '../index.ts';

export function recoverCommand(): Command {
  return new Command('recover')
    .description('save what a run that was killed had recorded')
    .argument('<dir>', 'the output folder of the run')
    .action((dir: string) => {
      const { manifest, rows, torn } = recover(dir);
      console.log(
        `${dir}: ${formatCount(rows)} rows, up to step ${formatCount(manifest.steps)}, are in ${manifest.files.join(', ')} and manifest.json`,
      );
      if (torn) console.log('The last batch of rows was cut off and is lost.');
    });
}
