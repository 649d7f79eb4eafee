// groundswell schema
import { Command } from 'commander';
import { catalogue, specSchema } from '../index.ts';

export function schemaCommand(): Command {
  return new Command('schema')
    .description('print the JSON Schema of specs, for editors')
    .action(() => console.log(JSON.stringify(specSchema(catalogue), null, 2)));
}
