// groundswell models
import { Command } from 'commander';
import { catalogue } from '../index.ts';
import { textTable } from './table.ts';

export function modelsCommand(): Command {
  return new Command('models')
    .description('list the models')
    .option('--json', 'full declarations: fields, parameters, measures, presets')
    .action(({ json }: { json?: boolean }) => {
      if (json) console.log(JSON.stringify(catalogue, withoutShaders, 2));
      else console.log(catalogueTable());
    });
}

function catalogueTable(): string {
  const rows = catalogue.map(({ name, updates, topologies, about }) => [
    name,
    updates.join(', '),
    topologies?.join(', ') ?? 'any',
    about,
  ]);
  return `${textTable([['MODEL', 'UPDATES', 'TOPOLOGIES', 'ABOUT'], ...rows])}\n\nMore of one: groundswell explain MODEL`;
}

function withoutShaders(key: string, value: unknown): unknown {
  return key === 'shaders' ? undefined : value;
}
